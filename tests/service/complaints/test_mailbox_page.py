"""/kotak without JavaScript: any spelling opens it, a reply goes out once, words are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.contracts.facts import LetterWritten
from shared.crypto.receipt import derive
from tests.service.complaints.citizen import Citizen, hidden
from tests.service.complaints.letters import letter_to, open_case
from tests.service.complaints.world import DEPLOYMENT, World


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world.browser)


def test_the_page_opens_the_mailbox_in_any_spelling_and_sends_a_reply_once(
    world: World, citizen: Citizen
) -> None:
    digits = citizen.file()
    keys = derive(digits, DEPLOYMENT)
    case = world.look(keys)["case"]
    open_case(world, case)
    envelope = letter_to(world, keys, case, "Siapa <b>namanya</b>?")
    world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    spelled = ".".join(digits[i : i + 4] for i in range(0, 24, 4))
    page = citizen.open_mailbox(spelled).get_data(as_text=True)
    assert "Propam Polri" in page
    assert "Siapa &lt;b&gt;namanya&lt;/b&gt;?" in page
    assert "KENARI-42" in page
    assert hidden(page)["seq"] == "1"

    sent = [citizen.reply(page, "Pak Anu, loket 2") for _ in range(2)]

    assert [answer.status_code for answer in sent] == [200, 200]
    assert "Balasan Anda sudah masuk" in sent[1].get_data(as_text=True)
    assert "Pak Anu, loket 2" in sent[1].get_data(as_text=True)
    assert world.count("letter") == 2


def test_a_page_too_long_open_asks_for_the_code_again(world: World, citizen: Citizen) -> None:
    page = citizen.open_mailbox(citizen.file()).get_data(as_text=True)

    world.clock.advance(timedelta(minutes=31))
    answer = citizen.reply(page, "terlambat")

    assert answer.status_code == 422
    assert 'name="receipt"' in answer.get_data(as_text=True)
    assert world.count("letter") == 0


@pytest.mark.parametrize("typed", ["", "123", "1" * 25, "abc", "1" * 23 + "0"])
def test_a_malformed_code_is_told_at_once(citizen: Citizen, typed: str) -> None:
    answer = citizen.open_mailbox(typed)

    assert answer.status_code == 422
    assert 'id="g-receipt"' in answer.get_data(as_text=True)


def test_an_empty_reply_and_one_too_long_are_refused_and_kept(
    world: World, citizen: Citizen
) -> None:
    page = citizen.open_mailbox(citizen.file()).get_data(as_text=True)

    empty = citizen.reply(page, "   ")
    long = citizen.reply(page, "panjang " * 3000)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "panjang panjang" in long.get_data(as_text=True)
    assert world.count("letter") == 0


def test_a_letter_in_the_wrong_place_is_shown_as_unreadable(world: World, citizen: Citizen) -> None:
    digits = citizen.file()
    keys = derive(digits, DEPLOYMENT)
    case = world.look(keys)["case"]
    envelope = letter_to(world, keys, case, "RAHASIA-9", seq=2)
    world.hear(LetterWritten(seq=1), case, {"envelope": envelope})

    page = citizen.open_mailbox(digits).get_data(as_text=True)

    assert "RAHASIA-9" not in page
    assert "tidak dapat dibuka" in page
