"""Headers that let a case's new unit at its files, beside the files as they came.

Oversight made them, or the unit that had the case before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case
from services.triage.store.tables import case, letter, metadata
from shared.runtime.database import UtcDateTime, insert_once

letter_header = sa.Table(
    "letter_header",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("direction", sa.String(3), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("header", sa.LargeBinary, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)


def headers_of(connection: Connection, one: Case) -> dict[tuple[str, int], bytes]:
    """(direction, seq) → the header that opens the letter to the unit that has the case."""
    mine = sa.and_(letter_header.c.case == one.id, letter_header.c.unit == one.unit)
    rows = connection.execute(sa.select(letter_header).where(mine))
    return {(row.direction, row.seq): row.header for row in rows}


def waiting_letters(connection: Connection) -> Sequence[Any]:
    """(case, unit, direction, seq, envelope) of every letter of a case whose story is sealed to
    another unit than the one that has it."""
    columns = (letter.c.case, case.c.unit, letter.c.direction, letter.c.seq, letter.c.envelope)
    query = sa.select(*columns).join(case, case.c.id == letter.c.case)
    query = query.where(case.c.unit != case.c.sealed_unit)
    return connection.execute(query.order_by(letter.c.case, letter.c.direction, letter.c.seq)).all()


def put_header(
    connection: Connection, id: str, unit: str, place: tuple[str, int], header: bytes, at: datetime
) -> None:
    """Keep the header by which `unit` opens the letter, in place of one that stands."""
    row = {"case": id, "direction": place[0], "seq": place[1], "unit": unit}
    here = sa.and_(*(letter_header.c[name] == value for name, value in row.items()))
    connection.execute(letter_header.delete().where(here))
    insert_once(connection, letter_header, {**row, "header": header, "at": at})


def set_sealed(connection: Connection, id: str, unit: str, epoch: int) -> None:
    """The story opens to this unit now; nobody's page goes stale by it."""
    change = case.update().where(case.c.id == id)
    connection.execute(change.values(sealed_unit=unit, epoch=epoch))
