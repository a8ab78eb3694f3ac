"""A desk for tests: real database, real crypto, and the browser's part played in Python."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.triage.actions.seed_demo import Enrolment, enrol, seed_demo
from services.triage.inbound import INBOUND
from services.triage.service import SERVICE
from services.triage.settings import TriageSettings
from services.triage.store.people import unit_key_at
from shared.contracts.fact import Fact
from shared.contracts.facts import ComplaintSubmitted, ReplyReceived
from shared.crypto import person, record, sealing
from shared.crypto.age import new_identity, recipient_of
from shared.crypto.age_format import header_of
from shared.crypto.unseal import decrypt
from shared.runtime.clock import FixedClock
from shared.runtime.ids import new_id, random_id
from shared.service import House, create_app, open_house
from tests.service.triage.kept import body_of
from tests.support.shapes import lay_out
from tests.support.templates import KEPT

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday 10.00 WIB
DEPLOYMENT = "uji"
STORY = "KANARI petugas loket meminta uang di belakang meja"
UNIT = "inspektorat-kota-palembang"
OTHER_UNIT = "propam-polrestabes-surabaya"
PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "rani", "title": "Rani N.", "unit": UNIT, "role": "investigator"},
    {"name": "bagus", "title": "Bagus S.", "unit": UNIT, "role": "supervisor"},
    {"name": "tirta", "title": "Tirta K.", "unit": UNIT, "role": "investigator",
     "ties": ["inspektorat-sumsel"]},
    {"name": "sari", "title": "Sari W.", "unit": OTHER_UNIT, "role": "investigator"},
    {"name": "nila", "title": "Nila P.", "unit": UNIT, "role": "key_officer"},
    {"name": "wahyu", "title": "Wahyu D.", "unit": "inspektorat-sumsel", "role": "key_officer"},
    {"name": "kirana", "title": "Kirana A.", "unit": "meja-nasional", "role": "auditor"},
    {"name": "laras", "title": "Laras H.", "unit": "meja-nasional", "role": "administrator"},
    {"name": "yudi", "title": "Yudi A.", "unit": "meja-nasional", "role": "administrator"},
)  # fmt: skip


def passphrase(name: str) -> str:
    """The passphrase of a test person."""
    return f"frasa-{name}-sawah"


@dataclass
class Desk:
    """One triage service with its people; `identity` is the service's own key."""

    house: House
    app: Flask
    identity: str
    oversight: str
    clock: FixedClock
    oversight_identity: str = ""
    notify_identity: str = ""
    boxes: dict[str, str] = field(default_factory=dict)

    def client(self, name: str | None = None) -> Browser:
        """A browser; signed in when `name` is given."""
        browser = Browser(self, self.app.test_client())
        if name is not None:
            browser.sign_in(name)
        return browser

    def file(self, **facts: Any) -> str:
        """A complaint arrives over the road; returns its id. `facts` change what is disclosed."""
        fact = self.complaint(**facts)
        self.hear(fact)
        return str(fact.subject)

    def complaint(self, *, unit: str = UNIT, name: str = "", **facts: Any) -> Fact:
        """The fact complaint.submitted, sealed as a client seals it; `name` for the keeper."""
        case, box = random_id(), new_identity()
        self.boxes[case] = box
        with self.house.database.read() as connection:
            key = unit_key_at(connection, unit, 1)
        recipients = [key[0] if key else self.oversight, self.oversight, recipient_of(box)]
        envelope = sealing.seal_complaint(
            body=body_of(self, case, name, facts.pop("story", STORY), recipient_of(box)), case=case,
            unit=unit, epoch=1, recipients=recipients, attachments=facts.pop("attachments", ()),
        )  # fmt: skip
        disclosed = {
            "service": "kependudukan", "region": "16.71", "office_kind": "dukcapil",
            "office_region": "16.71", "asked": 250_000, "paid": 150_000,
        }  # fmt: skip
        evidence = facts.pop("evidence_files", [])
        filing = {
            "disclosed": {**disclosed, **facts},
            "events_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="),
            "box": recipient_of(box),
            "evidence": evidence,
            "lang": "id",
        }
        parts = {
            "envelope": envelope,
            "disclosed": sealing.seal_json(filing, recipient_of(self.identity)),
        }
        return self.fact(ComplaintSubmitted(unit, 1, "id"), case, parts)

    def reply(self, case: str, text: str, *, seq: int, prev: bytes) -> Fact:
        """The fact reply.received, sealed as the reporter seals it."""
        envelope = sealing.seal_letter(
            case=case, direction="in", seq=seq, prev=record.sha256_hex(prev), unit=UNIT, epoch=1,
            text=text, recipients=[self.unit_recipient(), self.oversight],
        )  # fmt: skip
        return self.fact(ReplyReceived(seq), case, {"envelope": envelope})

    def unit_recipient(self, unit: str = UNIT) -> str:
        """The unit's public key."""
        with self.house.database.read() as connection:
            key = unit_key_at(connection, unit, 1)
        assert key is not None
        return key[0]

    def fact(self, payload: Any, subject: str, parts: Mapping[str, bytes]) -> Fact:
        """A fact of the complaints service, at the whole hour."""
        at = self.clock.now().replace(minute=0, second=0, microsecond=0)
        return Fact(
            new_id(at), payload.type, payload.version, at, "complaints", subject, None, payload,
            dict(parts),
        )  # fmt: skip

    def hear(self, fact: Fact) -> None:
        """Act on a fact as the consumer does."""
        with self.house.transactions.begin(at=fact.at, cause=fact.id) as tx:
            INBOUND[fact.type](tx, fact, self.house)

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """Rows of the database."""
        with self.house.database.read() as connection:
            return list(connection.execute(sa.text(sql), values))

    def number(self, case: str) -> str:
        """The number of a case."""
        found: str = self.rows('SELECT number FROM "case" WHERE id = :id', id=case)[0][0]
        return found


@dataclass
class Browser:
    """A browser with CSRF tokens; it derives keys and opens what is sealed."""

    desk: Desk
    http: FlaskClient

    def get(self, path: str) -> TestResponse:
        """GET a page."""
        return self.http.get(path)

    def post(self, path: str, form: Mapping[str, Any], *, page: str | None = None) -> TestResponse:
        """POST a form with the token of `page` (the same path by default)."""
        token = re.search(
            r'name="csrf_token" value="([^"]+)"', self.get(page or path).get_data(as_text=True)
        )
        return self.http.post(path, data={"csrf_token": token[1] if token else "", **form})

    def sign_in(self, name: str, phrase: str | None = None) -> TestResponse:
        """What masuk.js does: derive, post the auth key only."""
        secret = _secret(name, phrase or passphrase(name))
        key = base64.urlsafe_b64encode(secret.auth_key).decode().rstrip("=")
        return self.post("/masuk", {"siapa": name, "kunci": key})

    def open_case(
        self, name: str, number: str, phrase: str | None = None
    ) -> dict[tuple[str, int], str]:
        """What kasus.js does: unwrap, open the unit key, open and check every letter."""
        locked = self.get(f"/kasus/{number}/kunci").get_json()
        keys = self.unit_identities(name, locked, phrase)
        return {
            (one["direction"], one["seq"]): self._open(one["url"], keys, one.get("header"))
            for one in locked["letters"]
        }

    def unit_identities(
        self, name: str, locked: Mapping[str, Any], phrase: str | None = None
    ) -> list[str]:
        """The unit's keys, unwrapped by the person's."""
        kek = _secret(name, phrase or passphrase(name)).kek
        seeds = person.unwrap_identity(kek, base64.b64decode(locked["identity"]))
        return [
            decrypt(base64.b64decode(one), person.identity_of(seeds)).decode()
            for one in locked["unit_keys"]
        ]

    def _open(self, url: str, keys: list[str], fresh: str | None = None) -> str:
        file = self.get(url).data
        if fresh:
            file = base64.b64decode(fresh) + file[len(header_of(file)) :]
        header, body = record.unpack(decrypt(file, keys))
        read = record.read_body(header.kind, body)
        return read.get("story", read.get("text", ""))


@cache
def _secret(name: str, phrase: str) -> person.PersonSecret:
    """64 MiB and some tenths of a second: once a run for each pair."""
    return person.stretch(name, phrase, DEPLOYMENT)


@cache
def _enrolled() -> tuple[Enrolment, ...]:
    """The test people; their keys are stretched once a run."""
    people = ({**one, "passphrase": passphrase(one["name"])} for one in PEOPLE)
    return tuple(enrol(one, DEPLOYMENT) for one in people)


@contextmanager
def desk(database_url: str, folder: Path, **told: str) -> Iterator[Desk]:
    """A migrated, seeded desk on an empty database; `told` are more of its settings."""
    identity, oversight, notify = new_identity(), new_identity(), new_identity()
    settings = TriageSettings.read(
        {
            "KENTONGAN_DATABASE_URL": database_url,
            "KENTONGAN_CARRIER_URL": f"sqlite:///{folder / 'carrier.db'}",
            "KENTONGAN_ROAD_KEY": secrets.token_hex(32),
            "KENTONGAN_SESSION_KEY": secrets.token_hex(32),
            "KENTONGAN_DEPLOYMENT": DEPLOYMENT,
            "KENTONGAN_BLOBS": str(folder / "blobs"),
            "KENTONGAN_TRIAGE_IDENTITY": identity,
            "KENTONGAN_OVERSIGHT_RECIPIENT": recipient_of(oversight),
            "KENTONGAN_NOTIFY_RECIPIENT": recipient_of(notify),
            **told,
        }
    )
    lay_out(database_url, SERVICE.migrations)
    house = open_house(SERVICE, settings, clock=(clock := FixedClock(NOW)))
    with house.transactions.begin() as tx:
        seed_demo(tx, _enrolled(), [UNIT, OTHER_UNIT])
    app = create_app(SERVICE, house)
    app.jinja_env.bytecode_cache = KEPT
    yield Desk(house, app, identity, recipient_of(oversight), clock, oversight, notify)
    house.database.dispose()
