"""Whose days a unit counts by."""

from __future__ import annotations

from datetime import date, datetime

from shared.rulebook import Rulebook
from shared.rulebook.regions import NATIONAL, zone_info

DESK_ZONE = "WIB"  # where the national units work


def zone_of_unit(rulebook: Rulebook, unit: str) -> str:
    """The code of the time zone a unit works in."""
    region = rulebook.units.unit(unit).region
    return DESK_ZONE if region == NATIONAL else rulebook.regions.zone(region)


def today_in(rulebook: Rulebook, unit: str, at: datetime) -> date:
    """The local day of the unit."""
    return at.astimezone(zone_info(zone_of_unit(rulebook, unit))).date()
