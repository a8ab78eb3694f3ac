"""A draft opens to the cookie's key alone, lives an hour, and leaves nothing that can be read."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.complaints.chores import CHORES
from services.complaints.domain.base64url import from_base64url
from services.complaints.domain.draft import Draft, read
from services.complaints.store import draft
from shared.crypto.errors import CannotOpen
from shared.crypto.pocket import CLASSES, Pocket
from tests.service.complaints.citizen import STEPS, STORY, Citizen, digits_on, hidden
from tests.service.complaints.test_secrecy import every_byte
from tests.service.complaints.world import World

CANARY = "KENARI-DRAF-3391"
HOUR = timedelta(hours=1)


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world.browser)


def rows(world: World) -> list[Any]:
    with world.house.database.read() as connection:
        return list(connection.execute(select(draft)))


def pocket_of(world: World) -> Pocket:
    with world.browser.session_transaction() as session:
        return Pocket(from_base64url(session["draf"], 32) or b"")


def forget(world: World) -> int:
    chore = next(one for one in CHORES if one.name == "drafts.forget")
    return int(str(chore.run(world.house)))


def test_the_cookies_key_opens_the_draft_and_nothing_that_is_kept_does(
    world: World, citizen: Citizen
) -> None:
    citizen.begin(service="sim", story=CANARY)
    [row] = rows(world)

    kept = read(pocket_of(world).open(bytes(row.sealed)))
    assert isinstance(kept, Draft)
    assert kept.typed.word("story") == CANARY

    road_key, name = bytes(range(32)), bytes(row.id)
    known = [world.settings.session_key, road_key, name, world.settings.deployment.encode()]
    tried = [key for one in known for key in (one, hashlib.sha256(one).digest())]
    tried += [hmac.digest(one, bytes(row.id), "sha256") for one in known]
    for key in tried:
        with pytest.raises(CannotOpen):
            Pocket(key.ljust(32, b"\0")[:32]).open(bytes(row.sealed))


def test_no_word_of_a_draft_is_in_any_file(world: World, citizen: Citizen) -> None:
    citizen.begin(service="sim", story=CANARY, who=f"{CANARY}-orang", email="kenari-3391@contoh.id")
    citizen.press(4, asked=f"belum {CANARY}")
    citizen.press(1, service="sim", story=f"{CANARY} sekali lagi")
    digits = digits_on(Citizen(world.browser).see("/lapor/8").text)

    kept = every_byte(world, world.folder)

    assert world.count("draft") == 1
    assert len(kept) > 4_000
    for needle in (CANARY, "kenari-3391", "satpas", pocket_of(world).key.hex()):
        assert needle.encode() not in kept
    assert not digits or digits.encode() not in kept


def test_a_row_tells_its_hour_and_a_size_class_and_no_more(world: World, citizen: Citizen) -> None:
    sizes = set()
    for story in ("", "x", "y" * 1000, "z" * 9000):
        citizen.begin(story=story)
        [row] = rows(world)
        assert row.hour == datetime(2026, 11, 23, 3, tzinfo=row.hour.tzinfo)
        sizes.add(len(row.sealed))

    overhead = 1 + 12 + 16
    assert sizes == {CLASSES[0] + overhead, CLASSES[1] + overhead}


def test_an_hour_of_idleness_ends_a_draft_and_a_touch_lengthens_it(
    world: World, citizen: Citizen
) -> None:
    citizen.begin(story=STORY)
    for _ in range(3):
        world.clock.advance(timedelta(minutes=50))
        assert citizen.see("/lapor/1").status_code == 200
    world.clock.advance(timedelta(minutes=60))
    assert citizen.see("/lapor/2").status_code == 200
    world.clock.advance(timedelta(minutes=60, seconds=1))

    gone = citizen.see("/lapor/1")

    assert gone.status_code == 410
    assert "sudah terhapus" in gone.text
    assert 'action="/lapor"' in gone.text
    assert STORY not in gone.text


def test_the_words_of_the_page_at_hand_begin_a_new_draft(world: World, citizen: Citizen) -> None:
    citizen.begin(found="32.73.01")
    form = hidden(citizen.see("/lapor/1").text)
    world.clock.advance(2 * HOUR)

    over = citizen.post(1, {**form, **STEPS[1]})
    assert over.status_code == 410
    assert STORY in over.text
    again = world.browser.post("/lapor", data={**hidden(over.text), **STEPS[1]})

    assert again.headers["Location"] == "/lapor/2"
    assert STORY in citizen.see("/lapor/1").text
    assert "Sukasari" not in citizen.see("/lapor/2").text


def test_idle_rows_are_swept_and_a_draft_in_use_is_not(world: World, citizen: Citizen) -> None:
    citizen.begin(story=STORY)
    assert forget(world) == 0
    world.clock.advance(timedelta(minutes=59))
    assert forget(world) == 0
    assert citizen.see("/lapor/1").status_code == 200

    world.clock.advance(HOUR)
    assert (forget(world), world.count("draft")) == (0, 1)
    world.clock.advance(HOUR + timedelta(minutes=28))

    assert forget(world) == 1
    assert world.count("draft") == 0


def test_quick_exit_and_finishing_leave_no_row(world: World, citizen: Citizen) -> None:
    citizen.begin(story=STORY)
    citizen.see("/keluar")
    assert world.count("draft") == 0

    receipt = citizen.send(citizen.write()).text
    assert world.count("draft") == 1
    world.browser.post("/selesai", data={**hidden(receipt), "noted": "1"})
    assert world.count("draft") == 0


def test_a_new_report_takes_the_place_of_the_one_before(world: World, citizen: Citizen) -> None:
    citizen.begin(story=STORY)
    citizen.begin(story="lain")

    assert world.count("draft") == 1
    assert STORY not in citizen.see("/lapor/1").text


def test_after_sending_the_row_holds_the_receipt_for_half_an_hour(
    world: World, citizen: Citizen
) -> None:
    form = citizen.write()
    digits = digits_on(citizen.send(form).text)
    [row] = rows(world)

    held = pocket_of(world).open(bytes(row.sealed))
    assert b"KENARI" not in held
    assert digits.encode() not in held, "sealed once more under a key of the server"
    assert STORY not in citizen.see("/lapor/1").text
    assert digits_on(citizen.see("/lapor/8").text) == "", "an address alone shows no digit"
    world.clock.advance(timedelta(minutes=29))
    assert digits_on(citizen.send(form).text) == digits
    world.clock.advance(timedelta(minutes=1))
    assert digits_on(citizen.send(form).text) == ""


def test_somebody_elses_key_opens_nothing(world: World, citizen: Citizen) -> None:
    citizen.begin(story=STORY)
    with world.another_browser() as other:
        stranger = Citizen(other)
        assert stranger.see("/lapor/1").headers["Location"] == "/lapor"
        stranger.begin()
        assert STORY not in stranger.see("/lapor/1").text
    assert world.count("draft") == 2
