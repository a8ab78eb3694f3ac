"""What the desk is told by mail when a promise runs out: a number, never content."""

from __future__ import annotations

from services.notify.actions.stop_notices import stop_notices
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import line
from shared.contracts.promises import CALLS, NEW_CASE, DeskCalled, ReporterReminded
from tests.service.notify.room import UNIT, Room, fact, opened

CASE = "0190a3b2-0000-4000-8000-000000000001"
NUMBER = "KTG-2026-11-0007"


def _called(why: str, unit: str = UNIT, number: str = NUMBER) -> DeskCalled:
    return DeskCalled(number, why, unit, ["bagus"])


def test_a_breach_reaches_the_unit_with_the_number_and_the_desks_address(room: Room) -> None:
    room.hear(fact(_called("breach"), CASE))

    room.deliver()

    (mail,) = room.mails()
    assert mail["To"] == room.house.rulebook.units.by_id[UNIT].email
    text = mail.get_payload()
    assert f"{NUMBER}: janjinya terlewat" in text
    assert "https://meja.example" in text
    assert "https://kabar.example/berhenti/" in text
    assert "bagus" not in str(mail)


def test_what_waits_together_is_one_message_of_a_line_each(room: Room) -> None:
    room.hear(opened(CASE))
    for why in ("half", "breach", "breach"):
        room.hear(fact(_called(why), CASE))

    assert room.deliver() == 1

    (mail,) = room.mails()
    assert mail.get_payload().count(NUMBER) == 2
    assert "Ada kasus baru" in mail.get_payload()


def test_a_unit_with_somebody_in_conflict_gets_no_message(room: Room) -> None:
    room.hear(fact(_called("breach", unit=""), CASE))

    assert room.deliver() == 0
    assert room.notices() == []


def test_a_case_that_climbed_has_no_number_in_a_units_post(room: Room) -> None:
    for why in ("away", "superior", "oversight"):
        room.hear(fact(_called(why), CASE))

    room.deliver()

    assert NUMBER not in str(room.mails()[0])


def test_the_number_is_gone_when_the_message_has_left(room: Room) -> None:
    room.hear(fact(_called("breach"), CASE))
    assert [row.number for row in room.notices()] == [NUMBER]

    room.deliver()

    assert [row.number for row in room.notices()] == [None]


def test_a_unit_that_stopped_its_post_gets_none(room: Room) -> None:
    room.hear(fact(_called("half"), CASE))
    room.deliver()
    (first,) = room.mails()
    link = first["List-Unsubscribe"].strip("<>")
    token = link.rpartition("/")[2]
    with room.house.transactions.begin() as tx:
        stop_notices(tx, token, StopKeys.of(room.identity))

    room.hear(fact(_called("breach"), CASE))

    assert room.deliver() == 0


def test_a_reminder_reaches_the_reporter_without_content(room: Room) -> None:
    subject = room.leave_contact()
    room.hear(fact(ReporterReminded("reporter", "half"), subject))

    room.deliver()

    (mail,) = room.mails()
    assert mail["Subject"] == "Ada kabar untuk kode Anda"


def test_every_call_has_words_in_both_languages() -> None:
    for why in CALLS:
        assert line(why, NUMBER, "id") != line(why, NUMBER, "en")
        assert (NUMBER in line(why, NUMBER, "id")) == (why != NEW_CASE)
