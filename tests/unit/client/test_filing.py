"""The sealed request of a report: who can open it, and what the server learns."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from client.api import Directory, UnitKey
from client.filing import Report, SealedFile, as_http, compose
from client.refusals import NoKeeper, NotKentongan, UnitWithoutKey
from shared.crypto import age, keeping, record, unseal
from shared.crypto.attachment import seal_attachment
from shared.crypto.receipt import ReceiptKeys
from shared.rulebook import Disclosed, Office, Rulebook, load, route

KEYS = ReceiptKeys.from_prk(bytes(32))
UNIT, OVERSIGHT, NOTIFY = (age.identity_from_seed(bytes([n]) * 32) for n in (1, 2, 3))
FACTS = Disclosed(
    service="sim", region="32.73", office_kind="satpas", office_region="32.73", asked=850_000
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def directory(unit: str) -> Directory:
    return Directory.read(
        {
            "deployment": "uji",
            "rulebook": "x",
            "oversight": age.recipient_of(OVERSIGHT),
            "notify": age.recipient_of(NOTIFY),
            "units": [{"id": unit, "epoch": 7, "recipient": age.recipient_of(UNIT)}],
            "limits": {"part": 1 << 20, "files": 5},
        }
    )


def composed(rulebook: Rulebook, **more: Any) -> dict[str, Any]:
    unit = route(rulebook, Office("satpas", "32.73")).unit
    files = more.pop("files", ())
    report = Report(disclosed=FACTS, story="KENARI-7 diminta uang", **more)
    body = compose(report, keys=KEYS, directory=directory(unit), rulebook=rulebook, files=files)
    assert b"KENARI" not in body
    return dict(json.loads(body))


def test_unit_oversight_and_reporter_open_it(rulebook: Rulebook) -> None:
    sent = composed(rulebook, asked=854_321, paid=0, who="Pak X", place="Loket 3")

    file = base64.b64decode(sent["envelope"])
    for identity in (UNIT, OVERSIGHT, KEYS.box_identity):
        header, body = unseal.open_record(file, identity)
        assert (header.case, header.unit, header.epoch) == (sent["case"], sent["unit"], 7)
        assert body == {
            "story": "KENARI-7 diminta uang",
            "asked": "854321",
            "paid": "0",
            "who": "Pak X",
            "place": "Loket 3",
            "contact_wish": "anonymous",
            "box": KEYS.box_recipient,
        }


def test_a_name_is_sealed_apart_to_a_keeper_of_the_directory(rulebook: Rulebook) -> None:
    chosen = route(rulebook, Office("satpas", "32.73"))
    known = directory(chosen.unit)
    keeper = UnitKey(4, age.recipient_of(NOTIFY))
    report = Report(disclosed=FACTS, story="diminta uang", name="KENARI-7 Sri")

    with pytest.raises(NoKeeper):
        compose(report, keys=KEYS, directory=known, rulebook=rulebook)
    ready = replace(known, units={**known.units, chosen.keepers[1]: keeper})
    sent = json.loads(compose(report, keys=KEYS, directory=ready, rulebook=rulebook))

    _, body = unseal.open_record(base64.b64decode(sent["envelope"]), UNIT)
    assert body["contact_wish"] == "confidential"
    assert "KENARI-7" not in str(body)
    header, said = unseal.open_record(keeping.read_kept(body["kept"]), NOTIFY)
    record.check_place(header, sent["case"], "keeper", 0, "")
    assert (header.unit, header.epoch, said["name"]) == (chosen.keepers[1], 4, "KENARI-7 Sri")


def test_an_address_is_sealed_to_notify_alone(rulebook: Rulebook) -> None:
    sent = composed(rulebook, address="a@example.org", language="en")

    contact = unseal.open_json(base64.b64decode(sent["contact"]), NOTIFY)

    assert contact == {
        "address": "a@example.org",
        "lang": "en",
        "events_key": sent["events_key"],
    }
    assert "contact" not in composed(rulebook)


def test_evidence_is_named_outside_and_keyed_inside(rulebook: Rulebook) -> None:
    file = SealedFile(*seal_attachment(b"foto", "image/jpeg"))

    sent = composed(rulebook, files=[file])

    header, _ = unseal.open_record(base64.b64decode(sent["envelope"]), UNIT)
    assert sent["evidence"] == [
        {
            "name": file.attachment.name,
            "size": len(file.sealed),
            "sha256": file.attachment.sha256,
        }
    ]
    assert unseal.open_attachment(file.sealed, header.attachments[0]) == b"foto"


def test_nothing_is_sealed_when_the_chosen_unit_has_no_key(rulebook: Rulebook) -> None:
    report = Report(disclosed=FACTS, story="x")

    with pytest.raises(UnitWithoutKey):
        compose(report, keys=KEYS, directory=directory("another"), rulebook=rulebook)


def test_a_directory_without_its_keys_is_none() -> None:
    for value in ([], {}, {"deployment": "x"}, None):
        with pytest.raises(NotKentongan):
            Directory.read(value)


def test_the_printed_request_is_http() -> None:
    printed = as_http(
        "https://lapor.example.id:8443/x", "/api/v1/complaints", b'{"v":1}', proof="e30="
    )

    head, _, body = printed.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[:2] == [
        b"POST /api/v1/complaints HTTP/1.1",
        b"Host: lapor.example.id:8443",
    ]
    assert b"Content-Length: 7" in head
    assert b"Kentongan-Proof: e30=" in head
    assert body == b'{"v":1}'
