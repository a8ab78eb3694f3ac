"""The facts about a complaint that unattended services may use (crypto-and-ledger.md, Envelope).

Story, names, exact amounts and places never stand here; they are sealed to people only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from shared.rulebook.routing import EXCLUSIONS_MAX, check_exclusion, office_kind
from shared.rulebook.rulebook import Rulebook
from shared.runtime.errors import Refused

AMOUNT_MAX = 10**14


class UnknownCode(Refused):
    """Pilihan itu tidak ada dalam daftar. Pilih salah satu yang tersedia."""

    code = "unknown_code"


class MalformedDisclosed(Refused):
    """Isian ini tidak sesuai bentuknya. Periksa isian yang ditandai."""

    code = "malformed_disclosed"


@dataclass(frozen=True)
class Disclosed:
    """Version 1. `region` is where it happened, `office_region` where the accused office is.

    `asked`, `paid`: rupiah to two significant digits; None when not known or not money.
    `victims` is the code of a class ("10" = 10 to 49). `handover_at`: UTC, full hour. `day`: of the
    incident. `exclude`: up to three unit ids or offices "kind:region" that must not get the case.
    """

    service: str
    region: str
    office_kind: str
    office_region: str
    v: int = 1
    asked: int | None = None
    paid: int | None = None
    frequency: str = "unknown"
    victims: str = "unknown"
    vulnerable: tuple[str, ...] = ()
    coercion: str = "unknown"
    timing: str = "unknown"
    handover_at: datetime | None = None
    evidence: tuple[str, ...] = ()
    day: date | None = None
    exclude: tuple[str, ...] = ()


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


def _is_rounded(amount: int) -> None:
    if amount >= 0 and round2(amount) != amount:
        raise ValidationError("Bulatkan jumlah uang menjadi dua angka penting.")


def _is_full_hour(at: datetime) -> None:
    _is_this_age(at)
    at = at.astimezone(UTC)
    if at.minute or at.second or at.microsecond:
        raise ValidationError("Tulis waktu penyerahan dalam jam penuh.")


def _is_this_age(day: date) -> None:
    if not 1990 <= day.year <= 2100:
        raise ValidationError("Periksa tahunnya.")


def _is_unlike(codes: list[str]) -> None:
    if len(set(codes)) != len(codes):
        raise ValidationError("Pilihan yang sama disebut dua kali.")


def _code(**more: Any) -> fields.String:
    return fields.String(validate=validate.Length(1, 64), **more)


def _codes(most: int, **more: Any) -> fields.List[Any]:
    checks: list[Callable[[Any], Any]] = [validate.Length(max=most), _is_unlike]
    return fields.List(_code(), load_default=list, validate=checks, **more)


def _amount() -> fields.Integer:
    return fields.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=[validate.Range(0, AMOUNT_MAX), _is_rounded],
    )


class DisclosedSchema(Schema):
    """Shape only, for OpenAPI and nesting; whether codes exist is `read_disclosed`'s question."""

    class Meta:
        unknown = RAISE

    v = fields.Integer(strict=True, load_default=1, validate=validate.Equal(1))
    service = _code(required=True)
    region = _code(required=True)
    office_kind = _code(required=True)
    office_region = _code(required=True)
    asked = _amount()
    paid = _amount()
    frequency = _code(load_default="unknown")
    victims = _code(load_default="unknown")
    vulnerable = _codes(8)
    coercion = _code(load_default="unknown")
    timing = _code(load_default="unknown")
    handover_at = fields.AwareDateTime(
        format="iso",
        allow_none=True,
        load_default=None,
        validate=_is_full_hour,
    )
    evidence = _codes(11)
    day = fields.Date(allow_none=True, load_default=None, validate=_is_this_age)
    # A schema has an `exclude` of its own, so the field goes by another name inside.
    excluded = _codes(EXCLUSIONS_MAX, data_key="exclude", attribute="exclude")

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Disclosed:
        made: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in values.items()
        }
        if at := made.get("handover_at"):
            made["handover_at"] = at.astimezone(UTC)
        return Disclosed(**made)


def read_disclosed(rulebook: Rulebook, mapping: Mapping[str, Any]) -> Disclosed:
    """Raises MalformedDisclosed, UnknownCode, UnknownRegion, UnknownOffice or UnknownUnit, each
    naming the field."""
    try:
        disclosed: Disclosed = DisclosedSchema().load(mapping)
    except ValidationError as fault:
        raise MalformedDisclosed(field=_first_field(fault)) from fault
    check_disclosed(rulebook, disclosed)
    return disclosed


def check_disclosed(rulebook: Rulebook, disclosed: Disclosed) -> None:
    """Every code exists in this rulebook; raises as `read_disclosed`."""
    if disclosed.service not in rulebook.services:
        raise UnknownCode(field="service")
    rulebook.regions.region(disclosed.region, "region")
    office_kind(rulebook, disclosed.office_kind)
    rulebook.regions.region(disclosed.office_region, "office_region")
    for name, known in rulebook.codes.items():
        value: str | tuple[str, ...] = getattr(disclosed, name)
        if not set((value,) if isinstance(value, str) else value) <= known.keys():
            raise UnknownCode(field=name)
    for text in disclosed.exclude:
        check_exclusion(rulebook, text)


def dump_disclosed(disclosed: Disclosed) -> dict[str, Any]:
    """JSON-ready, every field present; the way back is `read_disclosed`."""
    dumped: dict[str, Any] = DisclosedSchema().dump(disclosed)
    return dumped


def _first_field(fault: ValidationError) -> str | None:
    messages = fault.messages
    names = list(messages) if isinstance(messages, dict) else []
    return str(names[0])[:64] if names and names[0] != "_schema" else None
