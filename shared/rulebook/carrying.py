"""A whole set-up as one file, so that another regency can study it and copy it.

    zip archive, entries in name order, all dated 1980-01-01, deflated
      rulebook.json   {"v": 1, "version": 12 hex digits, "files": {name: SHA-256 in hex}}
      <name>          every file of loading.FILES as it stands

The same rulebook packs to the same bytes. No person, key or case is in it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from shared.rulebook.loading import DATA, FILES, load, version_of
from shared.rulebook.reading import BrokenRulebook
from shared.runtime.canonical import canonical

MANIFEST = "rulebook.json"
MOST_BYTES = 4 << 20  # of one table; the largest of ours is 40 KB
_DATED = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path | None, target: Path) -> str:
    """Write the sound rulebook of `folder` (None: the one of this release) to `target`.

    Returns its version; raises BrokenRulebook. A half-written file is never left behind.
    """
    source = folder or DATA
    rulebook = load(folder)
    contents = {name: (source / name).read_bytes() for name in sorted(FILES)}
    named = {name: sha256(content).hexdigest() for name, content in contents.items()}
    manifest = canonical({"v": 1, "version": rulebook.version, "files": named})
    scratch = target.with_name(f".{target.name}.{os.getpid()}")
    with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: manifest, **contents}.items():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    scratch.replace(target)
    return rulebook.version


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """The folder in `file`, whole and sound, while the block runs; raises BrokenRulebook."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for name, content in _contents(file).items():
            (folder / name).write_bytes(content)
        load(folder)
        yield folder


def put(folder: Path, target: Path) -> None:
    """Make `target` hold exactly the tables of `folder`; what stood there is kept as `target`.old.

    A process that starts meanwhile meets the old set, the new one, or for an instant none; never
    half of each.
    """
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f"{target.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(folder / name, fresh / name)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    fresh.replace(target)


def _contents(file: Path) -> dict[str, bytes]:
    """Every table by name; only what belongs there, whole, and no larger than it may be."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if sorted(names) != sorted([*FILES, MANIFEST]):
                raise BrokenRulebook(f"{file.name}: it must hold {MANIFEST} and the tables, once")
            held = {name: _read(archive, name) for name in names}
    except (OSError, zipfile.BadZipFile, RuntimeError, zlib.error) as fault:
        # RuntimeError: a password, or a way of packing that zipfile does not know.
        raise BrokenRulebook(f"{file.name}: {fault}") from fault
    manifest = held.pop(MANIFEST)
    named = {name: sha256(content).hexdigest() for name, content in held.items()}
    expected = {"v": 1, "version": version_of(held.__getitem__), "files": named}
    if _parsed(manifest) != expected:
        raise BrokenRulebook(f"{file.name}: {MANIFEST} does not describe what is in it")
    return held


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        content = entry.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BrokenRulebook(f"{name}: larger than {MOST_BYTES} bytes")
    return content


def _parsed(manifest: bytes) -> object:
    try:
        return json.loads(manifest)
    except ValueError:
        return None
