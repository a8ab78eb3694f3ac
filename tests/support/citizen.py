"""A citizen's side of the API, with the product's own sealing and nothing in between."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from shared.crypto import sealing
from shared.crypto.receipt import ReceiptKeys, derive, group, new_receipt

STORY = "Di loket diminta uang lelah seratus lima puluh ribu. "


def b64url(content: bytes) -> str:
    """base64url without the signs at its end."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Sealed:
    """A filing that is ready to send, and what its sender remembers of it."""

    receipt: str
    keys: ReceiptKeys
    case: str
    body: bytes
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    @property
    def typed(self) -> str:
        """The receipt as a person would write it down."""
        return group(self.receipt)


def disclosed(**more: Any) -> dict[str, Any]:
    """Facts that route to the inspectorate of Bandung."""
    return {
        "v": 1,
        "service": "kependudukan",
        "region": "32.73",
        "office_kind": "kecamatan",
        "office_region": "32.73",
        "asked": 150000,
        "coercion": "none",
        "timing": "ongoing",
        **more,
    }


def seal(
    directory: dict[str, Any],
    *,
    story: str = STORY,
    unit: str = "inspektorat-kota-bandung",
    contact: str = "",
    quick: bool = False,
    facts: dict[str, Any] | None = None,
) -> Sealed:
    """Seal one complaint on this side of the wire.

    `quick` skips Argon2id (random keys instead of those of a receipt), for loads.
    """
    receipt = new_receipt()
    keys = (
        ReceiptKeys.from_prk(secrets.token_bytes(32))
        if quick
        else derive(receipt, directory["deployment"])
    )
    chosen = next(one for one in directory["units"] if one["id"] == unit)
    case = str(uuid.uuid4())
    envelope = sealing.seal_complaint(
        case=case,
        unit=unit,
        epoch=chosen["epoch"],
        body={"story": story, "box": keys.box_recipient},
        recipients=[chosen["recipient"], directory["oversight"], keys.box_recipient],
    )
    body: dict[str, Any] = {
        "v": 1,
        "case": case,
        "mailbox": {
            "lookup": b64url(keys.lookup),
            "sign": b64url(keys.sign_public),
            "box": keys.box_recipient,
        },
        "unit": unit,
        "epoch": chosen["epoch"],
        "events_key": b64url(keys.events_key),
        "disclosed": facts or disclosed(),
        "envelope": base64.b64encode(envelope).decode(),
        "lang": "id",
        "evidence": [],
    }
    if contact:
        note = {"address": contact, "lang": "id", "events_key": b64url(keys.events_key)}
        sealed = sealing.seal_json(note, directory["notify"])
        body["contact"] = base64.b64encode(sealed).decode()
    return Sealed(receipt, keys, case, json.dumps(body).encode())
