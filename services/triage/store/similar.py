"""Cases a person may see that could tell of the same thing as one they look at."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case

MOST = 300
# A report may come long after what it tells of; within this the day decides, beyond it nothing.
SPAN = timedelta(days=90)


def near_in_time(connection: Connection, who: Person, one: Case) -> list[Case]:
    """Other cases of this service that exist for this person, opened within SPAN of this one.

    At most MOST of the newest: a flood must not make a page slower than the last.
    """
    query = sa.select(case).where(
        may_see(who),
        case.c.id != one.id,
        case.c.cluster.endswith(f":{one.disclosed['service']}", autoescape=True),
        case.c.opened_at.between(one.opened_at - SPAN, one.opened_at + SPAN),
    )
    rows = connection.execute(query.order_by(case.c.opened_at.desc(), case.c.id).limit(MOST))
    return [as_case(row) for row in rows]
