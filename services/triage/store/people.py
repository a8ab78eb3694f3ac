"""People of the desk and their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import person, person_tie, session, unit_key
from shared.runtime.database import insert_once

# Supervisors see facts and reasons, not stories.
READERS = ("investigator",)
# Invites, removes and resets people, and sees no case.
KEY_OFFICER = "key_officer"
# Reads the facts of every unit; handles no case and opens no story.
AUDITOR = "auditor"
# Proposes and approves changes of the rules, at the national desk; sees no case.
ADMINISTRATOR = "administrator"
CASELESS = (KEY_OFFICER, ADMINISTRATOR)
ROLES = (*READERS, "supervisor", KEY_OFFICER, AUDITOR, ADMINISTRATOR)
_STANDS = person.c.removed_at.is_(None)


@dataclass(frozen=True)
class Person:
    """Somebody who works at the desk; `name` is what they sign in with."""

    name: str
    title: str
    unit: str
    role: str


@dataclass(frozen=True)
class PersonKeys:
    """What a person's browser needs, opened by their passphrase alone.

    `identity` is the wrapped pair of seeds (nonce ‖ AES-256-GCM ciphertext).
    """

    auth_hash: bytes
    identity: bytes
    recipient: str


def person_named(connection: Connection, name: str) -> Person | None:
    """The person of this name, unless they were removed."""
    columns = (person.c.name, person.c.title, person.c.unit, person.c.role)
    row = connection.execute(sa.select(*columns).where(person.c.name == name, _STANDS)).first()
    return None if row is None else Person(row.name, row.title, row.unit, row.role)


def keys_of(connection: Connection, name: str) -> PersonKeys | None:
    """The person's auth hash and wrapped identity; nothing for who was removed."""
    columns = (person.c.auth_hash, person.c.identity, person.c.recipient)
    row = connection.execute(sa.select(*columns).where(person.c.name == name, _STANDS)).first()
    return None if row is None else PersonKeys(row.auth_hash, row.identity, row.recipient)


def add_person(
    connection: Connection,
    who: Person,
    keys: PersonKeys,
    ties: tuple[str, ...],
    *,
    at: datetime | None = None,
) -> bool:
    """Add a person unless the name stands already; True when added."""
    values = {
        "name": who.name,
        "title": who.title,
        "unit": who.unit,
        "role": who.role,
        "auth_hash": keys.auth_hash,
        "identity": keys.identity,
        "recipient": keys.recipient,
        "changed_at": at,
    }
    if not insert_once(connection, person, values):
        return False
    for unit in ties:
        insert_once(connection, person_tie, {"person": who.name, "unit": unit})
    return True


def colleagues(connection: Connection, unit: str) -> list[Person]:
    """Everybody in this unit, by title."""
    columns = (person.c.name, person.c.title, person.c.unit, person.c.role)
    query = sa.select(*columns).where(person.c.unit == unit, _STANDS).order_by(person.c.title)
    return [Person(r.name, r.title, r.unit, r.role) for r in connection.execute(query)]


def titles_of(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Name → title of these people."""
    query = sa.select(person.c.name, person.c.title).where(person.c.name.in_(set(names)))
    return {row.name: row.title for row in connection.execute(query)}


def people_called(connection: Connection, text: str) -> list[str]:
    """The names of those whose name or title holds `text`, upper and lower case alike."""
    found = sa.or_(
        *(
            sa.func.lower(column).contains(text.lower(), autoescape=True)
            for column in (person.c.name, person.c.title)
        )
    )
    return list(connection.execute(sa.select(person.c.name).where(found)).scalars())


def readers_of(connection: Connection, unit: str) -> list[str]:
    """The age recipients of those in this unit who may read stories."""
    query = sa.select(person.c.recipient).where(
        person.c.unit == unit, person.c.role.in_(READERS), person.c.recipient != "", _STANDS
    )
    return list(connection.execute(query.order_by(person.c.name)).scalars())


def known_names(connection: Connection) -> set[str]:
    """Everybody's name, removed or not."""
    return set(connection.execute(sa.select(person.c.name)).scalars())


def start_session(
    connection: Connection, token_hash: bytes, name: str, expires_at: datetime
) -> None:
    """Keep a session; the token itself is only in the browser's cookie."""
    row = {"token_hash": token_hash, "person": name, "expires_at": expires_at}
    connection.execute(session.insert().values(row))


def session_person(connection: Connection, token_hash: bytes, now: datetime) -> Person | None:
    """Whose session this is, while it lasts."""
    columns = (person.c.name, person.c.title, person.c.unit, person.c.role)
    query = (
        sa.select(*columns)
        .join(session, session.c.person == person.c.name)
        .where(session.c.token_hash == token_hash, session.c.expires_at > now, _STANDS)
    )
    row = connection.execute(query).first()
    return None if row is None else Person(row.name, row.title, row.unit, row.role)


def end_session(connection: Connection, token_hash: bytes) -> None:
    """Forget this session."""
    connection.execute(session.delete().where(session.c.token_hash == token_hash))


def end_sessions_of(connection: Connection, name: str) -> None:
    """Forget every session of this person: what they were let in with no longer holds."""
    connection.execute(session.delete().where(session.c.person == name))


def drop_expired_sessions(connection: Connection, now: datetime) -> int:
    """Forget sessions that are over; returns how many."""
    return connection.execute(session.delete().where(session.c.expires_at <= now)).rowcount


def add_unit_key(connection: Connection, values: dict[str, Any]) -> bool:
    """Keep a unit's epoch key unless that epoch stands already; True when kept."""
    return insert_once(connection, unit_key, values)


def newest_epoch(connection: Connection, unit: str) -> int:
    """The unit's newest epoch, 0 when it has no key yet."""
    query = sa.select(sa.func.max(unit_key.c.epoch)).where(unit_key.c.unit == unit)
    return connection.execute(query).scalar() or 0


def unit_key_at(connection: Connection, unit: str, epoch: int) -> tuple[str, bytes] | None:
    """(recipient, wrapped age file) of the unit's key of this epoch."""
    query = sa.select(unit_key.c.recipient, unit_key.c.wrapped).where(
        unit_key.c.unit == unit, unit_key.c.epoch == epoch
    )
    row = connection.execute(query).first()
    return None if row is None else (row.recipient, row.wrapped)


def unit_keys(connection: Connection, unit: str) -> list[bytes]:
    """The unit's wrapped keys, newest epoch first."""
    query = sa.select(unit_key.c.wrapped).where(unit_key.c.unit == unit)
    return list(connection.execute(query.order_by(unit_key.c.epoch.desc())).scalars())
