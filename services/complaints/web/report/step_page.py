"""One step as a page, and what its template needs; the same partials make the one document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request

from services.complaints.domain.steps import ASKED, LAST, STEPS, Step, step_of
from services.complaints.domain.typed import Typed
from services.complaints.web.prices.block import price_blocks
from services.complaints.web.report import choices
from services.complaints.web.report.places import place_of
from services.complaints.web.report.step_words import FIELD_WORDS, STEP_WORDS
from shared.rulebook import Rulebook
from shared.service import House
from shared.web.i18n import asker_language
from shared.web.problems import Problem
from shared.web.words import local


def typed_words() -> Typed:
    """The fields of the posted page; anything else that was posted is none of ours."""
    return Typed.of({name: request.form.getlist(name) for name in ASKED})


def seen_questions() -> tuple[str, ...]:
    """The codes of the questions the posted page showed."""
    names = [name for name in request.form if name.startswith("seen_") and len(name) <= 64]
    return tuple(name.removeprefix("seen_") for name in names)


def step_context(rulebook: Rulebook, typed: Typed, on: date) -> dict[str, Any]:
    """What the partials `complaints/steps/*.html` show: the words so far, every list, prices."""
    language = asker_language()
    return {
        "typed": typed,
        "place": place_of(rulebook, typed),
        "wishes": choices.wishes(),
        "payments": choices.payments(),
        "units": choices.may_be_excluded(rulebook, typed),
        "other_offices": choices.offices_there(rulebook, typed),
        "steps": STEPS,
        "step_words": STEP_WORDS,
        "field_words": FIELD_WORDS,
        "price_blocks": price_blocks(rulebook, typed, on=on, language=language),
        **choices.lists(rulebook, language),
    }


def step_page(
    house: House, step: Step, typed: Typed, problems: Sequence[Problem] = (), **more: Any
) -> str:
    """The step with these words. More: `tag`, `action`, `draft`, `is_over`, `questions`."""
    shown = {"tag": "", "action": f"/lapor/{step.number}", "is_over": False, "questions": ()}
    return render_template(
        "complaints/step.html",
        problems=problems,
        step=step,
        **{**shown, **more},
        **step_context(house.rulebook, typed, today(house)),
    )


def today(house: House) -> date:
    """As the calendar on the wall says."""
    return local(house.clock.now()).date()


def page_of(problem: Problem) -> str:
    """Where the fault is mended: the step's page, at the field; "" for the last step's own."""
    step = step_of(problem.field or "")
    return "" if step is LAST else f"/lapor/{step.number}#f-{problem.field}"
