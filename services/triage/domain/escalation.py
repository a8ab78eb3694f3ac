"""Who is told when a promise stays missed: up the tree of units, past everyone in conflict."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from shared.rulebook.units import Units

OFFICER, AWAY, SUPERIOR, OVERSIGHT = "officer", "away", "superior", "oversight"
Watched = Callable[[str], bool]


def above(units: Units, unit: str, out: Collection[str], is_watched: Watched) -> str | None:
    """The nearest unit above `unit` that is not in `out`; one with a supervisor who may see the
    case before one without. At the top of the tree this is the oversight unit."""
    chain = [one.id for one in units.above(unit)] if unit in units.by_id else []
    return _first([one for one in chain if one not in out], is_watched) or oversight(
        units, unit, out, is_watched
    )


def stays_above(units: Units, unit: str, out: Collection[str], is_watched: Watched) -> set[str]:
    """Who may go on seeing a case that climbed to them, once `unit` has it: those above it, and the
    unit that oversees it, none of them in `out`."""
    line = {one.id for one in units.above(unit)} if unit in units.by_id else set()
    overseer = oversight(units, unit, out, is_watched)
    return (line | ({overseer} if overseer else set())) - set(out) - {unit}


def oversight(units: Units, unit: str, out: Collection[str], is_watched: Watched) -> str | None:
    """The national desk; where it is excluded, or works the case itself, another national unit."""
    free = [one.id for one in units if one.level == 0 and one.id not in out and one.id != unit]
    return units.desk.id if units.desk.id in free else _first(free, is_watched)


def next_officer(names: Sequence[str], day: date) -> str | None:
    """Who comes after the officer on duty: investigators take turns by the day, in order of name.

    None where there is nobody else.
    """
    if len(names) < 2:
        return None
    return sorted(names)[(day.toordinal() + 1) % len(names)]


def _first(units: Sequence[str], is_watched: Watched) -> str | None:
    return next((one for one in units if is_watched(one)), units[0] if units else None)
