"""The first fact of a subject and the row it is about, in one statement that commits itself.

PostgreSQL only. BEGIN, three INSERTs and COMMIT are five round trips, and cost a complaint three
times the processor time of this one, here and in the server (docs/adr/0020). All or nothing holds
by PostgreSQL's own rule: a statement outside a transaction block is a transaction.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from shared.contracts.fact import Contract
from shared.messaging.tables import ROAD
from shared.messaging.tx import Telling, Transactions


def tell_first(
    transactions: Transactions,
    table: sa.Table,
    row: Mapping[str, Any],
    payload: Contract,
    *,
    at: datetime,
    subject: str,
    parts: Mapping[str, bytes],
    events_key: bytes,
) -> bool:
    """Insert `row` into `table`, keep `events_key` of `subject` and tell its first fact.

    True when that stands, committed. False when nothing was written: on SQLite, or when the row or
    a key of the subject stands already; `Transactions.begin` then finds out what to answer. Raises
    as `Tx.record` does.
    """
    database = transactions.database
    if database.is_sqlite:
        return False
    told = Telling.of(
        payload,
        source=transactions.source,
        at=at,
        cause=None,
        subject=subject,
        parts=parts,
    )
    values = {
        **_named(table, row),
        **_named(ROAD.commit_key, {"subject": subject, "key": events_key, "next": 1}),
        **_named(ROAD.fact, told.row(events_key, 0)),
    }
    # Without the option SQLAlchemy 2.1 answers -1 for an INSERT on PostgreSQL.
    options = {"preserve_rowcount": True}
    try:
        with database.at_once() as connection:
            done = connection.execute(_statement(table), values, execution_options=options)
    except sa.exc.IntegrityError:
        return False
    return done.rowcount == 1


@functools.cache
def _statement(table: sa.Table) -> sa.Insert:
    """Made once a table.

    What stands is met by writing no row, not by an error: the server's log keeps the values and
    the minute of an error. Only a key of the subject that arrives in that very instant is one, for
    then the row must not stand without its fact.
    """
    keys = ROAD.commit_key
    is_known = sa.exists().where(keys.c.subject == _bind(keys.c.subject))
    kept = (
        postgresql.insert(table)
        .from_select(_names(table), sa.select(*_binds(table)).where(~is_known))
        .on_conflict_do_nothing()
        .returning(sa.literal(1).label("one"))
        .cte("kept")
    )
    is_new = sa.exists(sa.select(kept.c.one))
    known = (
        sa.insert(keys)
        .from_select(_names(keys), sa.select(*_binds(keys)).where(is_new))
        .cte("known")
    )
    told = sa.select(*_binds(ROAD.fact)).where(is_new)
    return sa.insert(ROAD.fact).from_select(_names(ROAD.fact), told).add_cte(kept, known)


def _columns(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if column is not table.autoincrement_column]


def _names(table: sa.Table) -> list[str]:
    return [column.name for column in _columns(table)]


def _bind(column: sa.Column[Any]) -> sa.BindParameter[Any]:
    return sa.bindparam(f"{column.table.name}_{column.name}", type_=column.type)


def _binds(table: sa.Table) -> list[sa.BindParameter[Any]]:
    return [_bind(column) for column in _columns(table)]


def _named(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{table.name}_{name}": value for name, value in row.items()}
