"""What reporters decide on their cases: withdrawals, ratings, objections."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.states import STATES
from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, case_key, metadata, rating
from shared.runtime.database import UtcDateTime, insert_once

# A reporter's wish to withdraw, the `round`th; `ended` is nothing while it waits, else
# "taken_back", "confirmed" or "refused". `pressed` is the reporter's answer: yes, no, unsaid.
withdrawal = sa.Table(
    "withdrawal",
    metadata,
    case_key(),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("pressed", sa.String(8), nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("ended", sa.String(16)),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("by", sa.String(36)),
    sa.Column("reason", sa.Text),
)

objection = sa.Table(
    "objection",
    metadata,
    case_key(),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

MERGED = "merged"
OPEN = [state.code for state in STATES.values() if state.is_open]


@dataclass(frozen=True)
class Withdrawal:
    """One row of `withdrawal`, column for column."""

    case: str
    round: int
    pressed: str
    asked_at: datetime
    ended: str | None = None
    ended_at: datetime | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Rating:
    """One row of `rating`; `stars` 0 where none were given."""

    case: str
    round: int
    is_solved: bool
    stars: int
    at: datetime
    unit: str


def add_withdrawal(connection: Connection, one: Withdrawal) -> bool:
    """Keep it unless this round stands already; True when kept."""
    return insert_once(connection, withdrawal, asdict(one))


def last_withdrawal(connection: Connection, id: str) -> Withdrawal | None:
    """The newest one of a case, ended or not."""
    query = sa.select(withdrawal).where(withdrawal.c.case == id)
    row = connection.execute(query.order_by(withdrawal.c.round.desc()).limit(1)).first()
    return None if row is None else Withdrawal(**row._mapping)


def end_withdrawal(
    connection: Connection, of: Withdrawal, *, ended: str, at: datetime, by: str | None, reason: str
) -> bool:
    """End one that waits; False when it has ended already."""
    change = withdrawal.update().where(
        withdrawal.c.case == of.case,
        withdrawal.c.round == of.round,
        withdrawal.c.ended.is_(None),
    )
    values = {"ended": ended, "ended_at": at, "by": by, "reason": reason}
    return bool(connection.execute(change.values(values)).rowcount)


def waiting_withdrawals(connection: Connection, who: Person, most: int) -> list[Case]:
    """Cases this person may see, open or worked with a main one, whose reporter waits for a word
    on it, longest first."""
    query = (
        sa.select(case)
        .join(withdrawal, withdrawal.c.case == case.c.id)
        .where(may_see(who), withdrawal.c.ended.is_(None), case.c.state.in_([*OPEN, MERGED]))
        .order_by(withdrawal.c.asked_at, case.c.id)
        .limit(most)
    )
    return [as_case(row) for row in connection.execute(query)]


def add_rating(connection: Connection, one: Rating) -> bool:
    """Keep it unless this result was rated; True when kept."""
    return insert_once(connection, rating, asdict(one))


def ratings_of(connection: Connection, id: str) -> list[Rating]:
    """Every rating of a case, oldest first."""
    query = sa.select(rating).where(rating.c.case == id).order_by(rating.c.round)
    return [Rating(**row._mapping) for row in connection.execute(query)]


def add_objection(connection: Connection, id: str, *, nth: int, seq: int, at: datetime) -> bool:
    """Keep that the `nth` result was objected to, once; True when kept."""
    row = {"case": id, "round": nth, "seq": seq, "at": at}
    return insert_once(connection, objection, row)
