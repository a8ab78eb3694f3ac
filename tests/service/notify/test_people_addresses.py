"""The work address of a person of the desk: confirmed, exchanged, stopped, forgotten."""

from __future__ import annotations

import pytest

from services.notify.actions.keep_address import MalformedContact
from services.notify.actions.stop_notices import resume_notices, stop_notices
from services.notify.chores import oldest_notice_seconds
from services.notify.domain.address import MalformedAddress
from services.notify.domain.stop import StopKeys
from services.notify.store import road
from shared.contracts.reach import PersonAddressDropped
from tests.service.notify.room import Room, fact
from tests.service.notify.test_people import WORK, call, give, settled, to_work, token_of


def test_an_address_is_confirmed_by_a_mail_with_a_stop_link(room: Room) -> None:
    give(room)

    assert room.deliver() == 1

    (mail,) = room.mails()
    assert mail["To"] == WORK
    assert mail["Subject"] == "Alamat ini kini menerima peringatan meja Anda"
    assert "https://meja.example/akun" in mail.get_payload()
    assert token_of(mail)
    assert room.facts() == [("notice.sent", None)]


def test_no_row_holds_a_plain_work_address(room: Room) -> None:
    give(room, to="kenari.7731@contoh.example")
    call(room, "half")
    room.deliver()

    tables = [*room.addresses(), *room.notices(), *room.rows(road.fact)]
    assert "kenari.7731" not in repr(tables)


def test_another_address_replaces_the_first_and_takes_back_a_stop(room: Room) -> None:
    give(room)
    room.deliver()
    stop(room, token_of(room.mails()[0]))

    give(room, to="rani@pindah.example")
    settled(room)
    call(room, "half")
    room.deliver()

    assert len(to_work(room, "rani@pindah.example")) >= 1
    assert len(to_work(room)) == 1


def stop(room: Room, token: str) -> None:
    with room.house.transactions.begin() as tx:
        stop_notices(tx, token, StopKeys.of(room.identity))


def test_the_stop_link_works_and_can_be_taken_back(room: Room) -> None:
    give(room)
    settled(room)
    token = token_of(room.mails()[0])
    stop(room, token)
    call(room, "half")
    assert room.deliver() == 0

    with room.house.transactions.begin() as tx:
        resume_notices(tx, token, StopKeys.of(room.identity))
    call(room, "most")

    assert room.deliver() == 1
    kinds = [kind for kind, _ in room.facts()]
    assert kinds == ["notice.sent", "notices.stopped", "notices.resumed", "notice.sent"]


def test_a_stop_link_left_in_an_old_mailbox_does_not_silence_the_new_one(room: Room) -> None:
    give(room)
    settled(room)
    old = token_of(room.mails()[0])
    give(room, to="rani@pindah.example")
    settled(room)

    stop(room, old)
    call(room, "half")

    assert room.deliver() == 1


def test_a_removed_address_gets_nothing_more_not_even_what_waited(room: Room) -> None:
    give(room)
    settled(room)
    call(room, "half")

    room.hear(fact(PersonAddressDropped("rani"), None))
    call(room, "breach")

    assert room.addresses() == []
    assert room.deliver() == 0
    assert oldest_notice_seconds(room.house) == 0


def test_an_address_sealed_for_somebody_else_is_refused(room: Room) -> None:
    with pytest.raises(MalformedContact):
        give(room, "bagus", of="rani")

    assert room.addresses() == []


@pytest.mark.parametrize("malformed", ["", "rani", "a@contoh.example\nBcc: b@c.example", None])
def test_what_is_no_address_is_refused(room: Room, malformed: object) -> None:
    with pytest.raises(MalformedAddress):
        give(room, to=malformed)
