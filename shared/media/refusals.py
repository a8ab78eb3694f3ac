"""Why a file cannot be taken as evidence, each with the sentence the reporter may see."""

from __future__ import annotations

from shared.runtime.errors import Refused


class EmptyFile(Refused):
    """Berkas ini kosong. Pilih berkas lain."""

    code = "file_empty"


class FileTooLarge(Refused):
    """Berkas ini lebih dari 10 MB. Potong rekamannya, atau kirim tangkapan layarnya."""

    code = "file_too_large"


class WrongKind(Refused):
    """Jenis berkas ini tidak diterima. Pakai JPG, PNG, PDF, MP3, M4A, atau MP4."""

    code = "file_kind"


class HeicPhoto(WrongKind):
    """Foto HEIC tidak dapat dibaca di sini. Kirim tangkapan layarnya, atau ubah dulu ke JPG."""

    code = "file_heic"


class BrokenFile(Refused):
    """Berkas ini rusak atau terpotong, jadi jejak di dalamnya tidak dapat dihapus. Pilih lagi."""

    code = "file_broken"


class TwoKinds(Refused):
    """Berkas ini berisi berkas lain di dalamnya. Kirim masing-masing sendiri."""

    code = "file_two_kinds"


class TooManyPixels(Refused):
    """Gambar ini lebih dari 64 juta piksel. Potong dulu, atau kirim tangkapan layarnya."""

    code = "file_pixels"
