"""Chooses the unit that works a case: the lowest one not in conflict with the accused office.

1 Out: the unit that is the accused office, every unit with the accused's head in its chain.
2 Out: what the reporter named (units, or offices written "inspektorat:53.01").
3 Of the rest, units whose region contains the office and that oversee its sector; when there is
  none, units that back the sector up. Deepest region first, then the kind's rank, then the id.
4 Nobody left: the national desk, one urgency higher; if that is excluded too, the first national
  unit that is not.
5 Units that keep names work no case. Of those in no conflict the first keeps this one's.
An office of unknown kind ("tidak_tahu") may be anybody in the region, the inspectorate and the
regent included. Its sector is overseen only by the ombudsman, whom no local head commands.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.rulebook.regions import contains
from shared.rulebook.rulebook import Rulebook
from shared.rulebook.units import Unit, UnknownUnit
from shared.rulebook.vocabulary import OfficeKind
from shared.runtime.errors import Refused

EXCLUSIONS_MAX = 3
EXCLUDED, CHOSEN, PASSED = "excluded", "chosen", "passed_over"


class UnknownOffice(Refused):
    """Jenis kantor itu tidak ada dalam daftar. Pilih dari daftar, atau pilih "tidak tahu"."""

    code = "unknown_office"


class NobodyLeft(Refused):
    """Semua unit telah Anda kecualikan. Sisakan setidaknya satu unit yang boleh menangani."""

    code = "nobody_left"


@dataclass(frozen=True)
class Office:
    """The accused office: an office kind's code and the Kemendagri code of where it is."""

    kind: str
    region: str


@dataclass(frozen=True)
class Considered:
    """`verdict`: chosen, excluded or passed_over. `reason`: accused_office, same_head,
    reporter_excluded (excluded); lowest, backup, nobody_left (chosen); higher_up, tie_break,
    backs_up_only (passed over)."""

    unit: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class Route:
    """`considered` holds every unit that was looked at, in file order, the chosen one included.

    `kind` is what the reporter is told about `unit`; `bump` raises the urgency by one. `keepers`
    are the units that may keep the reporter's name, first choice first.
    """

    unit: str
    kind: str
    considered: tuple[Considered, ...]
    bump: bool = False
    keepers: tuple[str, ...] = ()

    @property
    def excluded(self) -> int:
        return sum(one.verdict == EXCLUDED for one in self.considered)

    @property
    def reason(self) -> str:
        return next(one.reason for one in self.considered if one.verdict == CHOSEN)


def route(rulebook: Rulebook, accused: Office, excluded: Iterable[str] = ()) -> Route:
    """Raises UnknownOffice, UnknownRegion, UnknownUnit, and NobodyLeft when all is excluded."""
    kind = office_kind(rulebook, accused.kind)
    rulebook.regions.region(accused.region, "office_region")
    named = [_named(rulebook, text) for text in excluded]
    sector = kind.sector_in(accused.region)
    looked_at = [
        u for u in rulebook.units if u.takes(sector) and contains(u.region, accused.region)
    ]
    out = {
        unit.id: why
        for unit in rulebook.units
        if (why := _conflict(rulebook, unit, accused, named))
    }
    left = [unit for unit in looked_at if unit.id not in out and unit != rulebook.units.desk]
    own_line = [unit for unit in left if sector in unit.oversees]
    ranked = sorted(own_line or left, key=lambda unit: _order(rulebook, unit))
    chosen = ranked[0] if ranked else _last_resort(rulebook, out)
    why = "nobody_left" if not ranked else "lowest" if own_line else "backup"
    listed = [u for u in rulebook.units if u in looked_at or _near(u, accused, out) or u == chosen]
    return Route(
        unit=chosen.id,
        kind=chosen.kind,
        considered=tuple(_verdict(unit, chosen, why, out, sector) for unit in listed),
        bump=not ranked,
        keepers=tuple(u.id for u in rulebook.units if u.keeps_names and u.id not in out),
    )


def office_kind(rulebook: Rulebook, code: str, field: str = "office_kind") -> OfficeKind:
    """Raises UnknownOffice naming `field`."""
    found = rulebook.offices.get(code)
    if found is None:
        raise UnknownOffice(field=field)
    return found


def check_exclusion(rulebook: Rulebook, text: str) -> None:
    """Raises UnknownUnit on `exclude` unless `text` is a unit's id or a known "kind:region"."""
    _named(rulebook, text)


def _named(rulebook: Rulebook, text: str) -> Unit | Office:
    kind, colon, region = text.partition(":")
    if not colon:
        return rulebook.units.unit(text, "exclude")
    if kind not in rulebook.offices or region not in rulebook.regions.by_code:
        raise UnknownUnit(field="exclude")
    return Office(kind, region)


def _conflict(
    rulebook: Rulebook, unit: Unit, accused: Office, named: list[Unit | Office]
) -> str | None:
    if why := _touches(rulebook, unit, accused):
        return why
    hit = any(
        unit == one if isinstance(one, Unit) else _touches(rulebook, unit, one) for one in named
    )
    return "reporter_excluded" if hit else None


def _touches(rulebook: Rulebook, unit: Unit, office: Office) -> str | None:
    """Why `unit` may not judge `office`: it is that office, or answers to the same head."""
    kind = rulebook.offices[office.kind]
    if unit.office == kind.code and unit.region == kind.seat_in(office.region):
        return "accused_office"
    return "same_head" if kind.head_in(office.region) in unit.heads else None


def _near(unit: Unit, accused: Office, out: dict[str, str]) -> bool:
    """An excluded unit counts as considered where it might have been thought of at all."""
    return unit.id in out and (
        out[unit.id] == "reporter_excluded" or contains(unit.region, accused.region)
    )


def _order(rulebook: Rulebook, unit: Unit) -> tuple[int, int, str]:
    return (-unit.level, rulebook.units.kinds[unit.kind].rank, unit.id)


def _last_resort(rulebook: Rulebook, out: dict[str, str]) -> Unit:
    national = [u for u in rulebook.units if u.level == 0 and not (u.keeps_names or u.id in out)]
    if rulebook.units.desk in national:
        return rulebook.units.desk
    if not national:
        raise NobodyLeft(field="exclude")
    return min(national, key=lambda unit: _order(rulebook, unit))


def _verdict(unit: Unit, chosen: Unit, why: str, out: dict[str, str], sector: str) -> Considered:
    if unit == chosen:
        return Considered(unit.id, CHOSEN, why)
    if unit.id in out:
        return Considered(unit.id, EXCLUDED, out[unit.id])
    if sector not in unit.oversees:
        return Considered(unit.id, PASSED, "backs_up_only")
    return Considered(unit.id, PASSED, "tie_break" if unit.level == chosen.level else "higher_up")
