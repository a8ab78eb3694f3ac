"""Whose days a unit counts by."""

from __future__ import annotations

from shared.rulebook.regions import NATIONAL
from shared.service import House

DESK_ZONE = "WIB"  # where the national units work


def zone_of(house: House, unit: str) -> str:
    """The time zone whose days a unit's board and filters count by."""
    region = house.rulebook.units.unit(unit).region
    return DESK_ZONE if region == NATIONAL else house.rulebook.regions.zone(region)
