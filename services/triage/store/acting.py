"""What can be done about many cases at once, in one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.excuses import is_excused
from services.triage.store.people import READERS
from services.triage.store.tables import case, clock, person, road
from shared.contracts.promises import HolderReminded
from shared.runtime.database import UtcDateTime


@dataclass(frozen=True)
class Standing:
    """`missed` breaches nobody excused; `is_held` by somebody who still works in the unit;
    `reminded_at` when the holder last was."""

    missed: int
    is_held: bool
    reminded_at: datetime | None


def standings_of(connection: Connection, ids: Sequence[str]) -> dict[str, Standing]:
    """Case → how it stands, for cases the asker was shown."""
    missed = sa.select(sa.func.count()).where(
        clock.c.case == case.c.id, clock.c.breached_at.is_not(None), sa.not_(is_excused())
    )
    is_held = sa.exists().where(
        person.c.name == case.c.holder,
        person.c.unit == case.c.unit,
        person.c.role.in_(READERS),
        person.c.removed_at.is_(None),
    )
    fact = road.fact
    reminded = sa.select(sa.func.max(fact.c.at)).where(
        fact.c.subject == case.c.id, fact.c.type == HolderReminded.type
    )
    query = sa.select(
        case.c.id,
        missed.correlate(case).scalar_subquery().label("missed"),
        is_held.correlate(case).label("is_held"),
        sa.type_coerce(reminded.correlate(case).scalar_subquery(), UtcDateTime).label("reminded"),
    ).where(case.c.id.in_(ids))
    return {
        row.id: Standing(row.missed, bool(row.is_held), row.reminded)
        for row in connection.execute(query)
    }
