"""The public service's tables and their few queries.

No row says what a complaint says, who filed it or at what hour: days only, keys, ciphertext.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from shared.contracts.wire import without_parts
from shared.messaging.tables import road_tables
from shared.runtime.database import BigKey, JsonText, UtcDateTime, insert_once, new_metadata

metadata = new_metadata()
road = road_tables(metadata)

# `answer` is what the sender was told; `desk` the kind of unit, once triage has opened the case;
# `unit` whoever has it now. The sealed envelope stands in the fact that told of the complaint.
# `gone` is where the letters the reporter deleted ended: {"in": {"seq", "sha256"}, "out": …};
# `is_emptying` while facts that told of them are still to be sent. `keepers` may keep the
# reporter's name, first choice first; None in rows older than that.
complaint = sa.Table(
    "complaint",
    metadata,
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("lookup", sa.LargeBinary(16), nullable=False, unique=True),
    sa.Column("sign", sa.LargeBinary(32), nullable=False),
    sa.Column("box", sa.Text, nullable=False),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("desk", sa.String(80)),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("answer", JsonText, nullable=False),
    sa.Column("gone", JsonText),
    sa.Column("is_emptying", sa.Boolean),
    sa.Column("keepers", JsonText),
    sa.Index(
        "ix_complaint_emptying",
        "case",
        postgresql_where=sa.text("is_emptying"),
        sqlite_where=sa.text("is_emptying = 1"),
    ),
)

# `digest` recognises the same letter sent twice; `direction` is "in" (reporter) or "out" (desk).
letter = sa.Table(
    "letter",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("complaint.case"), primary_key=True),
    sa.Column("direction", sa.String(3), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
)

# One row a step of the case; `state` is None where only a date moved (a breach, promised for
# `missed_on`) or where the reporter did something: `event`, and in `told` what it says.
progress = sa.Table(
    "progress",
    metadata,
    sa.Column("number", BigKey, primary_key=True, autoincrement=True),
    sa.Column("case", sa.String(36), sa.ForeignKey("complaint.case"), nullable=False, index=True),
    sa.Column("state", sa.String(80)),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("promised", JsonText, nullable=False),
    sa.Column("is_late", sa.Boolean, nullable=False),
    sa.Column("event", sa.String(40)),
    sa.Column("told", JsonText),
    sa.Column("missed_on", sa.Date),
)

unit_key = sa.Table(
    "unit_key",
    metadata,
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("recipient", sa.Text, nullable=False),
)

# Parts of evidence that no complaint has claimed yet; `draft` is the row of the report they were
# sealed for here, None when a phone or a program sealed them.
evidence_part = sa.Table(
    "evidence_part",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("draft", sa.LargeBinary(16)),
)

# A report being written, sealed under a key that only its writer's browser holds (ADR 14); `hour`
# is the hour it was last touched in.
draft = sa.Table(
    "draft",
    metadata,
    sa.Column("id", sa.LargeBinary(16), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("hour", UtcDateTime, nullable=False, index=True),
)

# How often the public site turned somebody away, by reason; for operators.
tally = sa.Table(
    "tally",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("total", sa.BigInteger, nullable=False),
)


def add_complaint(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a complaint unless its case or its mailbox stands already; True when it was kept."""
    return insert_once(connection, complaint, values)


def complaint_by_lookup(connection: Connection, lookup: bytes) -> Row[Any] | None:
    """The complaint whose mailbox this is."""
    return connection.execute(sa.select(complaint).where(complaint.c.lookup == lookup)).first()


def complaint_by_keys(connection: Connection, lookup: bytes, sign: bytes) -> Row[Any] | None:
    """The complaint of this mailbox, only for its own key; both misses take the same query."""
    rows = sa.select(complaint).where(complaint.c.lookup == lookup, complaint.c.sign == sign)
    return connection.execute(rows).first()


def lock_complaint(connection: Connection, lookup: bytes, sign: bytes) -> Row[Any] | None:
    """As complaint_by_keys, and nobody else adds a letter until the transaction ends."""
    rows = sa.select(complaint).where(complaint.c.lookup == lookup, complaint.c.sign == sign)
    return connection.execute(rows.with_for_update()).first()


def complaint_by_case(connection: Connection, case: str) -> Row[Any] | None:
    """The complaint with this id."""
    return connection.execute(sa.select(complaint).where(complaint.c.case == case)).first()


def move_complaint(connection: Connection, case: str, *, unit: str, desk: str) -> bool:
    """Note which unit has the case now; False when there is no such complaint."""
    change = sa.update(complaint).where(complaint.c.case == case).values(unit=unit, desk=desk)
    return bool(connection.execute(change).rowcount)


def fact_body(connection: Connection, case: str, type: str) -> bytes | None:
    """The first fact of this type about `case`, as bytes, with its sealed parts."""
    rows = sa.select(road.fact.c.body).where(road.fact.c.subject == case, road.fact.c.type == type)
    body = connection.execute(rows.order_by(road.fact.c.position).limit(1)).scalar_one_or_none()
    return None if body is None else bytes(body)


def has_told(connection: Connection, case: str, type: str) -> bool:
    """Whether a fact of this type about `case` was told here."""
    rows = sa.select(road.fact.c.id).where(road.fact.c.subject == case, road.fact.c.type == type)
    return connection.execute(rows.limit(1)).first() is not None


def empty_bodies(connection: Connection, types: Sequence[str], case: str) -> bool:
    """Keep the heads of these facts about `case` and drop what was sealed in them; a fact that is
    not sent yet is left alone. True when every one is empty now."""
    fact = road.fact
    rows = sa.select(fact.c.id, fact.c.body, fact.c.sent)
    found = connection.execute(rows.where(fact.c.subject == case, fact.c.type.in_(types))).all()
    for row in found:
        if row.sent:
            change = sa.update(fact).where(fact.c.id == row.id)
            connection.execute(change.values(body=without_parts(bytes(row.body))))
    done = all(row.sent for row in found)
    change = sa.update(complaint).where(complaint.c.case == case).values(is_emptying=not done)
    connection.execute(change)
    return done


def emptying(connection: Connection) -> Sequence[str]:
    """The cases whose letters were deleted while some were still on their way."""
    rows = sa.select(complaint.c.case).where(complaint.c.is_emptying)
    return connection.execute(rows).scalars().all()


def delete_letters(connection: Connection, case: str, gone: Mapping[str, Any]) -> None:
    """Every letter of a case goes; `gone` says where each direction had come to."""
    connection.execute(sa.delete(letter).where(letter.c.case == case))
    change = sa.update(complaint).where(complaint.c.case == case).values(gone=gone)
    connection.execute(change)


def letters_of(connection: Connection, case: str) -> Sequence[Row[Any]]:
    """All letters of a case, oldest first by direction."""
    rows = sa.select(letter).where(letter.c.case == case)
    return connection.execute(rows.order_by(letter.c.day, letter.c.direction, letter.c.seq)).all()


def last_letter(connection: Connection, case: str, direction: str) -> Row[Any] | None:
    """The newest letter in one direction."""
    rows = sa.select(letter).where(letter.c.case == case, letter.c.direction == direction)
    return connection.execute(rows.order_by(letter.c.seq.desc()).limit(1)).first()


def add_letter(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a letter unless that place is taken; True when it was kept."""
    return insert_once(connection, letter, values)


def progress_of(connection: Connection, case: str) -> Sequence[Row[Any]]:
    """The steps of a case as they arrived."""
    rows = sa.select(progress).where(progress.c.case == case).order_by(progress.c.number)
    return connection.execute(rows).all()


def add_progress(connection: Connection, case: str, day: date, **step: Any) -> None:
    """Add one step; `step` are columns of `progress`, the rest stands empty."""
    row = {"case": case, "day": day, "state": None, "promised": [], "is_late": False}
    connection.execute(sa.insert(progress).values(row | step))


def current_unit_keys(connection: Connection) -> Sequence[Row[Any]]:
    """(unit, epoch, recipient) of every unit's highest epoch."""
    newest = (
        sa.select(unit_key.c.unit, sa.func.max(unit_key.c.epoch).label("epoch"))
        .group_by(unit_key.c.unit)
        .subquery()
    )
    return connection.execute(
        sa.select(unit_key)
        .join(newest, sa.and_(unit_key.c.unit == newest.c.unit, unit_key.c.epoch == newest.c.epoch))
        .order_by(unit_key.c.unit)
    ).all()


def bytes_waiting(connection: Connection) -> int:
    """How much evidence lies here unclaimed, in bytes."""
    total = connection.execute(sa.select(sa.func.coalesce(sa.func.sum(evidence_part.c.size), 0)))
    return int(total.scalar_one())


def forget_parts(connection: Connection, names: Sequence[str]) -> None:
    """The parts of these names are claimed or gone."""
    connection.execute(sa.delete(evidence_part).where(evidence_part.c.name.in_(names)))


def stale_names(connection: Connection, before: date) -> Sequence[str]:
    """Names whose first part came before that day."""
    first = sa.func.min(evidence_part.c.day)
    rows = sa.select(evidence_part.c.name).group_by(evidence_part.c.name).having(first < before)
    return connection.execute(rows).scalars().all()
