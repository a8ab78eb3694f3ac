"""A wrong word is named on the step it stands on, with every other word; later steps are not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.complaints.citizen import STEPS, STORY, Citizen
from tests.service.complaints.world import World


@pytest.mark.parametrize(
    ("number", "changes", "field"),
    [
        (1, {"story": "  "}, "story"),
        (1, {"service": ""}, "service"),
        (1, {"service": "sulap"}, "service"),
        (1, {"story": "a" * 20_001}, "story"),
        (1, {"coercion": "sihir"}, "coercion"),
        (2, {"found": ""}, "region"),
        (2, {"found": "99.99"}, "region"),
        (2, {"place": "a" * 501}, "place"),
        (3, {"office_kind": ""}, "office_kind"),
        (3, {"office_kind": "warung"}, "office_kind"),
        (3, {"exclude": ["unit-khayal"]}, "exclude"),
        (3, {"exclude": [f"{kind}:32.73.01" for kind in ("kua", "samsat", "polsek", "setda")]},
         "exclude"),
        (4, {"asked": "banyak sekali"}, "asked"),
        (4, {"paid": "-1", "paid_how": "part"}, "paid"),
        (4, {"paid_how": "entah"}, "paid_how"),
        (4, {"vulnerable": ["naga"]}, "vulnerable"),
        (5, {"day": "31-02-2026"}, "day"),
        (5, {"day": "1-1-0001"}, "day"),
        (5, {"handover_day": "2026-12-01", "handover_hour": "99"}, "handover_hour"),
        (6, {"evidence": ["angin"]}, "evidence"),
        (7, {"wish": "contact", "email": "bukan surel"}, "email"),
        (7, {"wish": "raja"}, "wish"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_named_and_the_rest_is_kept(
    still_world: World, number: int, changes: dict[str, Any], field: str
) -> None:
    citizen = Citizen(still_world.browser)
    citizen.begin(found="32.73.01")

    answer = citizen.press(number, **{**STEPS[number], **changes})

    assert answer.status_code == 422
    assert f'id="g-{field}"' in answer.text
    assert f'href="#f-{field}"' in answer.text
    assert STORY in answer.text or number > 1 or "story" in changes
    assert still_world.count("complaint") == 0


def test_all_faults_of_a_step_are_named_at_once_and_of_no_other(still_world: World) -> None:
    citizen = Citizen(still_world.browser)
    citizen.begin()

    page = citizen.press(4, asked="entah", paid_how="part", paid="entah", victims="naga").text

    for field in ("asked", "paid", "victims"):
        assert f'href="#f-{field}"' in page
    assert page.count('href="#f-') == 3
    assert page.count('value="entah"') == 2
