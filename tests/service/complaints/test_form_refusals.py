"""A wrong word in the form is named where it stands, and every other word is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.complaints.citizen import STORY, Citizen
from tests.service.complaints.world import World


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"story": "  "}, "story"),
        ({"service": ""}, "service"),
        ({"service": "sulap"}, "service"),
        ({"found": ""}, "region"),
        ({"found": "99.99"}, "region"),
        ({"office_kind": ""}, "office_kind"),
        ({"office_kind": "warung"}, "office_kind"),
        ({"asked": "banyak sekali"}, "asked"),
        ({"paid": "-1", "paid_how": "part"}, "paid"),
        ({"paid_how": "entah"}, "paid_how"),
        ({"coercion": "sihir"}, "coercion"),
        ({"day": "31-02-2026"}, "day"),
        ({"day": "1-1-0001"}, "day"),
        ({"handover_day": "2026-12-01", "handover_hour": "99"}, "handover_hour"),
        ({"wish": "contact", "email": "bukan surel"}, "email"),
        ({"wish": "raja"}, "wish"),
        ({"exclude": ["unit-khayal"]}, "exclude"),
        ({"vulnerable": ["naga"]}, "vulnerable"),
        ({"story": "a" * 20_001}, "story"),
    ],
)
def test_a_wrong_word_is_named_and_the_rest_is_kept(
    still_world: World, changes: dict[str, Any], field: str
) -> None:
    citizen = Citizen(still_world.browser)
    answer = citizen.send(citizen.open_form(), **changes)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="g-{field}"' in page or f'href="#f-{field}"' in page
    assert 'value="satpas" selected' in page or "office_kind" in changes
    assert STORY in page or "story" in changes
    assert still_world.count("complaint") == 0
