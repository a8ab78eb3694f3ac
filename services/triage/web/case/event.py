"""One entry of a case's timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.triage.store.timeline import Happened
from shared.service import House


@dataclass(frozen=True)
class Event:
    """`icon` and `mark` are the template's; `detail` may be empty; `who` "" means the system."""

    at: datetime
    title: str
    detail: str
    who: str
    icon: str
    mark: str = ""


Teller = Callable[[House, Happened, str], Event]


def unit_of(house: House, one: Happened) -> str:
    """The name of the unit a fact tells of; its code where the rulebook knows it no more."""
    found = house.rulebook.units.by_id.get(one.payload["unit"])
    return found.name if found else str(one.payload["unit"])
