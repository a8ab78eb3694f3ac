"""Builders for the tests of notify: a house on a real database, facts, a mail server."""

from __future__ import annotations

import base64
import mailbox
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.notify.chores import deliver
from services.notify.service import SERVICE
from services.notify.settings import NotifySettings
from services.notify.store import address, notice, road
from shared.contracts import Contract, Fact
from shared.contracts.facts import CaseMoved, ContactLeft, LetterWritten
from shared.contracts.promises import NEW_CASE, DeskCalled
from shared.crypto import age
from shared.crypto.sealing import seal_json
from shared.messaging.inbox import act_on
from shared.messaging.tx import Transactions
from shared.rulebook import load
from shared.runtime.blobs import Blobs
from shared.runtime.clock import FixedClock
from shared.runtime.database import Database
from shared.runtime.ids import new_id
from shared.service.declaration import House
from shared.service.worker import inbound_of
from tests.support.shapes import lay_out

NOW = datetime(2026, 11, 21, 15, 42, 7, tzinfo=UTC)
UNIT = "itjen-kemenag"
EVENTS_KEY = bytes(range(32))
KEY_HEX = bytes(range(1, 33)).hex()


def open_room(database_url: str, folder: Path, identity: str, **env: str) -> Room:
    """A migrated database and the house round it."""
    settings = NotifySettings.read(
        {
            "KENTONGAN_DATABASE_URL": database_url,
            "KENTONGAN_CARRIER_URL": f"sqlite:///{folder}/carrier.db",
            "KENTONGAN_ROAD_KEY": KEY_HEX,
            "KENTONGAN_SESSION_KEY": KEY_HEX,
            "KENTONGAN_DEPLOYMENT": "uji",
            "KENTONGAN_BLOBS": str(folder / "blobs"),
            "KENTONGAN_NOTIFY_IDENTITY": identity,
            "KENTONGAN_MAILDIR": str(folder / "maildir"),
            "KENTONGAN_PUBLIC_URL": "https://lapor.example",
            "KENTONGAN_DESK_URL": "https://meja.example",
            "KENTONGAN_STOP_URL": "https://kabar.example",
            **env,
        }
    )
    lay_out(database_url, SERVICE.migrations)
    database = Database(database_url)
    clock = FixedClock(NOW)
    house = House(
        name="notify",
        settings=settings,
        database=database,
        clock=clock,
        transactions=Transactions(database, clock, "notify", SERVICE.fact_step),
        blobs=Blobs(settings.blobs),
        rulebook=load(None),
    )
    return Room(house, clock, identity)


@dataclass(frozen=True)
class Room:
    """One house of notify."""

    house: House
    clock: FixedClock
    identity: str

    def hear(self, fact: Fact) -> Fact:
        """Act on `fact` as the consumer does."""
        act_on(self.house.transactions, inbound_of(SERVICE, self.house), [fact])
        return fact

    def leave_contact(self, to: object = "ibu.sari@contoh.example", **more: object) -> str:
        """Hear a contact; returns its subject."""
        subject = str(uuid.uuid4())
        contact = {"address": to, "lang": "id", "events_key": b64(EVENTS_KEY), **more}
        self.hear(contact_fact(subject, seal_json(contact, age.recipient_of(self.identity))))
        return subject

    def deliver(self) -> int:
        """One round of the chore."""
        return deliver(self.house)

    def mails(self) -> list[Message]:
        """What lies in the Maildir."""
        return list(mailbox.Maildir(self.house.settings.maildir))

    def with_settings(self, **changes: object) -> Room:
        """The same house under other settings."""
        settings = replace(self.house.settings, **changes)
        return replace(self, house=replace(self.house, settings=settings))

    def rows(self, table: sa.Table) -> list[Any]:
        """Every row of `table`."""
        with self.house.database.read() as connection:
            return list(connection.execute(sa.select(table)))

    def notices(self) -> list[Any]:
        """Every notice."""
        return self.rows(notice)

    def addresses(self) -> list[Any]:
        """Every address."""
        return self.rows(address)

    def facts(self) -> list[tuple[str, str | None]]:
        """Type and subject of every fact told here."""
        rows = sorted(self.rows(road.fact), key=lambda row: row.position)
        return [(row.type, row.subject) for row in rows]


def contact_fact(subject: str, sealed: bytes) -> Fact:
    """A contact.left."""
    return fact(ContactLeft(lang="id"), subject, parts={"contact": sealed})


def opened(subject: str, unit: str = UNIT) -> Fact:
    """The desk is called to a new case."""
    return fact(DeskCalled("KTG-2026-11-0001", NEW_CASE, unit, ["bagus"]), subject)


def moved(subject: str) -> Fact:
    """A case.moved."""
    return fact(CaseMoved(from_state="received", to_state="verifying", promises=[]), subject)


def letter(subject: str, envelope: bytes = b"sealed") -> Fact:
    """A letter.written."""
    return fact(LetterWritten(seq=1), subject, parts={"envelope": envelope})


def fact(payload: Contract, subject: str | None, parts: Mapping[str, bytes] | None = None) -> Fact:
    """A fact as another service would tell it, at 15:00."""
    at = NOW.replace(minute=0, second=0)
    return Fact(
        id=new_id(at),
        type=payload.type,
        version=payload.version,
        at=at,
        source=payload.source,
        subject=subject,
        cause=None,
        payload=payload,
        parts=dict(parts or {}),
    )


def b64(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
