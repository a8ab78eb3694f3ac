"""Builders for the public service's tests: its app, its keys, sealed filings, signed requests."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, insert, select

from services.complaints.service import SERVICE
from services.complaints.settings import ComplaintsSettings
from services.complaints.store import draft
from shared.contracts import Contract, Fact
from shared.contracts.facts import UnitKeyPublished
from shared.crypto import hybrid, receipt, sealing, signing
from shared.crypto.encoding import to_base64url
from shared.crypto.receipt import ReceiptKeys
from shared.rulebook import Office, route
from shared.runtime.clock import FixedClock
from shared.runtime.ids import new_id
from shared.service import create_app, open_house
from tests.support.proof import CHEAP, HonestSender
from tests.support.shapes import lay_out
from tests.support.templates import KEPT

# One set of identities for all: making keys is not what is tested here.
UNIT_IDENTITY = hybrid.new_identity()
KEEPER_IDENTITY = hybrid.new_identity()
TRIAGE_IDENTITY = hybrid.new_identity()
NOTIFY_IDENTITY = hybrid.new_identity()
OVERSIGHT_IDENTITY = hybrid.new_identity()
DEPLOYMENT = "uji"
DISCLOSED = {
    "service": "sim",
    "region": "32.73.01",
    "office_kind": "satpas",
    "office_region": "32.73.01",
    "asked": 850000,
    "coercion": "withhold",
    "timing": "ongoing",
}


def random_receipt() -> tuple[str, ReceiptKeys]:
    """24 digits and their keys."""
    digits = receipt.new_receipt()
    return digits, receipt.derive(digits, DEPLOYMENT)


def signed_headers(keys: ReceiptKeys, nonce: str, signature: bytes) -> dict[str, str]:
    """The four headers of a signed mailbox request."""
    return {
        "Kentongan-Mailbox": to_base64url(keys.lookup),
        "Kentongan-Key": to_base64url(keys.sign_public),
        "Kentongan-Nonce": nonce,
        "Kentongan-Signature": to_base64url(signature),
    }


class World:
    """The service, its house, a browser and a clock that stands still."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        at: datetime,
        *,
        carrier_url: str = "",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.clock = FixedClock(at)
        self.folder = folder
        self.settings = ComplaintsSettings.read(
            {
                "KENTONGAN_DATABASE_URL": database_url,
                "KENTONGAN_CARRIER_URL": carrier_url or f"sqlite:///{folder / 'carrier.db'}",
                "KENTONGAN_ROAD_KEY": bytes(range(32)).hex(),
                "KENTONGAN_SESSION_KEY": bytes(range(1, 33)).hex(),
                "KENTONGAN_DEPLOYMENT": DEPLOYMENT,
                "KENTONGAN_PROOF_COST": CHEAP,
                "KENTONGAN_FORMS_PER_SECOND": "100000",
                "KENTONGAN_FREE_OPENINGS": "1000000",
                "KENTONGAN_DRAFTS_PER_SECOND": "100000",
                **(env or {}),
                "KENTONGAN_BLOBS": str(folder / "blobs"),
                "KENTONGAN_TRIAGE_RECIPIENT": hybrid.recipient_of(TRIAGE_IDENTITY),
                "KENTONGAN_NOTIFY_RECIPIENT": hybrid.recipient_of(NOTIFY_IDENTITY),
                "KENTONGAN_OVERSIGHT_RECIPIENT": hybrid.recipient_of(OVERSIGHT_IDENTITY),
            }
        )
        lay_out(self.settings.database_url, SERVICE.migrations)
        self.house = open_house(SERVICE, self.settings, clock=self.clock)
        self.app = create_app(SERVICE, self.house)
        self.app.jinja_env.bytecode_cache = KEPT
        self.bare = self.app.wsgi_app  # as it stands; through `app` everybody does their work
        self.app.wsgi_app = HonestSender(self.bare)  # type: ignore[method-assign]
        self.browser = self.app.test_client()
        self.unit = route(self.house.rulebook, Office("satpas", "32.73.01")).unit
        ours, keepers = map(hybrid.recipient_of, (UNIT_IDENTITY, KEEPER_IDENTITY))
        for unit in self.house.rulebook.units:
            recipient = keepers if unit.keeps_names else ours
            self.hear(UnitKeyPublished(unit=unit.id, epoch=1, recipient=recipient))

    def close(self) -> None:
        """Close the database."""
        self.house.database.dispose()

    def hear(
        self,
        payload: Contract,
        subject: str | None = None,
        parts: Mapping[str, bytes] | None = None,
    ) -> None:
        """Let a fact of another service arrive."""
        at = self.clock.now().replace(microsecond=0)
        fact = Fact(
            id=new_id(at),
            type=payload.type,
            version=payload.version,
            at=at,
            source=payload.source,
            subject=subject,
            cause=None,
            payload=payload,
            parts=parts or {},
        )
        with self.house.transactions.begin(at=fact.at, cause=fact.id) as tx:
            SERVICE.inbound[fact.type](tx, fact, self.house)

    def filing(self, keys: ReceiptKeys, **changes: Any) -> dict[str, Any]:
        """The JSON body of a complaint sealed on the sender's machine."""
        case = str(uuid.uuid4())
        envelope = sealing.seal_complaint(
            case=case,
            unit=self.unit,
            epoch=1,
            body={"story": "KENARI-42 diminta uang"},
            recipients=self.readers(keys),
        )
        body: dict[str, Any] = {
            "v": 1,
            "case": case,
            "mailbox": {
                "lookup": to_base64url(keys.lookup),
                "sign": to_base64url(keys.sign_public),
                "box": keys.box_recipient,
            },
            "unit": self.unit,
            "epoch": 1,
            "events_key": to_base64url(keys.events_key),
            "disclosed": dict(DISCLOSED),
            "envelope": base64.b64encode(envelope).decode(),
            "lang": "id",
            "evidence": [],
        }
        return {**body, **changes}

    def readers(self, keys: ReceiptKeys) -> tuple[str, str, str]:
        """The three recipients of an envelope."""
        return (
            hybrid.recipient_of(UNIT_IDENTITY),
            self.settings.oversight_recipient,
            keys.box_recipient,
        )

    def send(self, body: Any) -> Any:
        """POST a complaint."""
        return self.browser.post("/api/v1/complaints", json=body)

    def signed(self, keys: ReceiptKeys, method: str, path: str, body: bytes = b"") -> Any:
        """A signed mailbox request."""
        nonce = self.browser.post("/api/v1/mailbox/nonce").get_json()["nonce"]
        text = signing.request_string(method, path, nonce, body)
        headers = signed_headers(keys, nonce, signing.sign(keys.sign_seed, text))
        kind = "application/json" if body else None
        return self.browser.open(path, method=method, headers=headers, data=body, content_type=kind)

    def look(self, keys: ReceiptKeys) -> dict[str, Any]:
        """The mailbox as JSON."""
        answer = self.signed(keys, "GET", "/api/v1/mailbox")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.get_json())

    def reply(self, keys: ReceiptKeys, seq: int, envelope: bytes) -> Any:
        """POST a letter."""
        body = json.dumps({"seq": seq, "envelope": base64.b64encode(envelope).decode()}).encode()
        return self.signed(keys, "POST", "/api/v1/mailbox/letters", body)

    def count(self, table: str) -> int:
        """Rows of a table."""
        with self.house.database.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    @contextmanager
    def drafts_as_before(self) -> Iterator[None]:
        """Whatever the block does to drafts is undone, as if its last write had been lost."""
        with self.house.database.read() as connection:
            kept = [dict(row._mapping) for row in connection.execute(select(draft))]
        yield
        with self.house.database.begin() as connection:
            connection.execute(delete(draft))
            connection.execute(insert(draft), kept)

    @contextmanager
    def another_browser(self) -> Iterator[FlaskClient]:
        """A browser with a session of its own."""
        with self.app.test_client() as client:
            yield client
