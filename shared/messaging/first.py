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
        table: row,
        ROAD.commit_key: {"subject": subject, "key": events_key, "next": 1},
        ROAD.fact: told.row(events_key, 0),
    }
    given = {
        f"{one.name}_{name}": value
        for one, columns in values.items()
        for name, value in columns.items()
        if value is not None
    }
    try:
        return database.at_once(_statement(table, frozenset(given)), given) == 1
    except sa.exc.IntegrityError:
        return False


@functools.cache
def _statement(table: sa.Table, given: frozenset[str]) -> sa.Insert:
    """Made once a table and names of values; what has none is NULL without being sent.

    What stands is met by writing no row, not by an error: the server's log keeps the values and
    the minute of an error. Only a key of the subject that arrives in that very instant is one, for
    then the row must not stand without its fact.
    """
    keys, fact = ROAD.commit_key, ROAD.fact
    is_known = sa.exists().where(keys.c.subject == _bind(keys.c.subject))
    kept = (
        postgresql.insert(table)
        .from_select(_names(table, given), sa.select(*_binds(table, given)).where(~is_known))
        .on_conflict_do_nothing()
        .returning(sa.literal_column("1").label("one"))
        .cte("kept")
    )
    is_new = sa.exists(sa.select(kept.c.one))
    known = (
        sa.insert(keys)
        .from_select(_names(keys, given), sa.select(*_binds(keys, given)).where(is_new))
        .cte("known")
    )
    told = sa.select(*_binds(fact, given)).where(is_new)
    return sa.insert(fact).from_select(_names(fact, given), told).add_cte(kept, known)


def _columns(table: sa.Table, given: frozenset[str]) -> list[sa.Column[Any]]:
    return [column for column in table.columns if _named(column) in given]


def _names(table: sa.Table, given: frozenset[str]) -> list[str]:
    return [column.name for column in _columns(table, given)]


def _named(column: sa.Column[Any]) -> str:
    return f"{column.table.name}_{column.name}"


def _bind(column: sa.Column[Any]) -> sa.BindParameter[Any]:
    return sa.bindparam(_named(column), type_=column.type)


def _binds(table: sa.Table, given: frozenset[str]) -> list[sa.BindParameter[Any]]:
    return [_bind(column) for column in _columns(table, given)]
