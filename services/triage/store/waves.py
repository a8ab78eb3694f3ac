"""Which cases belong to a wave, so that it counts once and the desk is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, wave_case
from shared.runtime.database import insert_once

MOST = 300


def recent_in_cluster(
    connection: Connection, cluster: str, since: datetime, until: datetime
) -> Sequence[Any]:
    """(id, opened_at, disclosed, wave) of this office's and service's cases of that time.

    At most MOST of the newest: a flood must not make each case slower to open than the last.
    """
    query = (
        sa.select(case.c.id, case.c.opened_at, case.c.disclosed, wave_case.c.wave)
        .outerjoin(wave_case, wave_case.c.case == case.c.id)
        .where(case.c.cluster == cluster, case.c.opened_at.between(since, until))
        .order_by(case.c.opened_at.desc(), case.c.id)
        .limit(MOST)
    )
    return connection.execute(query).all()


def count_distinct(connection: Connection, cluster: str, since: datetime) -> int:
    """How many reports of this office and service there were since then; a wave is one."""
    one = sa.func.coalesce(wave_case.c.wave, case.c.id)
    query = sa.select(sa.func.count(sa.distinct(one))).select_from(
        case.outerjoin(wave_case, wave_case.c.case == case.c.id)
    )
    query = query.where(case.c.cluster == cluster, case.c.opened_at >= since)
    return connection.execute(query).scalar_one()


def join_wave(connection: Connection, id: str, wave: str) -> None:
    """This case belongs to the wave named after its first case."""
    insert_once(connection, wave_case, {"case": id, "wave": wave})


def in_waves(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these cases belong to a wave."""
    query = sa.select(wave_case.c.case).where(wave_case.c.case.in_(list(ids)))
    return set(connection.execute(query).scalars())


def wave_size(connection: Connection, who: Person, id: str) -> int:
    """How many cases of this one's wave exist for this person; 0 when it is in none."""
    own = sa.select(wave_case.c.wave).where(wave_case.c.case == id).scalar_subquery()
    query = sa.select(sa.func.count()).select_from(
        case.join(wave_case, wave_case.c.case == case.c.id)
    )
    return connection.execute(query.where(wave_case.c.wave == own, may_see(who))).scalar_one()
