"""Who is on duty, who comes next, and when nobody is: by local days, both ends included."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

LOOKED_AHEAD = 28  # days in which a gap is shown: four weeks, our decision


class Stretch(Protocol):
    """Somebody's duty from `first` to `last`."""

    @property
    def person(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


def in_turn(roster: Iterable[Stretch], day: date) -> list[str]:
    """Who is on duty on `day`, then who comes after, each once, in order of their first day."""
    ahead = sorted((one for one in roster if one.last >= day), key=lambda one: one.first)
    return list(dict.fromkeys(one.person for one in ahead))


def gaps(roster: Sequence[Stretch], day: date) -> list[tuple[date, date]]:
    """(first, last) of each row of days, from `day` four weeks on, on which nobody is on duty."""
    found: list[tuple[date, date]] = []
    for each in (day + timedelta(days=n) for n in range(LOOKED_AHEAD)):
        if any(one.first <= each <= one.last for one in roster):
            continue
        if found and found[-1][1] == each - timedelta(days=1):
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found
