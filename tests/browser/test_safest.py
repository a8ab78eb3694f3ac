"""A person at Tor Browser's "Safest" files and reads the answer: Firefox ESR without JavaScript,
SVG and web fonts. The desk's answer arrives as the fact that brings it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.contracts.facts import LetterWritten
from shared.crypto.receipt import derive
from tests.browser.firefox import Firefox, program
from tests.service.complaints.letters import letter_to, open_case
from tests.service.complaints.world import DEPLOYMENT, World
from tests.support.served import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

AT = datetime(2026, 11, 23, 3, 32, 10, tzinfo=UTC)
STORY = "FIKTIF. kenari-aman-4801: petugas loket meminta uang rokok untuk blangko."
ANSWER = "kenari-aman-4802: terima kasih, pada jam berapa?"
_ONWARD = 'main form .aksi button[name=do][value="next"]'


@pytest.fixture
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The browser."""
    if program() is None:
        pytest.skip("Firefox ESR is not installed")
    one = Firefox(tmp_path_factory.mktemp("firefox"))
    yield one
    one.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The public service."""
    one = World(f"sqlite:///{tmp_path / 'safest.db'}", tmp_path, AT)
    yield one
    one.close()


@pytest.fixture
def public(world: World) -> Iterator[str]:
    """Its address."""
    with served(world.bare) as url:
        yield url


def test_at_the_safest_level_a_person_files_and_reads_the_answer(
    firefox: Firefox, public: str, world: World
) -> None:
    digits = _file(firefox, public)
    keys = derive(digits, DEPLOYMENT)
    case = world.look(keys)["case"]
    open_case(world, case)
    world.hear(LetterWritten(1), case, {"envelope": letter_to(world, keys, case, ANSWER)})

    firefox.open(f"{public}/kotak")
    firefox.fill("[name=receipt]", digits)
    firefox.press('button[name=do][value="open"]')
    letters = firefox.texts(".surat li")
    firefox.press("a.keluar")

    assert [text for text in letters if STORY in text]
    assert [text for text in letters if ANSWER in text]
    assert firefox.url.endswith("/keluar")
    assert firefox.texts("body") == [""]


def _file(firefox: Firefox, public: str) -> str:
    """The 24 digits, which the last step shows before sending and the receipt again."""
    firefox.open(f"{public}/lapor")
    firefox.press('main form[action="/lapor"] button')
    firefox.press('[name=service] option[value="kependudukan"]')
    firefox.fill("[name=story]", STORY)
    _go_on(firefox, 2)
    firefox.fill("[name=search]", "Ilir Timur")
    firefox.press('button[name=do][value="search"]')
    firefox.press('input[name=found][value="16.71.05"]')
    _go_on(firefox, 3)
    firefox.press('[name=office_kind] option[value="dukcapil"]')
    _go_on(firefox, 4)
    firefox.fill("[name=asked]", "250 rb")
    for step in (5, 6, 7, 8):
        _go_on(firefox, step)
    digits = "".join(firefox.texts(".kode-angka li"))
    firefox.press("[name=noted]")
    firefox.press('main button[name=do][value="send"]')

    assert re.fullmatch(r"\d{24}", digits), digits
    assert "".join(firefox.texts(".kode-angka li")) == digits
    assert not firefox.is_seen("[data-cetak]"), "a script ran"
    return digits


def _go_on(firefox: Firefox, to: int) -> None:
    """Press the step's own button; a gentle question is passed by pressing once more."""
    for _ in range(2):
        firefox.press(_ONWARD)
        if firefox.url.endswith(f"/lapor/{to}"):
            return
    raise AssertionError(f"not at step {to}: {firefox.url}: {firefox.texts('main')}")
