"""Excluded people cannot learn that a case exists: not by any page, count, search, file, or delay.

Two towns are alike but for some cases. In one these are hidden from the asker, who has ties to a
unit their reporters named; in the other they are cases of another unit far away. Whatever the asker
opens must be the same in both: status, every word, and every statement the database is asked. The
routes are those of test_matrix.py, which is red when a route is missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.domain.states import STATES
from services.triage.service import SERVICE
from services.triage.store.people import keys_of
from services.triage.web.queue.filters import NAMES
from tests.service.triage import desk as building
from tests.service.triage.admin_routes import OPEN
from tests.service.triage.desk import OTHER_UNIT, Desk
from tests.service.triage.handing import prepare
from tests.service.triage.test_matrix import CASE_ROUTES, OTHER_ROUTES, _path
from tests.service.triage.test_merging import merge
from tests.service.triage.test_moving import _move
from tests.service.triage.test_rerouting import FREE
from tests.service.triage.test_withdrawal import ask

HIDDEN_FROM = "inspektorat-sumsel"
ASKERS = ("tirta", "bagus")  # an investigator and a supervisor with ties to that unit
SLOTS = 4  # with the case after them they are five within an hour: a wave
OFFICE = "dukcapil:16.71:kependudukan"
FAR = {"unit": OTHER_UNIT, "service": "sim", "region": "35.78", "office_kind": "kecamatan",
       "office_region": "35.78"}  # fmt: skip

# What each filter of the queue is asked; a new filter stands here or this suite is red.
ASKED: dict[str, tuple[str, ...]] = {
    "cari": ("KTP", "Palembang", "{number}"),
    "status": tuple(STATES),
    "prioritas": ("P1", "P3"),
    "tenggat": ("lewat", "hari-ini", "tiga-hari"),
    "pemegang": ("rani", "saya", "kosong"),
    "umur": ("0-7", "8-30"),
    "masuk": ("2026-W48",),
    "selesai": ("2026-W48",),
    "janji": ("verify&hasil=terlambat", "verify&hasil=tepat"),
    "hasil": (),
    "terbuka": ("1",),
    "berkas": (OFFICE,),
    "bulan": ("2026-11&langkah=closed", "2026-11&janji=verify&hasil=terlambat"),
    "langkah": ("closed", "reopened"),
}


Answers = dict[tuple[str, str], tuple[int, str, list[str]]]


@dataclass
class Town:
    """A desk, the numbers of what the askers may see, and of what they may not."""

    desk: Desk
    seen: list[str]
    unseen: list[str]


def _alike(_desk: Desk, _cases: list[str]) -> None:
    """Nothing more than being there."""


def _withdrawn(desk: Desk, cases: list[str]) -> None:
    for case in cases:
        ask(desk, case, pressed="yes")


def _moved(desk: Desk, cases: list[str]) -> None:
    rani = desk.client("rani")
    for number in map(desk.number, cases):
        assert _move(rani, number, "verifying").status_code == 303
    assert _move(rani, desk.number(cases[0]), "assigned", penerima="rani").status_code == 303


def _merged(desk: Desk, cases: list[str]) -> None:
    first, *others = map(desk.number, cases)
    for number in others:
        assert merge(desk.client("rani"), number, first).status_code == 303


def _replied(desk: Desk, cases: list[str]) -> None:
    for case in cases:
        sealed = desk.rows('SELECT envelope FROM letter WHERE "case" = :c', c=case)[0][0]
        desk.hear(desk.reply(case, "lagi", seq=1, prev=sealed))


def _prepared(desk: Desk, cases: list[str]) -> None:
    rani = desk.client("rani")
    for number in map(desk.number, cases):
        assert prepare(rani, number).status_code == 303


KINDS: dict[str, Callable[[Desk, list[str]], None]] = {
    "alike": _alike,
    "withdrawn": _withdrawn,
    "moved": _moved,
    "merged": _merged,
    "replied": _replied,
    "prepared": _prepared,
}


def _build(made: Desk, kind: str | None) -> Town:
    """A case, four that nobody here may see (None: of another unit), a case; a week passes."""
    with made.house.transactions.begin() as tx:
        tie = sa.text("INSERT INTO person_tie (person, unit) VALUES ('bagus', :unit)")
        tx.connection.execute(tie, {"unit": HIDDEN_FROM})
        sari = keys_of(tx.connection, "sari")
        assert sari is not None
        publish_unit_key(tx, FREE, [sari.recipient])
    before = made.file()
    made.clock.advance(timedelta(days=1))  # else chance decides which of two stands first
    facts: dict[str, Any] = {"exclude": [HIDDEN_FROM]} if kind else FAR
    cases = [made.file(**facts) for _ in range(SLOTS)]
    after = made.file(asked=260_000)
    if kind:
        KINDS[kind](made, cases)
    made.clock.advance(timedelta(days=7))
    for chore in SERVICE.chores:
        chore.run(made.house)
    return Town(made, [made.number(before), made.number(after)], list(map(made.number, cases)))


@pytest.fixture(scope="module")
def far_away(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    """What each asker is answered where the other cases are another unit's."""
    with _town(tmp_path_factory.mktemp("far"), None) as town:
        return {name: _answers(town, name) for name in ASKERS}


@contextmanager
def _town(folder: Path, kind: str | None) -> Iterator[Town]:
    with building.desk(f"sqlite:///{folder / 'test.db'}", folder) as made:
        yield _build(made, kind)


@cache
def _asks() -> tuple[tuple[str, str], ...]:
    """(method, path) of everything an asker may try; {seen…} and {number} are filled in later."""
    found = [("GET", rule) for method, rule in (*OTHER_ROUTES, *OPEN) if method == "GET"]
    for page in ("/", "/antrean.csv"):
        found += [("GET", f"{page}?{name}={text}") for name in ASKED for text in ASKED[name]]
    found.append(("GET", "/?lanjut=2026-11-01T00:00:00Z_00000000-0000-0000-0000-000000000000"))
    for method, rule in CASE_ROUTES:
        if method == "GET":
            found += [("GET", _path(rule, f"{{{name}}}")) for name in ("seen0", "seen1")]
        found.append((method, _path(rule, "{number}")))
    return tuple(found)


def _answers(town: Town, name: str) -> Answers:
    """What each ask brings: status, words, statements."""
    browser, found = town.desk.client(name), {}
    said: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = town.desk.house.database.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    for method, path in _asks():
        to = path.format(number=town.unseen[0], seen0=town.seen[0], seen1=town.seen[1])
        form = {"versi": "1", "ke": "verifying", "alasan": "x", "utama": town.seen[0]}
        said.clear()
        if method == "GET":
            answer = browser.get(to)
        else:
            token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/").text)
            assert token is not None
            said.clear()
            answer = browser.http.post(to, data={"csrf_token": token[1], **form})
        found[method, path] = (answer.status_code, _plain(answer.get_data()), list(said))
    sa.event.remove(engine, "before_cursor_execute", listen)
    return found


def _plain(content: bytes) -> str:
    """Without what chance alone decides: tokens, ids, keys; of sealed bytes only the length."""
    if content.startswith(b"age-encryption.org"):
        return f"{len(content)} sealed bytes"
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", content.decode())
    text = re.sub(r'"challenge":"[^"]+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r"\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}\b", "PRINT", text)
    return re.sub(r"[A-Za-z0-9+/=_-]{200,}", "KEY", text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_case_is_as_a_case_of_another_unit(
    far_away: dict[str, Answers], kind: str, tmp_path: Path
) -> None:
    with _town(tmp_path, kind) as town:
        for name, far in far_away.items():
            hidden = _answers(town, name)

            differ = [ask for ask in far if hidden[ask] != far[ask]]

            assert differ == [], f"{name} can tell {kind} by {differ[0]}"


def test_those_who_may_see_them_do(tmp_path: Path) -> None:
    with _town(tmp_path, "alike") as town:
        queue = town.desk.client("rani").get("/").text

    assert all(number in queue for number in [*town.seen, *town.unseen])


def test_nobody_excluded_is_told_that_there_is_a_case(tmp_path: Path) -> None:
    with _town(tmp_path, "moved") as town:
        query = (
            'SELECT payload FROM fact WHERE subject IN (SELECT id FROM "case" WHERE number = :n)'
        )
        for number in town.unseen:
            told = [row[0] for row in town.desk.rows(query, n=number)]
            assert not any(f'"unit":"{HIDDEN_FROM}"' in payload for payload in told
                           if "considered" not in payload)  # fmt: skip


def test_every_filter_of_the_queue_is_tried() -> None:
    assert set(ASKED) == set(NAMES)
