"""Headers that a unit has prepared for the next one, until the case goes there or they are dropped.

No page hands them out: only once the case is the other unit's do they become its own (headers.py).
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.handover import Place, Prepared
from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime, insert_once

handover = sa.Table(
    "handover",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
)

handover_header = sa.Table(
    "handover_header",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("direction", sa.String(4), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("header", sa.LargeBinary, nullable=False),
)


def handover_of(connection: Connection, id: str) -> Prepared | None:
    """What is prepared for this case, if anything."""
    row = connection.execute(sa.select(handover).where(handover.c.case == id)).first()
    if row is None:
        return None
    places = frozenset(prepared_headers(connection, id))
    return Prepared(row.unit, row.epoch, row.at, row.by, places)


def prepared_headers(connection: Connection, id: str) -> dict[Place, bytes]:
    """Place → header, as prepared."""
    rows = connection.execute(sa.select(handover_header).where(handover_header.c.case == id))
    return {(row.direction, row.seq): row.header for row in rows}


def add_handover(
    connection: Connection, id: str, prepared: Prepared, headers: Mapping[Place, bytes]
) -> bool:
    """Keep it unless something is prepared already; True when kept."""
    row = {"case": id, "unit": prepared.unit, "epoch": prepared.epoch}
    if not insert_once(connection, handover, {**row, "at": prepared.at, "by": prepared.by}):
        return False
    rows = [
        {"case": id, "direction": direction, "seq": seq, "header": header}
        for (direction, seq), header in headers.items()
    ]
    connection.execute(handover_header.insert(), rows)
    return True


def drop_handover(connection: Connection, id: str) -> None:
    """Forget what is prepared for this case."""
    connection.execute(handover_header.delete().where(handover_header.c.case == id))
    connection.execute(handover.delete().where(handover.c.case == id))


def prepared_cases(connection: Connection) -> list[str]:
    """Every case for which something is prepared."""
    return list(connection.execute(sa.select(handover.c.case).order_by(handover.c.case)).scalars())
