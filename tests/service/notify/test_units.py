"""What a unit is told when a case reaches its desk."""

from __future__ import annotations

from tests.service.notify.room import UNIT, Room, opened

CASE = "0190a3b2-0000-4000-8000-000000000001"


def test_a_unit_is_told_of_a_new_case_at_the_rulebooks_address(room: Room) -> None:
    room.hear(opened(CASE))

    room.deliver()

    (mail,) = room.mails()
    assert mail["To"] == room.house.rulebook.units.by_id[UNIT].email
    assert mail["Subject"] == "Ada kasus baru di meja Anda"
    assert "https://meja.example" in mail.get_payload()


def test_another_unit_is_told_when_the_case_comes_to_it(room: Room) -> None:
    subject = CASE
    room.hear(opened(subject))
    room.deliver()
    room.hear(opened(subject, unit="itjen-kemenhub"))

    assert room.deliver() == 1
    assert {mail["To"] for mail in room.mails()} == {
        room.house.rulebook.units.by_id[unit].email for unit in (UNIT, "itjen-kemenhub")
    }


def test_a_unit_the_rulebook_does_not_know_blocks_nobody(room: Room) -> None:
    room.hear(opened(CASE, unit="hapus"))
    room.hear(opened("0190a3b2-0000-4000-8000-000000000002"))

    assert room.deliver() == 1
    assert sorted(row.state for row in room.notices()) == ["refused", "sent"]
