"""The tables of rulebooks: those the desk lived by, and those somebody proposes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata, person, unit_key
from shared.rulebook.carrying import Packed
from shared.runtime.database import UtcDateTime, insert_once

# What a proposal is: looked at by who uploaded it, then waiting for another, then over.
DRAFT, WAITING = "draft", "waiting"
APPROVED, REFUSED, WITHDRAWN, EXPIRED = "approved", "refused", "withdrawn", "expired"

rulebook_file = sa.Table(
    "rulebook_file",
    metadata,
    sa.Column("version", sa.String(12), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
proposal = sa.Table(
    "proposal",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("version", sa.String(12), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("before", sa.String(64), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", sa.String(36)),
    sa.Column("ended_reason", sa.Text),
    sa.Index("ix_proposal_state", "state"),
)


@dataclass(frozen=True, repr=False)
class Proposal:
    """One row, column for column; `digest` shall follow on `before`, `at` is when it was uploaded,
    or asked once it waits."""

    number: int
    state: str
    version: str
    digest: str
    before: str
    content: bytes
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_reason: str | None = None


def keep_file(connection: Connection, one: Packed) -> None:
    """Keep the tables of a rulebook by its version."""
    values = {"version": one.version, "digest": one.digest, "content": one.content}
    insert_once(connection, rulebook_file, values)


def file_of(connection: Connection, version: str) -> Packed | None:
    """The tables of this version, where they were kept."""
    query = sa.select(rulebook_file).where(rulebook_file.c.version == version)
    row = connection.execute(query).first()
    return None if row is None else Packed(row.version, row.digest, row.content)


def versions_kept(connection: Connection) -> set[str]:
    """Of which versions the tables are kept."""
    return set(connection.execute(sa.select(rulebook_file.c.version)).scalars())


def add_proposal(connection: Connection, values: Proposal) -> Proposal:
    """Keep it under the next number, whatever number it brings."""
    last = sa.select(sa.func.coalesce(sa.func.max(proposal.c.number), 0))
    while True:
        row = {**asdict(values), "number": connection.execute(last).scalar_one() + 1}
        if insert_once(connection, proposal, row):
            return Proposal(**row)


def proposal_of(connection: Connection, number: int) -> Proposal | None:
    """The proposal of this number."""
    row = connection.execute(sa.select(proposal).where(proposal.c.number == number)).first()
    return None if row is None else Proposal(**row._mapping)


def proposals(connection: Connection, most: int) -> list[Proposal]:
    """The newest that were asked, newest first."""
    query = sa.select(proposal).where(proposal.c.state != DRAFT)
    rows = connection.execute(query.order_by(proposal.c.number.desc()).limit(most))
    return [Proposal(**row._mapping) for row in rows]


def approval_of(connection: Connection, digest: str) -> Proposal | None:
    """The newest approved proposal of these tables."""
    query = sa.select(proposal).where(proposal.c.state == APPROVED, proposal.c.digest == digest)
    row = connection.execute(query.order_by(proposal.c.number.desc()).limit(1)).first()
    return None if row is None else Proposal(**row._mapping)


def stale_proposals(connection: Connection, before: datetime) -> list[Proposal]:
    """Those that have been waiting since before this time."""
    query = sa.select(proposal).where(proposal.c.state == WAITING, proposal.c.at <= before)
    return [Proposal(**row._mapping) for row in connection.execute(query)]


def turn_proposal(connection: Connection, one: Proposal, to: str, **values: object) -> bool:
    """Change its state unless somebody just did; True when changed."""
    change = proposal.update().where(proposal.c.number == one.number, proposal.c.state == one.state)
    return connection.execute(change.values(state=to, **values)).rowcount == 1


def drop_drafts(connection: Connection, *, by: str | None = None, until: datetime) -> int:
    """Forget what was uploaded by then and never asked, `by` somebody or anybody."""
    mine = () if by is None else (proposal.c.by == by,)
    drop = proposal.delete().where(proposal.c.state == DRAFT, proposal.c.at <= until, *mine)
    return connection.execute(drop).rowcount


def units_in_use(connection: Connection) -> set[str]:
    """Units with people, or with a key: their names stand in cases and in what is sealed."""
    peopled = sa.select(person.c.unit).where(person.c.removed_at.is_(None))
    keyed = sa.select(unit_key.c.unit)
    return set(connection.execute(peopled.union(keyed)).scalars())
