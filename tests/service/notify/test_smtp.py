"""Delivery over a real SMTP server: up, down, refusing, slow, secured, and back up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.notify.actions.deliver_notices import deliver_notices
from services.notify.channels import ChannelDown
from services.notify.channels.smtp import SmtpChannel
from services.notify.chores import post_of
from services.notify.domain.mail_server import MailServer
from services.notify.store import notice
from tests.service.notify.certificate import certificate
from tests.service.notify.post_office import PostOffice
from tests.service.notify.room import Room, letter, moved


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture
def wired(room: Room, office: PostOffice) -> Room:
    """The room, sending to `office`."""
    return room.with_settings(smtp_url=office.url)


def test_a_notice_leaves_over_smtp(wired: Room, office: PostOffice) -> None:
    wired.hear(moved(wired.leave_contact("ibu.sari@contoh.example")))

    assert wired.deliver() == 1

    (mail,) = office.mails
    assert mail["X-Envelope"] == "ibu.sari@contoh.example"
    assert mail["X-Greeting"] == "kentongan.example"
    assert mail["Subject"] == "Ada kabar untuk kode Anda"
    assert wired.mails() == []


def test_a_server_that_is_down_delays_the_notice_and_loses_none(
    wired: Room, office: PostOffice
) -> None:
    subjects = [wired.leave_contact(f"a{n}@contoh.example") for n in range(3)]
    office.close()
    for subject in subjects:
        wired.hear(moved(subject))
    for _ in range(3):
        with pytest.raises(ChannelDown):
            wired.deliver()

    office.open()

    assert wired.deliver() == 3
    assert sorted(mail["X-Envelope"] for mail in office.mails) == [
        f"a{n}@contoh.example" for n in range(3)
    ]
    assert wired.deliver() == 0


def test_facts_are_heard_while_the_server_is_down(wired: Room, office: PostOffice) -> None:
    office.close()
    subject = wired.leave_contact()
    wired.hear(moved(subject))
    with pytest.raises(ChannelDown):
        wired.deliver()

    wired.hear(letter(subject))

    assert len(wired.notices()) == 2


def test_a_slow_server_is_a_server_that_is_down(wired: Room, office: PostOffice) -> None:
    office.slow = 3
    wired.hear(moved(wired.leave_contact()))
    hasty = SmtpChannel(MailServer.of(office.url), timeout=0.3)

    with pytest.raises(ChannelDown):
        _send(wired, hasty)

    assert [row.state for row in wired.notices()] == ["waiting"]


@pytest.mark.parametrize("answer", ["421 closing", "450 greylisted", "550 no such user"])
def test_a_refused_notice_is_tried_again_later(
    wired: Room, office: PostOffice, answer: str
) -> None:
    office.answers["ibu@contoh.example"] = answer
    wired.hear(moved(wired.leave_contact("ibu@contoh.example")))
    try:
        assert wired.deliver() == 0
    except ChannelDown:
        assert answer.startswith("421")

    office.answers.clear()
    wired.clock.advance(timedelta(minutes=11))

    assert wired.deliver() == 1


def test_one_refused_address_holds_up_no_other(wired: Room, office: PostOffice) -> None:
    office.answers["hilang@contoh.example"] = "550 no such user"
    for to in ("hilang@contoh.example", "ada@contoh.example"):
        wired.hear(moved(wired.leave_contact(to)))

    assert wired.deliver() == 1
    assert [mail["X-Envelope"] for mail in office.mails] == ["ada@contoh.example"]


def test_one_message_the_server_hangs_up_on_holds_up_no_other(
    wired: Room, office: PostOffice
) -> None:
    office.answers["aneh@contoh.example"] = "421 closing"
    for to in ("aneh@contoh.example", *(f"ada{n}@contoh.example" for n in range(4))):
        wired.hear(moved(wired.leave_contact(to)))

    with pytest.raises(ChannelDown):
        wired.deliver()

    assert len(office.mails) == 4


def test_an_address_refused_for_days_is_given_up(wired: Room, office: PostOffice) -> None:
    office.answers["hilang@contoh.example"] = "550 no such user"
    wired.hear(moved(wired.leave_contact("hilang@contoh.example")))

    for _ in range(20):
        wired.deliver()
        wired.clock.advance(timedelta(hours=7))

    assert [(row.state, row.due) for row in wired.notices()] == [("refused", None)]


def test_a_notice_sent_twice_keeps_its_message_id(wired: Room, office: PostOffice) -> None:
    wired.hear(moved(wired.leave_contact()))
    with wired.house.database.read() as connection:
        row = connection.execute(notice.select()).one()
    wired.deliver()
    with wired.house.database.begin() as connection:  # as if killed before it was noted
        connection.execute(
            notice.update().values(state="waiting", due=row.due, next_try=row.next_try)
        )

    wired.deliver()

    assert len(office.mails) == 2
    assert len({mail["Message-ID"] for mail in office.mails}) == 1


def test_starttls_and_sign_in_are_used_where_they_are_offered(room: Room, tmp_path: Path) -> None:
    server, trust = certificate(tmp_path)
    office = PostOffice()
    office.open(server, demand_login=True)
    url = f"smtp://kentongan:s%3Aandi@127.0.0.1:{office.port}"
    room.hear(moved(room.leave_contact()))
    channel = SmtpChannel(MailServer.of(url), trust=trust)
    try:
        sent = _send(room, channel)
    finally:
        office.close()

    assert sent == 1
    assert office.logins == [(b"kentongan", b"s:andi")]


def test_a_certificate_nobody_vouches_for_is_not_trusted(room: Room, tmp_path: Path) -> None:
    server, _ = certificate(tmp_path)
    office = PostOffice()
    office.open(server)
    room.hear(moved(room.leave_contact()))
    try:
        with pytest.raises(ChannelDown):
            room.with_settings(smtp_url=office.url).deliver()
    finally:
        office.close()

    assert office.mails == []


def _send(room: Room, channel: SmtpChannel) -> int:
    return deliver_notices(room.house.transactions, replace(post_of(room.house), channel=channel))
