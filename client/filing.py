"""Turns what the reporter says into the one sealed request that files it."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from client.api import Directory
from client.refusals import NoKeeper, UnitWithoutKey
from shared.crypto.encoding import to_base64url
from shared.crypto.keeping import Keeper, seal_name
from shared.crypto.proof import HEADER
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.record import Attachment
from shared.crypto.sealing import seal_complaint, seal_json
from shared.rulebook import Disclosed, Office, Rulebook, dump_disclosed, route
from shared.rulebook.routing import Route


@dataclass(frozen=True, kw_only=True, repr=False)
class Report:
    """`disclosed` for the servers; the rest for people only. `address` is an e-mail or "", `name`
    what the reporter is called, for whoever keeps names."""

    disclosed: Disclosed
    story: str
    asked: int | None = None
    paid: int | None = None
    who: str = ""
    place: str = ""
    address: str = ""
    name: str = ""
    language: str = "id"


@dataclass(frozen=True, repr=False)
class SealedFile:
    """Evidence ready to upload."""

    sealed: bytes
    attachment: Attachment

    def described(self) -> dict[str, Any]:
        """What the server is told of it."""
        return {
            "name": self.attachment.name,
            "size": len(self.sealed),
            "sha256": self.attachment.sha256,
        }


def compose(
    report: Report,
    *,
    keys: ReceiptKeys,
    directory: Directory,
    rulebook: Rulebook,
    files: Sequence[SealedFile] = (),
) -> bytes:
    """The body of POST /api/v1/complaints, sealed to the unit our own rulebook chooses.

    Raises UnitWithoutKey, NoKeeper, TooLong, and what routing refuses.
    """
    facts = report.disclosed
    chosen = route(rulebook, Office(facts.office_kind, facts.office_region), facts.exclude)
    unit = directory.units.get(chosen.unit)
    if unit is None:
        raise UnitWithoutKey("unit")
    case = str(uuid.uuid4())
    body = _body(report, keys.box_recipient)
    if report.name:
        keeper = _keeper(chosen, directory)
        body["kept"] = seal_name(
            report.name, case=case, seq=0, keeper=keeper, oversight=directory.oversight
        )
    envelope = seal_complaint(
        case=case,
        unit=chosen.unit,
        epoch=unit.epoch,
        body=body,
        recipients=(unit.recipient, directory.oversight, keys.box_recipient),
        attachments=[file.attachment for file in files],
    )
    sent: dict[str, Any] = {
        "v": 1,
        "case": case,
        "mailbox": {
            "lookup": to_base64url(keys.lookup),
            "sign": to_base64url(keys.sign_public),
            "box": keys.box_recipient,
        },
        "unit": chosen.unit,
        "epoch": unit.epoch,
        "events_key": to_base64url(keys.events_key),
        "disclosed": dump_disclosed(facts),
        "envelope": base64.b64encode(envelope).decode("ascii"),
        "lang": report.language,
        "evidence": [file.described() for file in files],
    }
    if report.address:
        sent["contact"] = _contact(report, keys, directory.notify)
    return json.dumps(sent).encode("ascii")


def _body(report: Report, box: str) -> dict[str, str]:
    """With `box`, so that whoever opens it need not be told by others whom to answer."""
    said = {
        "asked": "" if report.asked is None else str(report.asked),
        "paid": "" if report.paid is None else str(report.paid),
        "who": report.who,
        "place": report.place,
        "contact_wish": _wish(report),
    }
    return {"story": report.story, "box": box, **{key: text for key, text in said.items() if text}}


def _wish(report: Report) -> str:
    if report.name:
        return "confidential"
    return "contact" if report.address else "anonymous"


def _keeper(chosen: Route, directory: Directory) -> Keeper:
    """The first unit of our own route that keeps names and has a key there; NoKeeper."""
    for unit in chosen.keepers:
        if key := directory.units.get(unit):
            return Keeper(unit, key.epoch, key.recipient)
    raise NoKeeper("name")


def _contact(report: Report, keys: ReceiptKeys, recipient: str) -> str:
    """Sealed to notify alone; the events key lets it commit what it sends."""
    content = {
        "address": report.address,
        "lang": report.language,
        "events_key": to_base64url(keys.events_key),
    }
    return base64.b64encode(seal_json(content, recipient)).decode("ascii")


def as_http(address: str, path: str, body: bytes, *, proof: str) -> bytes:
    """The request as it would go over the wire (RFC 9112), with its proof of work."""
    host = address.split("://", 1)[1].split("/", 1)[0]
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"{HEADER}: {proof}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
