"""What may be promised to everybody before a complaint's urgency is known."""

from shared.rulebook.clocks import LIMIT, ClockRule

# Only to compare limits with each other; dates are counted by the calendar.
_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0, "wd": 24 * 7 / 5}


def slowest(rule: ClockRule) -> tuple[int, str]:
    """The longest of a clock's limits over all urgencies: (3, "wd"), (60, "d").

    Of several limits in one ("60d 60wd") the earliest holds. Raises ValueError on a malformed one.
    """
    return max((min(_read(limit), key=_hours) for limit in rule.limits.values()), key=_hours)


def _read(limit: str) -> list[tuple[int, str]]:
    found = [LIMIT.fullmatch(one) for one in limit.split()]
    if not found or None in found:
        raise ValueError(f"limit {limit!r} is not like 4h, 30m, 3wd or 60d")
    return [(int(one[1]), one[2]) for one in found if one]


def _hours(limit: tuple[int, str]) -> float:
    return limit[0] * _HOURS[limit[1]]
