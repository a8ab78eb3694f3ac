"""Cases a person may see that could tell of the same thing as one they look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.similar import Told
from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case
from shared.rulebook.regions import NATIONAL

MOST = 300
# A report may come long after what it tells of; within this the day decides, beyond it nothing.
SPAN = timedelta(days=90)


def near_in_time(connection: Connection, who: Person, one: Case) -> list[Told]:
    """Other cases of this service that exist for this person, of a place in or around this one's,
    opened within SPAN of it.

    At most MOST of the newest: a flood must not make a page slower than the last.
    """
    parts = one.region.split(".")
    around = [NATIONAL, *(".".join(parts[:upto]) for upto in range(1, len(parts) + 1))]
    inside = case.c.region.startswith("" if one.region == NATIONAL else f"{one.region}.")
    columns = (case.c.id, case.c.opened_at, case.c.zone, case.c.disclosed)
    query = sa.select(*columns).where(
        may_see(who),
        case.c.id != one.id,
        case.c.service == one.service,
        sa.or_(case.c.region.in_(around), inside),
        case.c.opened_at.between(one.opened_at - SPAN, one.opened_at + SPAN),
    )
    rows = connection.execute(query.order_by(case.c.opened_at.desc(), case.c.id).limit(MOST))
    return [Told.of(row.id, row.opened_at, row.zone, row.disclosed) for row in rows]


def cases_of(connection: Connection, who: Person, ids: Sequence[str]) -> dict[str, Case]:
    """Id → case, of those that exist for this person."""
    query = sa.select(case).where(case.c.id.in_(ids), may_see(who))
    return {row.id: as_case(row) for row in connection.execute(query)} if ids else {}
