"""Demonstration people and unit keys, for `make run`; every name in it is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.store.people import (
    Person,
    PersonKeys,
    add_person,
    newest_epoch,
    readers_of,
)
from shared.contracts.private import PersonEnrolled
from shared.crypto import person
from shared.messaging.tx import Tx


@dataclass(frozen=True, repr=False)
class Enrolment:
    """A person with the keys their passphrase wraps."""

    who: Person
    keys: PersonKeys
    ties: tuple[str, ...]


def enrol(entry: Mapping[str, Any], deployment: str) -> Enrolment:
    """Do what a browser does at enrolment: 64 MiB and 0.1 s, so outside of every transaction."""
    secret = person.stretch(entry["name"], entry["passphrase"], deployment)
    seeds = person.new_seeds()
    keys = PersonKeys(
        auth_hash=person.auth_hash(secret.auth_key),
        identity=person.wrap_identity(secret.kek, seeds),
        recipient=person.recipient_of(seeds),
    )
    name = person.normalise_name(entry["name"])
    who = Person(name, entry["title"], entry["unit"], entry["role"])
    return Enrolment(who, keys, tuple(entry.get("ties", ())))


def seed_demo(tx: Tx, enrolments: Sequence[Enrolment], units: Sequence[str]) -> None:
    """Add who is missing, then a first key for every unit that has readers and no key.

    Doing it again changes nothing.
    """
    for one in enrolments:
        if add_person(tx.connection, one.who, one.keys, one.ties):
            tx.record(PersonEnrolled(f"{one.who.unit} {one.who.role}"), by=one.who.name)
    for unit in units:
        if newest_epoch(tx.connection, unit) == 0:
            publish_unit_key(tx, unit, readers_of(tx.connection, unit))
