"""What notify keeps of a contact, and what it refuses."""

from __future__ import annotations

import uuid

import pytest

from services.notify.actions.keep_address import MalformedContact
from services.notify.domain.address import MalformedAddress
from services.notify.store import road
from shared.crypto import age
from shared.crypto.sealing import seal_json
from shared.runtime.errors import Refusal
from tests.service.notify.room import EVENTS_KEY, Room, contact_fact, moved


def test_an_address_is_kept_as_it_was_sealed(room: Room) -> None:
    subject = room.leave_contact()

    (row,) = room.addresses()
    assert row.holder == subject
    assert row.sealed.startswith(b"age-encryption.org/v1")
    assert not row.stopped


def test_no_plain_address_stands_in_any_row(room: Room) -> None:
    subject = room.leave_contact("kenari.7731@contoh.example")
    room.hear(moved(subject))
    room.deliver()

    tables = [*room.addresses(), *room.notices(), *room.rows(road.fact)]
    assert "kenari.7731" not in repr(tables)


def test_the_key_of_the_complaint_is_known_from_its_contact(room: Room) -> None:
    subject = room.leave_contact()

    assert [(row.subject, row.key) for row in room.rows(road.commit_key)] == [(subject, EVENTS_KEY)]


def test_a_newer_contact_replaces_the_older_and_takes_back_a_stop(room: Room) -> None:
    subject = room.leave_contact()
    contact = {"address": "baru@contoh.example", "lang": "en", "events_key": "A" * 43}
    sealed = seal_json(contact, age.recipient_of(room.identity))

    room.hear(contact_fact(subject, sealed))

    (row,) = room.addresses()
    assert (row.sealed, row.lang, row.stopped) == (sealed, "en", False)
    assert [row.key for row in room.rows(road.commit_key)] == [EVENTS_KEY]


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        "tanpa-tanda",
        "a@b",
        "a b@contoh.example",
        "a@contoh.example\nBcc: semua@contoh.example",
        "a@contoh.example\r\nBcc: semua@contoh.example",
        "a\n@contoh.example",
        "a@contoh.example\n",
        "a@contoh.example\x00",
        "a@contoh.example, b@contoh.example",
        "<a@contoh.example>",
        "Ibu <a@contoh.example>",
        "a@b@contoh.example",
        "a@-contoh.example",
        "a@contoh..example",
        '"a b"@contoh.example',
        ".a@contoh.example",
        "a@" + "x" * 64 + ".example",
        "x" * 65 + "@contoh.example",
        "a@" + "abcdefgh." * 30 + "example",
        None,
        7,
        ["a@contoh.example"],
    ],
)
def test_a_malformed_address_is_refused_and_nothing_kept(room: Room, malformed: object) -> None:
    with pytest.raises(MalformedAddress):
        room.leave_contact(malformed)

    assert room.addresses() == []
    assert room.rows(road.commit_key) == []


@pytest.mark.parametrize("key", [None, "", "A" * 42, "A" * 44, "?" * 43, 7, "Ä" * 43])
def test_a_contact_without_the_complaints_key_is_refused(room: Room, key: object) -> None:
    with pytest.raises(MalformedContact):
        room.leave_contact(events_key=key)

    assert room.addresses() == []


def test_what_is_no_envelope_is_refused(room: Room) -> None:
    subject = str(uuid.uuid4())
    strangers = age.recipient_of(age.new_identity())
    sealed = [
        b"plain",
        b"age-encryption.org/v1\n",
        seal_json({"address": "a@b.example"}, strangers),
    ]
    sealed.append(seal_json(["a@b.example"], age.recipient_of(room.identity)))

    for each in sealed:
        with pytest.raises(Refusal):
            room.hear(contact_fact(subject, each))

    assert room.addresses() == []
