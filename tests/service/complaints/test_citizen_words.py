"""What the lifecycle calls a state, a reporter reads as a word of their own language."""

from __future__ import annotations

import re

import pytest

from client.words import STATES as AT_THE_COMMAND_LINE
from services.triage.domain.states import STATES
from shared.contracts.facts import CaseMoved
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.letters import filed, open_case
from tests.service.complaints.world import World

NOW = re.compile(r'<dd class="cap ok">([^<]*)</dd>')
OFFERED = re.compile(r'data-kata="state_(\w+)">([^<]*)<')
FALLBACK = {"id": "Diproses", "en": "In progress"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_of_the_lifecycle_has_its_citizen_word(steady: World, language: str) -> None:
    digits, _, case = filed(steady)
    open_case(steady, case)
    sri = Citizen(steady.app.test_client(), language)
    read = {}

    for state in STATES:
        steady.hear(CaseMoved("received", state, []), case)
        read[state] = NOW.findall(sri.open_mailbox(digits).text)[0]

    assert len(set(read.values())) == len(STATES), "no two states are called alike"
    assert not {FALLBACK[language], "", *STATES} & set(read.values())


def test_a_browser_that_opens_by_itself_has_the_same_words(steady: World) -> None:
    pages = {
        language: dict(
            OFFERED.findall(Citizen(steady.app.test_client(), language).see("/kotak").text)
        )
        for language in ("id", "en")
    }

    assert pages["id"].keys() == pages["en"].keys() == STATES.keys() == AT_THE_COMMAND_LINE.keys()
    assert not [code for code in STATES if pages["id"][code] == pages["en"][code]]
