"""Where a case could go instead, and where it may never go."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from shared.rulebook import Office, Rulebook, route
from shared.rulebook.routing import EXCLUDED
from shared.runtime.errors import Conflict, Refused

FREE, OVERRIDE, NEVER = "free", "override", "never"
BY_REPORTER, NO_KEY, HERE = "reporter_excluded", "no_key", "works_it_now"


class UnitInConflict(Refused):
    """Unit itu tidak dapat menerima kasus ini. Pilih unit lain dari daftar."""

    code = "unit_in_conflict"


class NotReroutable(Conflict):
    """Kasus yang sudah selesai, digabung, atau diikuti kasus lain tidak dapat dialihkan."""

    code = "not_reroutable"


class NeedsAnother(Conflict):
    """Yang meminta tidak dapat menyetujui. Minta orang lain di unit ini memutuskan."""

    code = "needs_another"


@dataclass(frozen=True)
class Option:
    """A unit of the route. `way`: free to take it, only by overriding the reporter's exclusion, or
    never; `reason` as the route gives it, or no_key, works_it_now."""

    unit: str
    way: str
    reason: str

    @property
    def is_conflict(self) -> bool:
        """Whether the unit is in conflict with the case, or the reporter named it."""
        return bool(self.reason) and self.reason not in (NO_KEY, HERE)


def options(
    rulebook: Rulebook,
    disclosed: Mapping[str, Any],
    *,
    unit: str,
    excluded: Mapping[str, str],
    with_keys: Set[str],
) -> list[Option]:
    """Every unit the route considers by today's rules, in its order; `unit` works the case now.

    `excluded` are units with their reasons as the case was opened: what was a conflict then stays
    one. A conflict of interest is never overridden: only what the reporter excluded can be, by two.
    """
    office = Office(disclosed["office_kind"], disclosed["office_region"])
    found = []
    for seen in route(rulebook, office, disclosed["exclude"]).considered:
        if rulebook.units.unit(seen.unit).keeps_names:  # named by the reporter; works no case
            continue
        conflict = seen.reason if seen.verdict == EXCLUDED else excluded.get(seen.unit, "")
        found.append(_option(seen.unit, conflict, unit, with_keys))
    return found


def option_of(found: list[Option], unit: str) -> Option:
    """Raises UnitInConflict unless the unit may take the case in one way or the other."""
    for one in found:
        if one.unit == unit and one.way != NEVER:
            return one
    raise UnitInConflict("unit")


def _option(unit: str, conflict: str, here: str, with_keys: Set[str]) -> Option:
    if unit == here:
        return Option(unit, NEVER, HERE)
    if conflict and conflict != BY_REPORTER:
        return Option(unit, NEVER, conflict)
    if unit not in with_keys:
        return Option(unit, NEVER, NO_KEY)
    return Option(unit, OVERRIDE if conflict else FREE, conflict)
