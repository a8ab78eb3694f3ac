"""Changes of who works at the desk: invitations, keys made anew, roles, removals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.passkeys import drop_passkeys
from services.triage.store.people import Person, PersonKeys
from services.triage.store.tables import metadata, person, person_tie
from shared.runtime.database import JsonText, UtcDateTime

# A single-use link is kept by the SHA-256 of its token. With `is_renewal` the person stands
# already and makes new keys, because two key officers voided the old ones.
invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("name", sa.String(36), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("role", sa.String(24), nullable=False),
    sa.Column("ties", JsonText, nullable=False),
    sa.Column("is_renewal", sa.Boolean, nullable=False),
    sa.Column("by", sa.String(36)),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Index("ix_invitation_name", "name"),
)


@dataclass(frozen=True)
class Invitation:
    """Who is asked to make keys; `ties` are units this person must never handle a case against."""

    who: Person
    ties: tuple[str, ...]
    is_renewal: bool
    expires_at: datetime


@dataclass(frozen=True)
class Member:
    """A person as the list of people shows them."""

    who: Person
    recipient: str
    ties: tuple[str, ...]
    changed_at: datetime | None


def add_invitation(
    connection: Connection, token_hash: bytes, asked: Invitation, by: str | None
) -> None:
    """Keep an invitation; an earlier one for the same name ends."""
    connection.execute(invitation.delete().where(invitation.c.name == asked.who.name))
    values = {
        **asdict(asked.who),
        "token_hash": token_hash,
        "ties": list(asked.ties),
        "is_renewal": asked.is_renewal,
        "by": by,
        "expires_at": asked.expires_at,
    }
    connection.execute(invitation.insert().values(values))


def invitation_of(connection: Connection, token_hash: bytes, now: datetime) -> Invitation | None:
    """The invitation behind a link, while it lasts."""
    found = sa.select(invitation).where(
        invitation.c.token_hash == token_hash, invitation.c.expires_at > now
    )
    row = connection.execute(found).first()
    if row is None:
        return None
    who = Person(row.name, row.title, row.unit, row.role)
    return Invitation(who, tuple(row.ties), row.is_renewal, row.expires_at)


def end_invitation(connection: Connection, token_hash: bytes) -> bool:
    """Use a link up; False when somebody else has just done so."""
    done = invitation.delete().where(invitation.c.token_hash == token_hash)
    return connection.execute(done).rowcount == 1


def open_invitations(
    connection: Connection, units: Sequence[str], now: datetime
) -> list[tuple[Person, datetime]]:
    """Who is invited and has made no keys yet, with the end of the link."""
    query = (
        sa.select(invitation)
        .where(invitation.c.unit.in_(units), invitation.c.expires_at > now)
        .order_by(invitation.c.title)
    )
    return [
        (Person(row.name, row.title, row.unit, row.role), row.expires_at)
        for row in connection.execute(query)
    ]


def drop_old_invitations(connection: Connection, now: datetime) -> int:
    """Forget links that are over; returns how many."""
    return connection.execute(invitation.delete().where(invitation.c.expires_at <= now)).rowcount


def members(connection: Connection, units: Sequence[str]) -> list[Member]:
    """Everybody who works in these units, by unit and title."""
    tied: dict[str, list[str]] = {}
    for row in connection.execute(sa.select(person_tie).order_by(person_tie.c.unit)):
        tied.setdefault(row.person, []).append(row.unit)
    query = (
        sa.select(person)
        .where(person.c.unit.in_(units), person.c.removed_at.is_(None))
        .order_by(person.c.unit, person.c.title)
    )
    return [
        Member(
            Person(row.name, row.title, row.unit, row.role),
            row.recipient,
            tuple(tied.get(row.name, ())),
            row.changed_at,
        )
        for row in connection.execute(query)
    ]


def name_stands(connection: Connection, name: str) -> bool:
    """Whether anybody has, or ever had, this name."""
    return (
        connection.execute(sa.select(person.c.name).where(person.c.name == name)).first()
        is not None
    )


def put_keys(connection: Connection, name: str, keys: PersonKeys, at: datetime) -> None:
    """Exchange a person's keys."""
    change = person.update().where(person.c.name == name, person.c.removed_at.is_(None))
    values = {"auth_hash": keys.auth_hash, "identity": keys.identity, "recipient": keys.recipient}
    connection.execute(change.values(**values, changed_at=at))


def set_role(connection: Connection, name: str, role: str, at: datetime) -> None:
    """Exchange a person's role."""
    change = person.update().where(person.c.name == name)
    connection.execute(change.values(role=role, changed_at=at))


def mark_changed(connection: Connection, name: str, at: datetime) -> None:
    """When this person's way in last changed."""
    connection.execute(person.update().where(person.c.name == name).values(changed_at=at))


def mark_removed(connection: Connection, name: str, at: datetime) -> None:
    """The person works here no more; keys and passkeys are forgotten, the name stays taken."""
    gone = {"auth_hash": b"", "identity": b"", "removed_at": at, "changed_at": at}
    connection.execute(person.update().where(person.c.name == name).values(**gone))
    connection.execute(invitation.delete().where(invitation.c.name == name))
    drop_passkeys(connection, name)
