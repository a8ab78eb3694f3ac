"""What a person of the desk is told at the work address they gave: by one mail at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from services.notify.channels import ChannelDown
from services.notify.domain.wording import MOST_LINES
from shared.contracts.promises import CALLS, NEW_CASE, DeskCalled
from shared.contracts.reach import PersonAddressKept
from shared.crypto import age
from shared.crypto.sealing import seal_json
from tests.service.notify.post_office import PostOffice
from tests.service.notify.room import UNIT, Room, fact

CASE = "0190a3b2-0000-4000-8000-000000000001"
NUMBER = "KTG-2026-11-0007"
WORK = "rani@inspektorat.example"
TEN = timedelta(minutes=10)


def give(room: Room, name: str = "rani", to: object = WORK, lang: str = "id", of: str = "") -> None:
    """A person's sealed address arrives from the desk."""
    sealed = seal_json({"person": of or name, "address": to}, age.recipient_of(room.identity))
    told = PersonAddressKept(name, lang)
    room.hear(fact(told, None, parts={"contact": sealed}))


def call(
    room: Room, why: str, people: Sequence[str] = ("rani",), number: str = NUMBER, unit: str = ""
) -> None:
    room.hear(fact(DeskCalled(number, why, unit, list(people)), CASE))


def to_work(room: Room, address: str = WORK) -> list[str]:
    """The texts of the mails to this address, the confirmation first."""
    found = [str(mail.get_payload()) for mail in room.mails() if mail["To"] == address]
    return sorted(found, key=lambda text: "/akun" not in text)


def settled(room: Room) -> None:
    """The mail that confirms the address has left, and the quiet time after it is over."""
    room.deliver()
    room.clock.advance(TEN)


def token_of(mail: object) -> str:
    found = re.findall(r"https://kabar\.example/berhenti/([\w-]{32})", str(mail))
    assert len(set(found)) == 1
    return str(found[0])


@pytest.mark.parametrize("why", CALLS)
def test_each_call_reaches_whom_it_names_with_the_number_and_no_content(
    room: Room, why: str
) -> None:
    give(room)
    give(room, "bagus", "bagus@inspektorat.example")
    settled(room)

    call(room, why)
    room.deliver()

    told = to_work(room)[1:]
    assert len(told) == 1
    assert "https://meja.example" in told[0]
    assert (NUMBER in told[0]) == (why != NEW_CASE)
    assert len(to_work(room, "bagus@inspektorat.example")) == 1  # the confirmation alone


def test_who_is_not_named_gets_nothing_whoever_else_does(room: Room) -> None:
    give(room, "tirta", "tirta@inspektorat.example")
    settled(room)

    call(room, "breach", ["rani", "bagus"], unit=UNIT)

    assert room.deliver() == 1  # the unit's own post
    assert len(to_work(room, "tirta@inspektorat.example")) == 1


def test_a_new_case_is_told_once_by_the_units_post_or_else_to_each(room: Room) -> None:
    give(room)
    settled(room)

    call(room, NEW_CASE, unit=UNIT)
    room.deliver()
    assert len(to_work(room)) == 1

    call(room, NEW_CASE)
    room.deliver()
    assert len(to_work(room)) == 2


def test_a_storm_is_one_mail_and_what_comes_after_it_waits(room: Room) -> None:
    give(room)
    settled(room)
    for n in range(3):
        call(room, "half", number=f"KTG-2026-11-000{n}")
    assert room.deliver() == 1
    (mail,) = [one for one in room.mails() if one["Subject"].startswith("3 ")]
    assert mail["Subject"] == "3 hal di meja Anda perlu perhatian"

    for n in range(200):
        call(room, "breach", number=f"KTG-2026-11-{n:04d}")
        assert room.deliver() == 0
    room.clock.advance(TEN)

    assert room.deliver() == 1
    last = next(text for text in to_work(room) if "dan 170 lagi" in text)
    assert last.count("KTG-") == MOST_LINES
    assert room.deliver() == 0


def test_the_minutes_between_two_mails_are_a_setting(room: Room) -> None:
    room = room.with_settings(gather_minutes=60)
    give(room)
    settled(room)
    call(room, "half")

    assert room.deliver() == 0
    room.clock.advance(timedelta(minutes=50))
    assert room.deliver() == 1


def test_one_persons_quiet_time_delays_nobody_else(room: Room) -> None:
    give(room)
    room.deliver()
    give(room, "bagus", "bagus@inspektorat.example")
    call(room, "breach", ["rani", "bagus"], unit=UNIT)

    assert room.deliver() == 2
    assert len(to_work(room)) == 1


def test_a_person_is_written_to_in_their_language(room: Room) -> None:
    give(room, lang="en")
    settled(room)
    call(room, "offered")
    room.deliver()

    assert sorted(mail["Subject"] for mail in room.mails()) == [
        "At your desk, to look at: 1",
        "This address now receives your desk's warnings",
    ]


def test_a_mail_server_that_is_down_only_delays(room: Room) -> None:
    office = PostOffice()
    office.open()
    wired = room.with_settings(smtp_url=office.url)
    give(wired)
    office.close()
    call(wired, "unopened")
    with pytest.raises(ChannelDown):
        wired.deliver()

    office.open()

    assert wired.deliver() == 1
    assert office.mails[0]["X-Envelope"] == WORK
    assert NUMBER in office.mails[0].get_payload()
    office.close()
