"""Whose days a unit's pages count by."""

from __future__ import annotations

from services.triage.domain.zones import zone_of_unit
from shared.service import House


def zone_of(house: House, unit: str) -> str:
    """The time zone whose days a unit's board and filters count by."""
    return zone_of_unit(house.rulebook, unit)
