"""A statement that is a transaction of its own, on PostgreSQL, with as little round it as may be.

SQLAlchemy spells the statement, knows the types and holds the connections; the driver runs it.
Its own execution machinery cost half as much again as the statement (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

Processor = Callable[[Any], Any]


class _Spelled:
    """A statement as its driver takes it: text, values that stand in it, how a value is written."""

    def __init__(self, statement: sa.Executable, engine: Engine) -> None:
        dialect = engine.dialect
        made = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.text = str(made)
        self._values: dict[str, Any] = made.params
        found = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in made.binds.items()
        }
        self._written: dict[str, Processor] = {k: v for k, v in found.items() if v is not None}

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the driver gets."""
        values = {**self._values, **given}
        for name, write in self._written.items():
            values[name] = write(values[name])
        return values


class AtOnce:
    """Runs statements that commit as they answer, on connections kept for that alone."""

    def __init__(self, url: URL, **pool: Any) -> None:
        self._engine = sa.create_engine(
            url,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            # Outside a transaction nothing is left open that a ROLLBACK could end.
            skip_autocommit_rollback=True,
            pool_reset_on_return=None,
            **pool,
        )
        self._errors: Any = self._engine.dialect.loaded_dbapi.Error
        self._spelled: dict[sa.Executable, _Spelled] = {}

    def run(self, statement: sa.Executable, values: Mapping[str, Any]) -> int:
        """How many rows it wrote. Statements are kept: make each once.

        Raises SQLAlchemy's errors, as `Connection.execute` does; no value stands in them.
        """
        if statement not in self._spelled:
            self._spelled[statement] = _Spelled(statement, self._engine)
        spelled = self._spelled[statement]
        try:
            return self._run(spelled.text, spelled.values(values))
        except self._errors as fault:
            raise sa.exc.DBAPIError.instance(
                spelled.text,
                None,
                fault,
                self._errors,
                hide_parameters=True,
                dialect=self._engine.dialect,
            ) from None

    def _run(self, text: str, values: Mapping[str, Any]) -> int:
        held = self._engine.raw_connection()
        try:
            cursor = held.cursor()
            cursor.execute(text, values)
            return int(cursor.rowcount)
        except self._errors as fault:
            if self._engine.dialect.is_disconnect(fault, held.driver_connection, None):
                held.invalidate(fault)
                self.dispose()  # a server that went away took the others as well
            raise
        finally:
            held.close()

    def dispose(self) -> None:
        """Close what nobody holds; whoever comes next connects anew."""
        self._engine.dispose()
