"""The facts about a complaint that unattended services may use (crypto-and-ledger.md, Envelope).

Story, names, exact amounts and places never stand here; they are sealed to people only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from shared.rulebook.routing import EXCLUSIONS_MAX, check_exclusion, office_kind
from shared.rulebook.rulebook import Rulebook
from shared.rulebook.shape import (
    MalformedDisclosed,
    is_full_hour,
    is_rounded,
    is_this_age,
    is_unlike,
)
from shared.rulebook.shape import round2 as round2
from shared.rulebook.shape import victims_class as victims_class
from shared.runtime import quick
from shared.runtime.errors import Refused

AMOUNT_MAX = 10**14


class UnknownCode(Refused):
    """Pilihan itu tidak ada dalam daftar. Pilih salah satu yang tersedia."""

    code = "unknown_code"


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


def _code(**more: Any) -> fields.String:
    return quick.Word(1, 64, **more)


def _codes(most: int, **more: Any) -> fields.List[Any]:
    checks: list[Callable[[Any], Any]] = [validate.Length(max=most), is_unlike]
    return quick.Many(_code(), load_default=list, validate=checks, **more)


def _amount() -> fields.Integer:
    return quick.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=[validate.Range(0, AMOUNT_MAX), is_rounded],
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
    handover_at = quick.Instant(
        format="iso",
        allow_none=True,
        load_default=None,
        validate=is_full_hour,
    )
    evidence = _codes(11)
    day = quick.Day(allow_none=True, load_default=None, validate=is_this_age)
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


@cache
def _schema() -> DisclosedSchema:
    """Made once: making a schema costs ten times what loading does."""
    return DisclosedSchema()


def read_disclosed(rulebook: Rulebook, mapping: Mapping[str, Any]) -> Disclosed:
    """Raises MalformedDisclosed, UnknownCode, UnknownRegion, UnknownOffice or UnknownUnit, each
    naming the field."""
    try:
        disclosed: Disclosed = _schema().load(mapping)
    except ValidationError as fault:
        raise _first_refusal(fault) from fault
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
    """JSON-ready, every field present; the way back is `read_disclosed`.

    As the schema's own `dump` spells it, in a tenth of its time (tests/unit/rulebook).
    """
    at, day = disclosed.handover_at, disclosed.day
    return {
        **vars(disclosed),
        "vulnerable": list(disclosed.vulnerable),
        "evidence": list(disclosed.evidence),
        "exclude": list(disclosed.exclude),
        "handover_at": at and at.isoformat(),
        "day": day and day.isoformat(),
    }


def _first_refusal(fault: ValidationError) -> MalformedDisclosed:
    """Our own refusal where a rule of ours was broken, else the general one, with the field."""
    messages = fault.messages if isinstance(fault.messages, dict) else {"_schema": fault.messages}
    name, told = next(iter(messages.items()))
    field = None if name == "_schema" else str(name)[:64]
    ours = [type(one) for one in told if isinstance(one, MalformedDisclosed)]
    return (ours[0] if ours else MalformedDisclosed)(field=field)
