"""Second factors, and resets that wait for a second key officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.passkeys import drop_passkeys, has_passkey
from services.triage.store.tables import metadata, person
from shared.runtime.database import UtcDateTime

# `sealed` opens to {"secret": base32} for triage's service key. `last_step` is the newest code
# used: no code serves twice. Unconfirmed until the first code from the app came back.
second_factor = sa.Table(
    "second_factor",
    metadata,
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("last_step", sa.BigInteger, nullable=False),
    sa.Column("is_confirmed", sa.Boolean, nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
)

person_reset = sa.Table(
    "person_reset",
    metadata,
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), primary_key=True),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, repr=False)
class Factor:
    """A person's code generator."""

    sealed: bytes
    last_step: int
    is_confirmed: bool


@dataclass(frozen=True)
class Reset:
    """A key officer's wish that somebody enrols anew."""

    person: str
    by: str
    reason: str
    asked_at: datetime


def factor_of(connection: Connection, name: str) -> Factor | None:
    """The person's second factor, confirmed or not."""
    query = sa.select(second_factor).where(second_factor.c.person == name)
    row = connection.execute(query).first()
    return None if row is None else Factor(row.sealed, row.last_step, row.is_confirmed)


def put_factor(connection: Connection, name: str, sealed: bytes, at: datetime) -> None:
    """Begin a factor anew, unconfirmed."""
    drop_factor(connection, name)
    row = {"person": name, "sealed": sealed, "last_step": 0, "is_confirmed": False}
    connection.execute(second_factor.insert().values(**row, added_at=at))


def use_step(connection: Connection, name: str, step: int) -> bool:
    """Use a code up; False when it, or a newer one, was used already."""
    change = second_factor.update().where(
        second_factor.c.person == name, second_factor.c.last_step < step
    )
    return connection.execute(change.values(last_step=step)).rowcount == 1


def confirm_factor(connection: Connection, name: str) -> None:
    """From now on signing in needs a code."""
    change = second_factor.update().where(second_factor.c.person == name)
    connection.execute(change.values(is_confirmed=True))


def drop_factor(connection: Connection, name: str) -> None:
    """Forget the person's factor."""
    connection.execute(second_factor.delete().where(second_factor.c.person == name))


def with_factor(connection: Connection) -> set[str]:
    """Names of all who need a code."""
    query = sa.select(second_factor.c.person).where(second_factor.c.is_confirmed)
    return set(connection.execute(query).scalars())


def has_factor(connection: Connection, name: str) -> bool:
    """Whether signing in takes this person more than the passphrase."""
    factor = factor_of(connection, name)
    return (factor is not None and factor.is_confirmed) or has_passkey(connection, name)


def reset_of(connection: Connection, name: str) -> Reset | None:
    """The reset that waits for this person."""
    row = connection.execute(sa.select(person_reset).where(person_reset.c.person == name)).first()
    return None if row is None else Reset(**row._mapping)


def add_reset(connection: Connection, asked: Reset) -> None:
    """Keep a wish; an earlier one gives way."""
    end_reset(connection, asked.person)
    row = {"person": asked.person, "by": asked.by, "reason": asked.reason}
    connection.execute(person_reset.insert().values(**row, asked_at=asked.asked_at))


def end_reset(connection: Connection, name: str) -> bool:
    """The wish is dealt with; False when there was none."""
    done = person_reset.delete().where(person_reset.c.person == name)
    return connection.execute(done).rowcount == 1


def void_keys(connection: Connection, name: str, at: datetime) -> None:
    """Keys and passkeys open nothing, and nothing is wrapped to them, until they enrol anew."""
    drop_passkeys(connection, name)
    gone = {"auth_hash": b"", "identity": b"", "recipient": "", "changed_at": at}
    connection.execute(person.update().where(person.c.name == name).values(**gone))
