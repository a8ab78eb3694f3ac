"""/lapor/di-hp: all eight steps in one document that writes, seals and sends in the phone (ADR 15).

The page holds no word of its reader: it is the same for everybody who speaks its
language, so it may be compressed.
"""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.complaints.domain.address import MalformedAddress
from services.complaints.domain.amount import MalformedAmount
from services.complaints.domain.day import MalformedDay
from services.complaints.domain.form_refusals import Missing, StoryTooLong, UnknownChoice
from services.complaints.domain.reading import MOST_LETTERS
from services.complaints.domain.typed import Typed
from services.complaints.web.prices.block import all_price_blocks, difference_words
from services.complaints.web.report.handling import REASONS
from services.complaints.web.report.question_words import sentences
from services.complaints.web.report.step_page import step_context, today
from services.complaints.web.words import clock_word
from shared.rulebook import Rulebook
from shared.service import House
from shared.web.audience import audience
from shared.web.i18n import asker_language
from shared.web.packing import packed
from shared.web.problems import problem_of

# What the phone tells by itself; every other sentence comes from the server, translated there.
_TOLD_THERE = (
    Missing(),
    StoryTooLong(most=MOST_LETTERS),
    UnknownChoice(),
    MalformedDay(),
    MalformedAmount(),
    MalformedAddress(),
)
_HOURS_AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}
_AT_THE_DOOR = ("verify", "final")


def phone_pages(house: House) -> Blueprint:
    """The one document."""
    pages = Blueprint("phone", __name__)
    rulebook: Rulebook = house.rulebook
    zones = zones_of(rulebook)

    @pages.get("/lapor/di-hp")
    @audience("reporter")
    @packed
    def one_document() -> ResponseReturnValue:
        language = asker_language()
        context = step_context(rulebook, Typed({}, {}), today(house))
        blocks = all_price_blocks(rulebook, on=today(house), language=language)
        return render_template(
            "complaints/phone.html",
            in_phone=True,
            deployment=house.settings.deployment,
            zones=zones,
            told_there={refusal.code: problem_of(refusal).message for refusal in _TOLD_THERE},
            clocks={code: clock_word(code) for code in _AT_THE_DOOR},
            desks={c: kind.in_language(language) for c, kind in rulebook.units.kinds.items()},
            reasons=REASONS,
            questions=sentences(),
            differences=difference_words(),
            **{**context, "price_blocks": blocks},
        )

    return pages


def zones_of(rulebook: Rulebook) -> dict[str, int]:
    """How far each province's clock is ahead of UTC, in hours; the western zone is left out."""
    hours = {p.code: _HOURS_AHEAD[p.zone] for p in rulebook.regions.provinces()}
    return {code: ahead for code, ahead in hours.items() if ahead != _HOURS_AHEAD["WIB"]}
