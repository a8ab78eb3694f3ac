"""The public service's tables and their few queries.

No row says what a complaint says, who filed it or at what hour: days only, keys, ciphertext.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from shared.messaging.tables import road_tables
from shared.runtime.database import BigKey, JsonText, insert_once, new_metadata

metadata = new_metadata()
road = road_tables(metadata)

# `answer` is what the sender was told; `desk` the kind of unit, once triage has opened the case;
# `unit` whoever has it now. The sealed envelope stands in the fact that told of the complaint.
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

# One row a step of the case; `state` is None where only a date moved (a breach).
progress = sa.Table(
    "progress",
    metadata,
    sa.Column("number", BigKey, primary_key=True, autoincrement=True),
    sa.Column("case", sa.String(36), sa.ForeignKey("complaint.case"), nullable=False, index=True),
    sa.Column("state", sa.String(80)),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("promised", JsonText, nullable=False),
    sa.Column("is_late", sa.Boolean, nullable=False),
)

unit_key = sa.Table(
    "unit_key",
    metadata,
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("recipient", sa.Text, nullable=False),
)

# Parts of evidence that no complaint has claimed yet.
evidence_part = sa.Table(
    "evidence_part",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
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


def add_progress(
    connection: Connection,
    case: str,
    *,
    state: str | None,
    day: date,
    promised: list[dict[str, str]],
    is_late: bool = False,
) -> None:
    """Add one step."""
    row = {"case": case, "state": state, "day": day, "promised": promised, "is_late": is_late}
    connection.execute(sa.insert(progress).values(row))


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
