"""Which cases belong to a wave, so that it counts once and the desk is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.waves import LEAST
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, case_candidate, case_key, metadata
from shared.runtime.database import insert_once

# Five or more near-identical reports within an hour; `wave` is the id of the first of them.
wave_case = sa.Table(
    "wave_case",
    metadata,
    case_key(),
    sa.Column("wave", sa.String(36), nullable=False),
    sa.Index("ix_wave_case_wave", "wave"),
)

MOST = 300
_CASES = case.join(wave_case, wave_case.c.case == case.c.id)


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


def count_distinct(
    connection: Connection, cluster: str, since: datetime, *, hidden_from: Iterable[str]
) -> int:
    """How many reports of this office and service there were since then; a wave is one.

    Only reports hidden from no unit but `hidden_from`: whoever sees the case that this is counted
    for would otherwise learn from its urgency that there is one they may not see (ADR 24).
    """
    beyond = sa.exists().where(
        case_candidate.c.case == case.c.id,
        case_candidate.c.excluded,
        case_candidate.c.unit.not_in(list(hidden_from)),
    )
    each = (
        sa.select(sa.func.count().label("cases"), sa.func.max(wave_case.c.wave).label("wave"))
        .select_from(case.outerjoin(wave_case, wave_case.c.case == case.c.id))
        .where(case.c.cluster == cluster, case.c.opened_at >= since, sa.not_(beyond))
        .group_by(sa.func.coalesce(wave_case.c.wave, case.c.id))
        .subquery()
    )
    is_one = sa.and_(each.c.wave.is_not(None), each.c.cases >= LEAST)
    reports = sa.func.sum(sa.case((is_one, 1), else_=each.c.cases))
    return int(connection.execute(sa.select(sa.func.coalesce(reports, 0))).scalar_one())


def join_wave(connection: Connection, id: str, wave: str) -> None:
    """This case belongs to the wave named after its first case."""
    insert_once(connection, wave_case, {"case": id, "wave": wave})


def in_waves(connection: Connection, who: Person, ids: Iterable[str]) -> set[str]:
    """Which of these cases belong to a wave, as far as it exists for this person."""
    query = sa.select(wave_case.c.case).where(
        wave_case.c.case.in_(list(ids)), wave_case.c.wave.in_(_seen(who))
    )
    return set(connection.execute(query).scalars())


def wave_size(connection: Connection, who: Person, id: str) -> int:
    """How many cases of this one's wave exist for this person; 0 when it is in none, or when too
    few do to make one."""
    own = sa.select(wave_case.c.wave).where(wave_case.c.case == id).scalar_subquery()
    query = sa.select(sa.func.count()).select_from(_CASES)
    size = connection.execute(query.where(wave_case.c.wave == own, may_see(who))).scalar_one()
    return size if size >= LEAST else 0


@lru_cache(1024)
def _seen(who: Person) -> sa.Select[tuple[str]]:
    query = sa.select(wave_case.c.wave).select_from(_CASES).where(may_see(who))
    return query.group_by(wave_case.c.wave).having(sa.func.count() >= LEAST)
