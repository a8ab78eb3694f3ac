"""What is refused while a form is read."""

from __future__ import annotations

from collections.abc import Sequence

from shared.runtime.errors import Refusal, Refused


class Missing(Refused):
    """Isian ini belum diisi. Pilih yang paling dekat, atau tulis satu kalimat."""

    code = "required"


class StoryTooLong(Refused):
    """Ceritanya terlalu panjang: paling banyak %(most)s huruf. Pendekkan, lalu kirim lagi."""

    code = "too_long"


class TextTooLong(Refused):
    """Isian ini terlalu panjang: paling banyak %(most)s huruf. Pendekkan, lalu kirim lagi."""

    code = "too_long"


class TooManyExcluded(Refused):
    """Pilih paling banyak %(most)s unit atau kantor. Hapus tanda pada yang lain."""

    code = "too_many_excluded"


class UnknownChoice(Refused):
    """Pilih salah satu yang tersedia."""

    code = "unknown_choice"


class Faults(Exception):
    """Every refusal met while reading a form; `refusals` is never empty."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(len(refusals))
        self.refusals = refusals
