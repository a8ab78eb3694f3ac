"""Who is told of what, and what the message says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from services.notify.chores import oldest_notice_seconds
from services.notify.store import notice, road
from services.notify.store.turn import turn_to_deliver
from shared.contracts.facts import ClockBreached
from tests.service.notify.room import NOW, UNIT, Room, fact, letter, moved, opened

CANARY = "kenari-uang-pelicin-850000"


def test_news_reaches_a_reporter_who_left_an_address(room: Room) -> None:
    subject = room.leave_contact("ibu.sari@contoh.example")
    room.hear(moved(subject))

    assert room.deliver() == 1

    (mail,) = room.mails()
    assert mail["To"] == "ibu.sari@contoh.example"
    assert mail["Subject"] == "Ada kabar untuk kode Anda"
    assert "https://lapor.example/kotak" in mail.get_payload()
    assert room.facts() == [("notice.sent", subject)]


def test_a_reporter_is_written_to_in_their_language(room: Room) -> None:
    room.hear(moved(room.leave_contact(lang="en")))
    room.hear(moved(room.leave_contact(lang="tlh")))

    room.deliver()

    assert sorted(mail["Subject"] for mail in room.mails()) == [
        "Ada kabar untuk kode Anda",
        "There is news for your code",
    ]


@pytest.mark.parametrize(
    "tell",
    [
        moved,
        letter,
        lambda s: fact(ClockBreached("verify", NOW.date(), NOW.date()), s),
    ],
)
def test_every_kind_of_news_is_the_same_message(room: Room, tell) -> None:  # type: ignore[no-untyped-def]
    room.hear(tell(room.leave_contact()))

    room.deliver()

    (mail,) = room.mails()
    assert re.findall("diverifikasi|verify|surat baru|terlambat|letter", str(mail)) == []


def test_a_message_holds_nothing_of_the_case(room: Room) -> None:
    subject = room.leave_contact(story=CANARY)
    room.hear(opened(subject))
    room.hear(letter(subject, CANARY.encode()))

    room.deliver()

    texts = [mail.as_string() for mail in room.mails()]
    assert len(texts) == 2
    for text in texts:
        for secret in (CANARY, subject, subject.replace("-", ""), UNIT + "/", "verifying", "15:4"):
            assert secret not in text


def test_a_message_says_the_hour_and_how_to_stop(room: Room) -> None:
    room.hear(moved(room.leave_contact()))

    room.deliver()

    (mail,) = room.mails()
    (link,) = set(re.findall(r"https://kabar\.example/berhenti/[\w-]{32}", str(mail)))
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Date"] == "Sat, 21 Nov 2026 15:00:00 +0000"
    assert mail["Message-ID"].endswith("@kentongan.example>")


def test_no_time_finer_than_the_hour_is_written_down(room: Room) -> None:
    room.hear(opened(room.leave_contact()))
    before = room.notices()

    room.deliver()

    hour = NOW.replace(minute=0, second=0)
    assert {(row.due, row.next_try) for row in before} == {(hour, hour)}
    assert [(row.due, row.next_try, row.sent) for row in room.notices()] == [
        (None, None, NOW.date())
    ]
    assert {row.at for row in room.rows(road.fact)} == {hour}
    (file,) = (room.house.settings.maildir / "new").iterdir()
    assert file.stat().st_mtime == hour.timestamp()


def test_a_case_without_an_address_tells_no_reporter(room: Room) -> None:
    subject = "0190a3b2-0000-4000-8000-000000000001"
    room.hear(moved(subject))
    room.hear(letter(subject))

    assert room.deliver() == 0
    assert room.notices() == []


def test_a_case_that_was_opened_before_its_address_came_is_news_from_then_on(room: Room) -> None:
    subject = "0190a3b2-0000-4000-8000-000000000001"
    room.hear(moved(subject))
    told = room.leave_contact()
    room.hear(moved(told))

    assert room.deliver() == 1


def test_what_waits_for_one_reader_goes_out_as_one_message(room: Room) -> None:
    subject = room.leave_contact()
    for _ in range(3):
        room.hear(moved(subject))

    assert room.deliver() == 1
    assert len(room.mails()) == 1
    assert {row.state for row in room.rows(notice)} == {"sent"}


def test_a_fact_delivered_twice_is_told_once(room: Room) -> None:
    subject = room.leave_contact()
    fact = room.hear(moved(subject))
    room.deliver()

    room.hear(fact)

    assert room.deliver() == 0
    assert len(room.notices()) == 1


def test_news_after_a_message_is_a_new_message(room: Room) -> None:
    subject = room.leave_contact()
    room.hear(moved(subject))
    room.deliver()
    room.clock.advance(timedelta(minutes=1))
    room.hear(letter(subject))

    assert room.deliver() == 1
    assert len({mail["Message-ID"] for mail in room.mails()}) == 2


def test_an_empty_folder_made_beforehand_becomes_the_maildir(room: Room) -> None:
    room.house.settings.maildir.mkdir(parents=True)
    room.hear(moved(room.leave_contact()))

    room.deliver()

    assert len(room.mails()) == 1


def test_a_notice_sent_twice_lies_once_in_the_maildir(room: Room) -> None:
    subject = room.leave_contact()
    room.hear(moved(subject))
    room.deliver()
    with room.house.database.begin() as connection:  # as if killed before it was noted
        connection.execute(notice.update().values(state="waiting", due=NOW, next_try=NOW))

    room.deliver()

    assert len(room.mails()) == 1


def test_one_process_delivers_at_a_time(room: Room) -> None:
    room.hear(moved(room.leave_contact()))

    with turn_to_deliver(room.house.database) as is_ours:
        while_taken = room.deliver()

    assert is_ours
    assert while_taken == 0
    assert room.deliver() == 1


def test_the_age_of_the_oldest_notice_is_told(room: Room) -> None:
    none_waits = oldest_notice_seconds(room.house)
    room.hear(moved(room.leave_contact()))

    assert none_waits == 0
    assert oldest_notice_seconds(room.house) == (NOW - NOW.replace(minute=0, second=0)).seconds
    room.deliver()
    assert oldest_notice_seconds(room.house) == 0
