"""The one transaction an action runs in: what it writes and the facts it tells stand together."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.fact import Contract, Fact
from shared.contracts.wire import encode
from shared.crypto import commitment
from shared.crypto.road import MAX_BODY_BYTES, TooLong
from shared.messaging.tables import ROAD
from shared.runtime.canonical import canonical
from shared.runtime.clock import Clock, floor
from shared.runtime.database import Database, insert_once
from shared.runtime.ids import new_id

# The top byte of a commitment's index: four services count the facts of one subject apart.
WALLS = {"complaints": 1, "triage": 2, "notify": 3, "ledger": 4}
_OWN = ""


# Made once: building a statement costs more than running it.
_ADD_FACT = sa.insert(ROAD.fact)
_TAKE = (
    sa.update(ROAD.commit_key)
    .where(ROAD.commit_key.c.subject == sa.bindparam("of"), ROAD.commit_key.c.key.is_not(None))
    .values(next=ROAD.commit_key.c.next + 1)
    .returning(ROAD.commit_key.c.key, ROAD.commit_key.c.next)
)


@dataclass(frozen=True)
class Telling:
    """A fact about to be told: checked, and spelled once."""

    fact: Fact
    payload: Mapping[str, Any]
    head: bytes
    body: bytes

    @classmethod
    def of(
        cls,
        payload: Contract,
        *,
        source: str,
        at: datetime,
        cause: str | None,
        subject: str | None,
        parts: Mapping[str, bytes] | None,
    ) -> Telling:
        """Raises ValueError and TooLong, as `Tx.record` says."""
        parts = dict(parts or {})
        if payload.source != source or set(parts) != set(payload.part_names):
            raise ValueError(f"{source} cannot tell {payload.type} with {sorted(parts)}")
        fact = Fact(
            id=new_id(at),
            type=payload.type,
            version=payload.version,
            at=at,
            source=source,
            subject=subject,
            cause=cause,
            payload=payload,
            parts=parts,
        )
        spelled = fact.head()
        head = canonical(spelled)
        body = encode(fact, head)
        if len(body) > MAX_BODY_BYTES:
            # Refused here, where somebody can be told: the relay could never seal it.
            raise TooLong(limit_bytes=MAX_BODY_BYTES)
        return cls(fact, spelled["payload"], head, body)

    def row(self, key: bytes, count: int, *, by: str | None = None) -> dict[str, Any]:
        """The row of `fact`, committed under `key` as number `count` of its subject."""
        fact = self.fact
        index = commitment.index(WALLS[fact.source], count)
        return {
            "id": fact.id,
            "type": fact.type,
            "version": fact.version,
            "at": fact.at,
            "source": fact.source,
            "subject": fact.subject,
            "cause": fact.cause,
            "by": by,
            "payload": self.payload,
            "body": self.body,
            "entry": commitment.entry(key, index, self.head),
            "private": fact.payload.is_private(),
            "sent": False,
        }


class Tx:
    """An open transaction.

    `now` is the exact time and is never stored where a reporter shows; `at` is the time its
    facts get: whole seconds, or the whole hour where a reporter acts, or the time of the cause.
    """

    def __init__(
        self, connection: Connection, *, source: str, now: datetime, at: datetime, cause: str | None
    ) -> None:
        self.connection = connection
        self.source = source
        self.now = now
        self.at = at
        self.cause = cause

    def record(
        self,
        payload: Contract,
        *,
        subject: str | None = None,
        parts: Mapping[str, bytes] | None = None,
        by: str | None = None,
        events_key: bytes | None = None,
    ) -> Fact:
        """Tell a fact: one row, its commitment beside it.

        `by` is the acting person's id and never leaves the house. `events_key` is kept as `know`
        keeps it, one statement fewer where this is the subject's first fact. Raises ValueError
        when the payload is another service's to tell, or its parts are not the contract's;
        TooLong when the fact would not fit on the road.
        """
        told = Telling.of(
            payload, source=self.source, at=self.at, cause=self.cause, subject=subject, parts=parts
        )
        key, count = self._next(subject, events_key)
        self.connection.execute(_ADD_FACT, told.row(key, count, by=by))
        return told.fact

    def know(self, subject: str, events_key: bytes) -> None:
        """Keep k_e (32 bytes) of `subject`; a key that was kept before, or destroyed, stays so."""
        self._keep(subject, events_key, told=0)

    def forget(self, subject: str) -> None:
        """Destroy k_e of `subject`, for good: nobody can find its commitments any more."""
        if not self._keep(subject, None, told=0):
            keys = ROAD.commit_key
            self.connection.execute(
                sa.update(keys).where(keys.c.subject == subject).values(key=None)
            )

    def _next(self, subject: str | None, events_key: bytes | None) -> tuple[bytes, int]:
        """The key and the count for the next fact; a subject without a key uses the own row."""
        if subject and events_key and self._keep(subject, events_key, told=1):
            return events_key, 0
        if subject and (taken := self._take(subject)):
            return taken
        while not (taken := self._take(_OWN)):
            self.know(_OWN, secrets.token_bytes(32))
        return taken

    def _keep(self, subject: str, key: bytes | None, *, told: int) -> bool:
        row = {"subject": subject, "key": key, "next": told}
        return insert_once(self.connection, ROAD.commit_key, row)

    def _take(self, subject: str) -> tuple[bytes, int] | None:
        row = self.connection.execute(_TAKE, {"of": subject}).one_or_none()
        return (bytes(row.key), row.next - 1) if row else None


class Transactions:
    """Opens transactions on one service's database, in the name of that service (`source`).

    `floor` coarsens the time of facts: an hour where a reporter acts, None for whole seconds.
    """

    def __init__(
        self, database: Database, clock: Clock, source: str, floor: timedelta | None = None
    ) -> None:
        self.database = database
        self.clock = clock
        self.source = source
        self._floor = floor or timedelta(seconds=1)

    @contextmanager
    def begin(self, at: datetime | None = None, cause: str | None = None) -> Iterator[Tx]:
        """Open a transaction: committed at the end of the block, rolled back if it raises.

        `cause` is the id of the fact acted on and `at` its time: an effect carries the time of
        its cause, so that no effect tells when a reporter was there.
        """
        with self.database.begin() as connection:
            yield self.join(connection, at=at, cause=cause)

    def join(
        self, connection: Connection, *, at: datetime | None = None, cause: str | None = None
    ) -> Tx:
        """A Tx inside a transaction that is open already (the consumer acts on a batch in one)."""
        at = self.coarse_now() if at is None else floor(at, timedelta(seconds=1))
        return Tx(connection, source=self.source, now=self.clock.now(), at=at, cause=cause)

    def coarse_now(self) -> datetime:
        """The time a fact told now would get."""
        return floor(self.clock.now(), self._floor)
