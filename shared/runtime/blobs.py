"""Sealed files by what they contain: written part by part, named by their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from shared.runtime.errors import Conflict, NotFound, Refused

PART_BYTES = 1 << 20
MOST_PARTS = 17  # a 16 MiB padded file and the frame round it

_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")


class MalformedBlobName(Refused):
    """Nama berkas harus 32 angka heksadesimal acak."""

    code = "evidence_name"


class MalformedPart(Refused):
    """Potongan berkas harus bernomor 0 sampai 16 dan berukuran 1 sampai 1.048.576 bita."""

    code = "evidence_part"


class PartDiffers(Conflict):
    """Potongan ini sudah tersimpan dengan isi lain. Pakai nama berkas yang baru."""

    code = "evidence_part_differs"


class BlobMissing(NotFound):
    """Berkas bukti ini belum lengkap terkirim. Kirim potongan yang kurang, lalu coba lagi."""

    code = "evidence_missing"


class Blobs:
    """A folder of sealed files: `parts/<name>/<nn>` while they arrive, `<aa>/<sha256>` when whole.

    Everything in it is an age file made elsewhere; nothing here looks inside.
    """

    def __init__(self, directory: Path) -> None:
        self._root = directory

    def put_part(self, name: str, part: int, content: bytes) -> None:
        """Keep one part (≤ 1 MiB); the same part again is fine, another content is refused.

        Raises MalformedBlobName, MalformedPart, PartDiffers.
        """
        if not (0 <= part < MOST_PARTS and 0 < len(content) <= PART_BYTES):
            raise MalformedPart("part")
        folder = self._parts(name)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{part:02d}"
        if path.exists():
            if path.read_bytes() != content:
                raise PartDiffers("part")
            return
        _write(path, content)

    def parts(self, name: str) -> list[int]:
        """The numbers of the parts that have arrived, ascending."""
        folder = self._parts(name)
        if not folder.is_dir():
            return []
        return sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit())

    def join(self, name: str, size: int, sha256: str) -> None:
        """Put the parts of `name` together under their hash.

        Raises BlobMissing when they are not all there, do not add up to `size` bytes or do not
        hash to `sha256`. Joining what stands already is fine.
        """
        if self.has(sha256):
            return
        numbers = self.parts(name)
        if not numbers or numbers != list(range(len(numbers))):
            raise BlobMissing("evidence")
        digest, total, target = hashlib.sha256(), 0, self._whole(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(f".{sha256}.{os.getpid()}")
        with scratch.open("wb") as out:
            for number in numbers:
                content = (self._parts(name) / f"{number:02d}").read_bytes()
                digest.update(content)
                total += len(content)
                out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if total != size or digest.hexdigest() != sha256:
            scratch.unlink()
            raise BlobMissing("evidence")
        _blur(scratch)
        scratch.rename(target)
        _sync_folder(target.parent)

    def drop_parts(self, name: str) -> None:
        """Forget the parts of `name` (they were joined, or nobody wants them)."""
        shutil.rmtree(self._parts(name), ignore_errors=True)

    def drop_stale(self, older_than_seconds: float) -> int:
        """Forget uploads nobody finished; returns how many."""
        dropped, limit = 0, time.time() - older_than_seconds
        parts = self._root / "parts"
        for folder in parts.iterdir() if parts.is_dir() else ():
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
                dropped += 1
        return dropped

    def has(self, sha256: str) -> bool:
        """Whether a whole file of this hash is kept."""
        return self._whole(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The sealed file, to read from; raises BlobMissing."""
        try:
            return self._whole(sha256).open("rb")
        except FileNotFoundError:
            raise BlobMissing("evidence") from None

    def _parts(self, name: str) -> Path:
        if not _HEX32.fullmatch(name):
            raise MalformedBlobName("name")
        return self._root / "parts" / name

    def _whole(self, sha256: str) -> Path:
        if not _HEX64.fullmatch(sha256):
            raise MalformedBlobName("sha256")
        return self._root / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}.{id(content)}")
    with scratch.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    _blur(scratch)
    scratch.rename(path)
    _sync_folder(path.parent)
    _blur(path.parent)


def _blur(path: Path) -> None:
    """Leave the hour of its last change, no more: a reporter uploaded it."""
    hour = path.stat().st_mtime // 3600 * 3600
    os.utime(path, (hour, hour))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
