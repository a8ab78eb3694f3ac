"""Whoever takes triage whole, its database, files and every setting, opens no story.

The attacker here has all that triage has: each row of each table, each byte of each file, each
setting (the service's own identity among them). What is missing is a passphrase of a person.
"""

from __future__ import annotations

import base64
import dataclasses
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.triage.store.tables import metadata
from shared.crypto import person
from shared.crypto.age import identity_from_seed
from shared.crypto.errors import CannotOpen, MalformedEnvelope
from shared.crypto.unseal import decrypt
from shared.runtime.errors import Refusal
from tests.service.triage.desk import Desk
from tests.service.triage.test_letters import _form, _sealed

IDENTITY = re.compile(rb"AGE-SECRET-KEY-PQ-1[A-Z0-9]+", re.IGNORECASE)
AGE = b"age-encryption.org/v1\n"


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk where somebody signed in, read a case, wrote a letter and got an answer."""
    complaint = desk.complaint()
    desk.hear(complaint)
    number = desk.number(str(complaint.subject))
    browser = desk.client("rani")
    browser.open_case("rani", number)
    seq, envelope = _sealed(browser, number, "KANARI surat")
    browser.post(f"/kasus/{number}/surat", _form(seq, envelope))
    reply = desk.reply(
        str(complaint.subject), "KANARI balasan", seq=1, prev=complaint.parts["envelope"]
    )
    desk.hear(reply)
    return desk


def _values(desk: Desk) -> Iterator[bytes]:
    """Every value of every row, as bytes."""
    for table in metadata.sorted_tables:
        for row in desk.rows(f'SELECT * FROM "{table.name}"'):
            for value in row:
                is_bytes = isinstance(value, bytes | memoryview)
                yield bytes(value) if is_bytes else str(value).encode()


def _settings(desk: Desk) -> Iterator[bytes]:
    for field in dataclasses.fields(desk.house.settings):
        value = getattr(desk.house.settings, field.name)
        yield value if isinstance(value, bytes) else str(value).encode()


def _files(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def _loot(desk: Desk, folder: Path) -> list[bytes]:
    return [*_values(desk), *_settings(desk), *_files(folder)]


def _age_files(loot: list[bytes]) -> list[bytes]:
    return [one for one in loot if one.startswith(AGE)]


def _candidates(loot: list[bytes]) -> set[str]:
    """Every identity the attacker can find or make: strings, and any 32 or 64 bytes as seeds."""
    found = {match.decode() for one in loot for match in IDENTITY.findall(one)}
    for one in loot:
        for seed in (one[:32], one[-32:], one[12:44]):
            if len(one) in range(32, 129) and len(seed) == 32:
                found.add(identity_from_seed(seed))
    return found


def test_no_story_and_no_key_to_one_lies_anywhere(worked: Desk, tmp_path: Path) -> None:
    loot = _loot(worked, tmp_path)
    own = worked.house.settings.identity

    assert not any(b"KANARI" in one for one in loot)
    assert {match.decode() for one in loot for match in IDENTITY.findall(one)} == {own}
    for name in ("rani", "sari"):
        assert not any(f"frasa-{name}-sawah".encode() in one for one in loot)


def test_no_story_opens_with_all_that_triage_holds(worked: Desk, tmp_path: Path) -> None:
    loot = _loot(worked, tmp_path)
    identities = _candidates(loot)
    sealed = {bytes(row[0]) for row in worked.rows("SELECT envelope FROM letter")}
    sealed |= {bytes(row[0]) for row in worked.rows("SELECT wrapped FROM unit_key")}

    assert len(sealed) >= 5
    assert sealed <= set(_age_files(loot))
    for file in sealed:
        with pytest.raises(CannotOpen):
            decrypt(file, sorted(identities))


def test_the_services_own_identity_opens_disclosed_facts_only(worked: Desk) -> None:
    complaint = worked.complaint()
    own = worked.house.settings.identity

    assert b"kependudukan" in decrypt(complaint.parts["disclosed"], own)
    with pytest.raises(CannotOpen):
        decrypt(complaint.parts["envelope"], own)


def test_wrapped_identities_yield_to_no_key_at_hand(worked: Desk, tmp_path: Path) -> None:
    keys = [one for one in _loot(worked, tmp_path) if len(one) == 32]
    keys += [secrets.token_bytes(32)]

    for row in worked.rows("SELECT auth_hash, identity FROM person"):
        for kek in [bytes(row[0]), *keys]:
            with pytest.raises(CannotOpen):
                person.unwrap_identity(kek, bytes(row[1]))


def test_an_eavesdropper_in_the_server_gets_no_key_from_signing_in(worked: Desk) -> None:
    """The posted auth key and the KEK come from different labels: one does not open the other."""
    posted = person.stretch("rani", "frasa-rani-sawah", "uji").auth_key
    wrapped = bytes(worked.rows("SELECT identity FROM person WHERE name = 'rani'")[0][0])

    with pytest.raises(CannotOpen):
        person.unwrap_identity(posted, wrapped)


def test_whoever_works_there_but_reads_no_stories_cannot_open_one(worked: Desk) -> None:
    """A supervisor's passphrase opens their own identity, and no unit key."""
    row = worked.rows("SELECT identity FROM person WHERE name = 'bagus'")[0]
    kek = person.stretch("bagus", "frasa-bagus-sawah", "uji").kek
    seeds = person.unwrap_identity(kek, bytes(row[0]))

    for key in worked.rows("SELECT wrapped FROM unit_key"):
        with pytest.raises((CannotOpen, MalformedEnvelope)):
            decrypt(bytes(key[0]), person.identity_of(seeds))


def test_one_units_passphrase_opens_no_other_unit(worked: Desk) -> None:
    number = worked.rows('SELECT number FROM "case"')[0][0]
    browser = worked.client("sari")

    answers = [
        browser.get(f"/kasus/{number}/{path}").status_code for path in ("kunci", "amplop", "")
    ]

    assert answers == [404, 404, 404]
    stolen = worked.client("rani").get(f"/kasus/{number}/kunci").get_json()
    kek = person.stretch("sari", "frasa-sari-sawah", "uji").kek
    with pytest.raises(Refusal):
        person.unwrap_identity(kek, base64.b64decode(stolen["identity"]))
