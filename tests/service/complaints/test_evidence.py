"""Sealed files in parts: resumed, claimed by a complaint, forgotten when nobody claims them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from datetime import timedelta

import pytest

from services.complaints.chores import CHORES
from shared.contracts import decode
from shared.contracts.reporting import EvidenceAdded
from shared.runtime.blobs import PART_BYTES
from tests.service.complaints.deeds import told
from tests.service.complaints.letters import filed, reply_of
from tests.service.complaints.world import World, random_receipt

BYTES = "application/octet-stream"


def put(world: World, name: str, part: int | str, content: bytes, kind: str = BYTES) -> int:
    answer = world.browser.put(f"/api/v1/evidence/{name}/{part}", data=content, content_type=kind)
    return answer.status_code


def test_an_upload_resumes_and_its_complaint_claims_it(world: World) -> None:
    name, parts = secrets.token_hex(16), [b"a" * PART_BYTES, b"b" * 100]
    assert [put(world, name, n, part) for n, part in enumerate(parts)] == [204, 204]
    assert put(world, name, 1, parts[1]) == 204
    assert world.browser.get(f"/api/v1/evidence/{name}").get_json() == {"parts": [0, 1]}
    whole = b"".join(parts)
    evidence = {"name": name, "size": len(whole), "sha256": hashlib.sha256(whole).hexdigest()}

    answer = world.send(world.filing(random_receipt()[1], evidence=[evidence]))

    assert answer.status_code == 201, answer.get_json()
    assert world.house.blobs.has(evidence["sha256"])
    assert world.count("evidence_part") == 0


def test_a_letter_brings_files_later_once(world: World) -> None:
    _, keys, case = filed(world)
    name, content = secrets.token_hex(16), b"bukti tersegel"
    file = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    envelope = base64.b64encode(reply_of(world, keys, 1, "Ini buktinya")).decode()
    letter = json.dumps({"seq": 1, "envelope": envelope, "evidence": [file]}).encode()

    too_soon = world.signed(keys, "POST", "/api/v1/mailbox/letters", letter)
    put(world, name, 0, content)
    sent = [world.signed(keys, "POST", "/api/v1/mailbox/letters", letter) for _ in range(2)]

    assert too_soon.status_code == 404
    assert [answer.status_code for answer in sent] == [201, 200]
    assert world.house.blobs.has(str(file["sha256"]))
    assert world.count("evidence_part") == 0
    assert decode(told(world, case, "evidence.added")).payload == EvidenceAdded(
        1, [{"sha256": file["sha256"], "size": file["size"]}]
    )


@pytest.mark.parametrize(
    ("name", "part", "content", "kind", "status"),
    [
        ("a" * 31, "0", b"x", BYTES, 422),
        ("A" * 32, "0", b"x", BYTES, 422),
        ("..%2f..%2fetc", "0", b"x", BYTES, 404),
        ("a" * 32, "17", b"x", BYTES, 422),
        ("a" * 32, "99999999999999999999", b"x", BYTES, 422),
        ("a" * 32, "-1", b"x", BYTES, 404),
        ("a" * 32, "0", b"", BYTES, 422),
        ("a" * 32, "0", b"x" * (PART_BYTES + 1), BYTES, 413),
        ("a" * 32, "0", b"x", "text/plain", 415),
    ],
)
def test_a_wrong_part_is_refused_and_not_kept(
    world: World, name: str, part: str, content: bytes, kind: str, status: int
) -> None:
    assert put(world, name, part, content, kind) == status
    assert world.count("evidence_part") == 0


def test_another_content_for_a_part_is_refused(world: World) -> None:
    put(world, "a" * 32, 0, b"satu")

    assert put(world, "a" * 32, 0, b"dua") == 409


def test_unclaimed_parts_go_after_two_days(world: World) -> None:
    put(world, "a" * 32, 0, b"satu")

    CHORES[0].run(world.house)
    assert world.house.blobs.parts("a" * 32) == [0]
    world.clock.advance(timedelta(days=3))
    CHORES[0].run(world.house)

    assert world.house.blobs.parts("a" * 32) == []
    assert world.count("evidence_part") == 0
