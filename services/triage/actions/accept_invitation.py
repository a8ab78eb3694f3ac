"""Take the keys a person's browser has made in answer to an invitation."""

from __future__ import annotations

from services.triage.actions.invite_person import NameTaken, link_hash
from services.triage.store.people import PersonKeys, add_person, end_sessions_of
from services.triage.store.staff import Invitation, end_invitation, invitation_of, put_keys
from shared.contracts.private import PersonEnrolled
from shared.messaging.tx import Tx
from shared.runtime.errors import NotFound


class LinkOver(NotFound):
    """Tautan ini sudah dipakai atau lewat 48 jam. Minta tautan baru kepada petugas kunci."""

    code = "link_over"


def accept_invitation(tx: Tx, token: str, keys: PersonKeys) -> str:
    """Enrol the invited person with `keys`, or exchange a standing person's; returns the name.

    The link is used up. Raises LinkOver, NameTaken.
    """
    hashed = link_hash(token)
    asked = invitation_of(tx.connection, hashed, tx.now)
    if asked is None or not end_invitation(tx.connection, hashed):
        raise LinkOver
    if asked.is_renewal:
        put_keys(tx.connection, asked.who.name, keys, tx.at)
        end_sessions_of(tx.connection, asked.who.name)
    elif not add_person(tx.connection, asked.who, keys, asked.ties, at=tx.at):
        raise NameTaken("nama")
    tx.record(PersonEnrolled(_what(asked)), by=asked.who.name)
    return asked.who.name


def _what(asked: Invitation) -> str:
    return f"{asked.who.unit} {asked.who.role}{' again' if asked.is_renewal else ''}"
