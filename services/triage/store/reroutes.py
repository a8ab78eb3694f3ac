"""Wishes to override a reporter's exclusion, and the candidates as a re-route leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.rerouting import Option, options
from services.triage.store.cases import Case, candidates_of
from services.triage.store.tables import case_candidate, metadata, unit_key
from shared.rulebook import Rulebook
from shared.runtime.database import UtcDateTime, insert_once

override = sa.Table(
    "override",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("asked_by", sa.String(36), nullable=False),
    sa.Column("ended", sa.String(16)),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", sa.String(36)),
)


@dataclass(frozen=True)
class Override:
    """The `round`th wish that `unit` get the case although the reporter excluded it.

    `ended` is nothing while it waits for a second person, else "confirmed" or "refused".
    """

    case: str
    round: int
    unit: str
    reason: str
    asked_at: datetime
    asked_by: str
    ended: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None


def last_override(connection: Connection, id: str) -> Override | None:
    """The newest wish of a case, ended or not."""
    query = sa.select(override).where(override.c.case == id)
    row = connection.execute(query.order_by(override.c.round.desc()).limit(1)).first()
    return None if row is None else Override(**row._mapping)


def add_override(connection: Connection, one: Override) -> bool:
    """Keep it unless this round stands already; True when kept."""
    return insert_once(connection, override, asdict(one))


def end_override(
    connection: Connection, of: Override, *, ended: str, at: datetime, by: str
) -> bool:
    """End one that waits; False when it has ended already."""
    change = override.update().where(
        override.c.case == of.case, override.c.round == of.round, override.c.ended.is_(None)
    )
    values = {"ended": ended, "ended_at": at, "ended_by": by}
    return bool(connection.execute(change.values(values)).rowcount)


def set_candidates(
    connection: Connection, id: str, *, chosen: str, reason: str, excluded: Mapping[str, str]
) -> int:
    """`chosen` is excluded no more; units of `excluded` that were not yet are from now on.

    Returns how many units are excluded now.
    """
    mine = case_candidate.c.case == id
    rows = {row.unit: row for row in connection.execute(sa.select(case_candidate).where(mine))}
    place = max((row.place for row in rows.values()), default=-1)
    for unit, why in {**excluded, chosen: reason}.items():
        values = {"excluded": unit != chosen, "reason": why}
        if unit in rows:
            change = case_candidate.update().where(mine, case_candidate.c.unit == unit)
            connection.execute(change.values(values))
        else:
            place += 1
            row = {"case": id, "place": place, "unit": unit, **values}
            connection.execute(case_candidate.insert().values(row))
    count = sa.select(sa.func.count()).select_from(case_candidate)
    return connection.execute(count.where(mine, case_candidate.c.excluded)).scalar_one()


def units_with_keys(connection: Connection) -> set[str]:
    """Units to which a story can be sealed."""
    return set(connection.execute(sa.select(unit_key.c.unit).distinct()).scalars())


def open_options(connection: Connection, rulebook: Rulebook, one: Case) -> list[Option]:
    """Every unit of the case's route, and in which way it may get the case."""
    stood = {seen.unit: seen.reason for seen in candidates_of(connection, one.id) if seen.excluded}
    keys = units_with_keys(connection)
    return options(rulebook, one.disclosed, unit=one.unit, excluded=stood, with_keys=keys)
