"""Passkeys of the people of the desk, and the challenges that were answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata
from shared.crypto.passkey import NewPasskey
from shared.runtime.database import JsonText, UtcDateTime, insert_once

# `wrapped` is the person's identity under a key that only this passkey's PRF gives, empty where the
# device has none: such a passkey signs in and unlocks nothing.
passkey = sa.Table(
    "passkey",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), nullable=False),
    sa.Column("credential", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("signatures", sa.BigInteger, nullable=False),
    sa.Column("label", sa.String(40), nullable=False),
    sa.Column("transports", JsonText, nullable=False),
    sa.Column("is_synced", sa.Boolean, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
    sa.Index("ix_passkey_person", "person"),
)

# A challenge lies in the asker's cookie until it is answered; only its hash is kept, for as long as
# the cookie would pass, so that no answer serves twice.
answered_challenge = sa.Table(
    "answered_challenge",
    metadata,
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, repr=False)
class Passkey:
    """A passkey as it is kept."""

    id: str
    person: str
    key: NewPasskey
    label: str
    transports: Sequence[str]
    wrapped: bytes
    added_at: datetime
    used_at: datetime | None = None

    @property
    def unlocks(self) -> bool:
        """Whether it opens the person's keys, and not the door alone."""
        return bool(self.wrapped)


def add_passkey(connection: Connection, one: Passkey) -> bool:
    """Keep a passkey; False when its credential stands already."""
    values = {
        "id": one.id,
        "person": one.person,
        "credential": one.key.id,
        "public_key": one.key.public_key,
        "signatures": one.key.signatures,
        "label": one.label,
        "transports": list(one.transports),
        "is_synced": one.key.is_synced,
        "wrapped": one.wrapped,
        "added_at": one.added_at,
    }
    return insert_once(connection, passkey, values)


def passkeys_of(connection: Connection, name: str) -> list[Passkey]:
    """The person's passkeys, oldest first."""
    query = sa.select(passkey).where(passkey.c.person == name)
    rows = connection.execute(query.order_by(passkey.c.added_at, passkey.c.id))
    return [_passkey(row) for row in rows]


def passkey_with(connection: Connection, credential: bytes) -> Passkey | None:
    """The passkey of this credential, held against others until the transaction ends."""
    query = sa.select(passkey).where(passkey.c.credential == credential).with_for_update()
    row = connection.execute(query).first()
    return None if row is None else _passkey(row)


def has_passkey(connection: Connection, name: str) -> bool:
    """Whether signing in may take a passkey."""
    query = sa.select(passkey.c.id).where(passkey.c.person == name).limit(1)
    return connection.execute(query).first() is not None


def mark_used(connection: Connection, id: str, signatures: int, at: datetime) -> None:
    """It has just signed for the `signatures`th time."""
    change = passkey.update().where(passkey.c.id == id)
    connection.execute(change.values(signatures=signatures, used_at=at))


def drop_passkey(connection: Connection, name: str, id: str) -> bool:
    """Forget one passkey of this person with its wrap; False when there is none."""
    gone = passkey.delete().where(passkey.c.person == name, passkey.c.id == id)
    return connection.execute(gone).rowcount == 1


def drop_passkeys(connection: Connection, name: str) -> None:
    """Forget every passkey of this person with its wrap."""
    connection.execute(passkey.delete().where(passkey.c.person == name))


def with_passkey(connection: Connection) -> set[str]:
    """Names of all who have one."""
    return set(connection.execute(sa.select(passkey.c.person).distinct()).scalars())


def use_challenge(connection: Connection, hashed: bytes, expires_at: datetime) -> bool:
    """Use a challenge up; False when it was answered before."""
    return insert_once(connection, answered_challenge, {"hash": hashed, "expires_at": expires_at})


def drop_old_challenges(connection: Connection, now: datetime) -> int:
    """Forget answers whose cookie is over anyway; returns how many."""
    gone = answered_challenge.delete().where(answered_challenge.c.expires_at <= now)
    return connection.execute(gone).rowcount


def _passkey(row: sa.Row[tuple[object, ...]]) -> Passkey:
    key = NewPasskey(row.credential, row.public_key, row.signatures, row.is_synced)
    return Passkey(
        row.id, row.person, key, row.label, tuple(row.transports), row.wrapped, row.added_at,
        row.used_at,
    )  # fmt: skip
