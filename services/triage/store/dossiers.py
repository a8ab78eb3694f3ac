"""Dossiers: the cases of one office and service together, as far as they exist for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case

LEAST = 2  # one case is a case, not a dossier


@dataclass(frozen=True)
class Dossier:
    """`cluster` is `office kind:seat:service`; `states` code → cases in it; `asked` the sums asked
    in rupiah, of `told` cases that tell one."""

    cluster: str
    cases: int
    first_at: datetime
    last_at: datetime
    states: dict[str, int]
    asked: int
    told: int


def dossiers(connection: Connection, who: Person, most: int, *, skip: int = 0) -> list[Dossier]:
    """At most `most` after the first `skip`: those with most cases first, then by name.

    A case this person may not see is in no number of it.
    """
    count = sa.func.count()
    columns = (case.c.cluster, count.label("cases"))
    times = (sa.func.min(case.c.opened_at).label("f"), sa.func.max(case.c.opened_at).label("l"))
    query = sa.select(*columns, *times).where(may_see(who)).group_by(case.c.cluster)
    query = query.having(count >= LEAST).order_by(count.desc(), case.c.cluster)
    rows = connection.execute(query.limit(most).offset(skip)).all()
    states, sums = _within(connection, who, [row.cluster for row in rows])
    return [
        Dossier(
            row.cluster,
            row.cases,
            row.f,
            row.l,
            states[row.cluster],
            sum(sums[row.cluster]),
            len(sums[row.cluster]),
        )
        for row in rows
    ]


def _within(
    connection: Connection, who: Person, clusters: Sequence[str]
) -> tuple[dict[str, dict[str, int]], dict[str, list[int]]]:
    """Cluster → state → cases, and cluster → every sum asked (it stands in the disclosed JSON,
    which the two databases read in two ways)."""
    states: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums: dict[str, list[int]] = defaultdict(list)
    query = sa.select(case.c.cluster, case.c.state, case.c.disclosed)
    for row in connection.execute(query.where(may_see(who), case.c.cluster.in_(clusters))):
        states[row.cluster][row.state] += 1
        if row.disclosed["asked"] is not None:
            sums[row.cluster].append(row.disclosed["asked"])
    return states, sums
