"""Which case is worked with which; a merger that was undone stays as a row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, case_candidate, metadata, road
from shared.contracts.merging import MainCaseMoved
from shared.runtime.database import UtcDateTime, insert_once

case_merge = sa.Table(
    "case_merge",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("main", sa.String(36), sa.ForeignKey("case.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("undone_at", UtcDateTime),
    sa.Column("undone_by", sa.String(36)),
    sa.Index("ix_case_merge_main", "main"),
)


@dataclass(frozen=True)
class Merge:
    """The `round`th time `case` was put to `main`; nothing in `undone_at` while it holds."""

    case: str
    round: int
    main: str
    at: datetime
    by: str
    undone_at: datetime | None = None
    undone_by: str | None = None


def add_merge(connection: Connection, id: str, main: str, at: datetime, by: str) -> None:
    """Keep that this case is worked with `main` from now on."""
    query = sa.select(sa.func.count()).select_from(case_merge).where(case_merge.c.case == id)
    nth = connection.execute(query).scalar_one() + 1
    insert_once(connection, case_merge, asdict(Merge(id, nth, main, at, by)))


def merge_of(connection: Connection, id: str) -> Merge | None:
    """The merger that holds for this case, if any."""
    query = sa.select(case_merge).where(case_merge.c.case == id, case_merge.c.undone_at.is_(None))
    row = connection.execute(query).first()
    return None if row is None else Merge(**row._mapping)


def main_of(connection: Connection, one: Case) -> Case:
    """The case this one is worked with, where it is merged; else itself."""
    merge = merge_of(connection, one.id)
    if merge is None:
        return one
    row = connection.execute(sa.select(case).where(case.c.id == merge.main)).one()
    return as_case(row)


def main_states(connection: Connection, id: str) -> list[str]:
    """Every state of a main case that was told to this case's reporter, oldest first."""
    fact = road.fact
    query = sa.select(fact.c.payload).where(fact.c.subject == id, fact.c.type == MainCaseMoved.type)
    return [row.payload["state"] for row in connection.execute(query.order_by(fact.c.position))]


def end_merge(connection: Connection, of: Merge, at: datetime, by: str) -> None:
    """Keep that this merger holds no more."""
    query = case_merge.update().where(case_merge.c.case == of.case, case_merge.c.round == of.round)
    connection.execute(query.values(undone_at=at, undone_by=by))


def followers_of(connection: Connection, main: str) -> list[str]:
    """The cases that are worked with this one (for the road: whoever may see them)."""
    query = sa.select(case_merge.c.case).where(
        case_merge.c.main == main, case_merge.c.undone_at.is_(None)
    )
    return list(connection.execute(query.order_by(case_merge.c.case)).scalars())


def merged_into(connection: Connection, who: Person, main: str) -> list[Case]:
    """The same, as far as they exist for this person."""
    query = (
        sa.select(case)
        .join(case_merge, case_merge.c.case == case.c.id)
        .where(may_see(who), case_merge.c.main == main, case_merge.c.undone_at.is_(None))
        .order_by(case.c.opened_at, case.c.id)
    )
    return [as_case(row) for row in connection.execute(query)]


def excluded_from(connection: Connection, ids: list[str]) -> dict[str, frozenset[str]]:
    """Case → the units it is hidden from."""
    query = sa.select(case_candidate.c.case, case_candidate.c.unit).where(
        case_candidate.c.case.in_(ids), case_candidate.c.excluded
    )
    found: dict[str, set[str]] = {id: set() for id in ids}
    for row in connection.execute(query):
        found[row.case].add(row.unit)
    return {id: frozenset(units) for id, units in found.items()}
