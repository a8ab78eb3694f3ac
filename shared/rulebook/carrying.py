"""A whole set-up as one file, so that another regency can study it and copy it.

    zip archive, entries in name order, all dated 1980-01-01, deflated
      rulebook.json   {"v": 1, "version": 12 hex digits, "files": {name: SHA-256 in hex}}
      <name>          every file of loading.FILES as it stands

The same rulebook packs to the same bytes. No person, key or case is in it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from shared.rulebook.loading import DATA, FILES, try_out, version_of
from shared.rulebook.reading import BrokenRulebook
from shared.runtime.canonical import canonical

MANIFEST, NOTE = "rulebook.json", "applied.json"
MOST_REASON = 500  # letters of why
MOST_BYTES = 4 << 20  # of one table; the largest of ours is 40 KB
_DATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, repr=False)
class Packed:
    """A sound rulebook as one file; `digest` is SHA-256 in hex over its manifest, which names every
    byte of every table, however the archive was compressed."""

    version: str
    digest: str
    content: bytes


def packed(folder: Path | None) -> Packed:
    """The sound rulebook of `folder` (None: the one of this release); raises BrokenRulebook."""
    if folder is not None:
        try_out(folder)
    return bundled(folder or DATA)


def bundled(folder: Path) -> Packed:
    """As `packed`, of tables that are known to be sound."""
    contents = {name: (folder / name).read_bytes() for name in sorted(FILES)}
    manifest = _manifest(contents)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: manifest, **contents}.items():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    digest = sha256(manifest).hexdigest()
    return Packed(version_of(contents.__getitem__), digest, out.getvalue())


def pack(folder: Path | None, target: Path) -> Packed:
    """Write it to `target`; a half-written file is never left behind. Raises BrokenRulebook."""
    made = packed(folder)
    scratch = target.with_name(f".{target.name}.{os.getpid()}")
    scratch.write_bytes(made.content)
    scratch.replace(target)
    return made


def digest_of(folder: Path) -> str:
    """As Packed.digest, of tables that lie in a folder."""
    return sha256(_manifest({name: (folder / name).read_bytes() for name in FILES})).hexdigest()


@contextmanager
def unpacked(file: Path | bytes, *, is_known: bool = False) -> Iterator[Path]:
    """The folder in `file`, whole and sound, while the block runs; raises BrokenRulebook.

    Whether it is sound takes a second; not asked again where it `is_known`.
    """
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for name, content in _contents(file).items():
            (folder / name).write_bytes(content)
        if not is_known:
            try_out(folder)
        yield folder


def put(folder: Path, target: Path, note: Mapping[str, str] | None = None) -> None:
    """Make `target` hold exactly the tables of `folder`; what stood there is kept as `target`.old.

    `note` says how they came ("way", "reason") and lies beside them as NOTE. A process that starts
    meanwhile meets the old set, the new one, or for an instant none; never half of each.
    """
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f"{target.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(folder / name, fresh / name)
    if note is not None:
        (fresh / NOTE).write_text(json.dumps({**note, "rules": digest_of(fresh)}), "utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    fresh.replace(target)


def note_of(folder: Path) -> dict[str, str]:
    """How the tables in `folder` came; nothing where none is noted, or they changed since."""
    try:
        told = _parsed((folder / NOTE).read_bytes()[:MOST_BYTES])
    except OSError:
        return {}
    if not isinstance(told, dict) or told.get("rules") != digest_of(folder):
        return {}
    return {str(name): str(value)[:MOST_REASON] for name, value in told.items()}


def _contents(file: Path | bytes) -> dict[str, bytes]:
    """Every table by name; only what belongs there, whole, and no larger than it may be."""
    shown = file.name if isinstance(file, Path) else "file"
    try:
        with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if sorted(names) != sorted([*FILES, MANIFEST]):
                raise BrokenRulebook(f"{shown}: it must hold {MANIFEST} and the tables, once")
            held = {name: _read(archive, name) for name in names}
    except (OSError, zipfile.BadZipFile, RuntimeError, zlib.error, ValueError, EOFError) as fault:
        # RuntimeError: a password, or a way of packing that zipfile does not know.
        raise BrokenRulebook(f"{shown}: {fault}") from fault
    manifest = held.pop(MANIFEST)
    if _parsed(manifest) != json.loads(_manifest(held)):
        raise BrokenRulebook(f"{shown}: {MANIFEST} does not describe what is in it")
    return held


def _manifest(contents: Mapping[str, bytes]) -> bytes:
    named = {name: sha256(content).hexdigest() for name, content in contents.items()}
    version = version_of(contents.__getitem__)
    return canonical({"v": 1, "version": version, "files": named})


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        content = entry.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BrokenRulebook(f"{name}: larger than {MOST_BYTES} bytes")
    return content


def _parsed(manifest: bytes) -> object:
    try:
        return json.loads(manifest)
    except (ValueError, RecursionError):
        return None
