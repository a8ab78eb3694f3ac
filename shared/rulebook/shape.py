"""The shape rules of disclosed facts: rounding, classes, hours; each broken rule has a name."""

from datetime import UTC, date, datetime

from marshmallow import ValidationError

from shared.runtime.errors import Refused


class MalformedDisclosed(Refused):
    """Isian ini tidak sesuai bentuknya. Periksa isian yang ditandai."""

    code = "malformed_disclosed"


class NotRounded(MalformedDisclosed):
    """Bulatkan jumlah uang menjadi dua angka penting, misalnya 850000."""

    code = "not_rounded"


class NotFullHour(MalformedDisclosed):
    """Tulis waktu penyerahan dalam jam penuh, misalnya 10.00."""

    code = "not_full_hour"


class StrangeYear(MalformedDisclosed):
    """Periksa tahunnya: harus antara 1990 dan 2100."""

    code = "strange_year"


class NamedTwice(MalformedDisclosed):
    """Pilihan yang sama disebut dua kali. Hapus salah satunya."""

    code = "named_twice"


def round2(amount: int) -> int:
    """Two significant digits, half up: 854,999 → 850,000; 54,600,000 → 55,000,000."""
    if amount < 0:
        raise ValueError("an amount is not negative")
    step: int = 10 ** max(len(str(amount)) - 2, 0)
    return (amount + step // 2) // step * step


def victims_class(count: int) -> str:
    """The code of the class `count` people fall into: 7 → "3", 240 → "200"."""
    if count < 1:
        return "unknown"
    return str(max(floor for floor in (1, 2, 3, 10, 50, 200) if floor <= count))


def is_rounded(amount: int) -> None:
    if amount >= 0 and round2(amount) != amount:
        raise ValidationError([NotRounded()])


def is_full_hour(at: datetime) -> None:
    is_this_age(at)
    at = at.astimezone(UTC)
    if at.minute or at.second or at.microsecond:
        raise ValidationError([NotFullHour()])


def is_this_age(day: date) -> None:
    if not 1990 <= day.year <= 2100:
        raise ValidationError([StrangeYear()])


def is_unlike(codes: list[str]) -> None:
    if len(set(codes)) != len(codes):
        raise ValidationError([NamedTwice()])
