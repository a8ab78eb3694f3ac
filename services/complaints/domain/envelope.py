"""Whether sealed bytes can be an envelope: their shape only, for nobody here can open them."""

from __future__ import annotations

from shared.crypto import age, age_format, record
from shared.crypto.errors import MalformedEnvelope
from shared.crypto.sealing import JSON_CLASSES
from shared.runtime.errors import Refused

READERS = 3  # the unit, oversight and the reporter


class WrongReaders(Refused):
    """Amplop harus tersegel untuk tepat tiga kunci: unit, pengawas, dan pelapor. Segel ulang."""

    code = "envelope_recipients"


class WrongSize(Refused):
    """Ukuran amplop ini tidak baku. Tambahkan bantalan sesuai ukuran baku, lalu segel ulang."""

    code = "envelope_size"


def check_envelope(file: bytes, field: str = "envelope") -> None:
    """A complaint or letter: three hybrid stanzas, 16 or 64 KiB inside.

    Raises MalformedEnvelope (plain text, a look-alike, other stanzas), WrongReaders, WrongSize.
    """
    _check(file, READERS, record.CLASSES, field)


def check_contact(file: bytes, field: str = "contact") -> None:
    """A contact address for notify: one hybrid stanza, 1, 4 or 16 KiB inside."""
    _check(file, 1, JSON_CLASSES, field)


def _check(file: bytes, readers: int, sizes: tuple[int, ...], field: str) -> None:
    try:
        parsed = age_format.parse(file)
        inside = age_format.plaintext_size(parsed)
        for stanza in parsed.stanzas:
            age.share_of(stanza)
    except MalformedEnvelope:
        raise MalformedEnvelope(field) from None
    if len(parsed.stanzas) != readers:
        raise WrongReaders(field)
    if inside not in sizes:
        raise WrongSize(field)
