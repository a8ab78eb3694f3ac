"""/lapor: the form that needs no JavaScript; the server seals it in memory."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.complaints.actions.seal_form import receipt_of, seal_form
from services.complaints.actions.submit import AnotherStands
from services.complaints.domain.admission import key_of
from services.complaints.domain.base64url import from_base64url
from services.complaints.domain.reading import Faults, read_story
from services.complaints.domain.steps import STEPS
from services.complaints.domain.story import Story
from services.complaints.domain.typed import Typed
from services.complaints.store import complaint_by_lookup
from services.complaints.web import choices
from services.complaints.web.intake import Intake
from services.complaints.web.paper import receipt_page
from services.complaints.web.receipt_ticket import Held
from services.complaints.web.step_words import FIELD_WORDS, STEP_WORDS
from shared.crypto.encoding import to_base64url
from shared.crypto.receipt import ReceiptKeys
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.limits import Busy
from shared.web.problems import Problem, problem_of


class BrokenForm(Refused):
    """Formulir ini rusak di jalan. Isian Anda masih ada; kirim sekali lagi."""

    code = "broken_form"


def report_pages(intake: Intake) -> Blueprint:
    """The form and its receipt."""
    house = intake.house
    pages = Blueprint("report", __name__)

    def form(problems: Sequence[Problem] = ()) -> str:
        return _form(house, problems)

    def again(problems: Sequence[Problem]) -> str:
        """The form with every word; but none of a report that is in already, when its session is
        over: it is "Back" after "finish and clear" that sends it once more (ADR 11)."""
        is_stale = any(problem.code == "stale_form" for problem in problems)
        if is_stale and _is_in(intake):
            return render_template("complaints/receipt_over.html", problems=())
        return form(problems)

    @pages.get("/lapor")
    @audience("reporter")
    def empty_form() -> ResponseReturnValue:
        return form()

    @pages.post("/lapor")
    @audience("reporter")
    @reshown_by(again)
    def sent_form() -> ResponseReturnValue:
        if request.form.get("do") != "send":
            return form()
        try:
            story = read_story(house.rulebook, typed_words())
        except Faults as faults:
            return form([problem_of(refusal) for refusal in faults.refusals]), 422
        token = from_base64url(request.form.get("token", ""), 32)
        if token is None:
            return form([problem_of(BrokenForm())]), 422
        with intake.slots.one():
            digits, receipt_keys = receipt_of(token, house.settings.deployment)
        return _receipt_page(intake, story, digits, receipt_keys)

    return pages


def _is_in(intake: Intake) -> bool:
    """Whether the posted form was taken in before; not known while everybody asks at once."""
    token = from_base64url(request.form.get("token", ""), 32)
    if token is None:
        return False
    try:
        with intake.slots.one():
            _, receipt_keys = receipt_of(token, intake.house.settings.deployment)
    except Busy:
        return False
    with intake.house.database.read() as connection:
        return complaint_by_lookup(connection, receipt_keys.lookup) is not None


def typed_words() -> Typed:
    """The posted form."""
    posted = request.form
    return Typed(posted.to_dict(), {name: tuple(posted.getlist(name)) for name in posted})


def _form(house: House, problems: Sequence[Problem]) -> str:
    typed, rulebook = typed_words(), house.rulebook
    token = request.form.get("token", "")
    if from_base64url(token, 32) is None:
        token = to_base64url(secrets.token_bytes(32))
    searched = request.form.get("do") == "search"
    return render_template(
        "complaints/report.html",
        problems=problems,
        typed=typed,
        token=token,
        wishes=choices.wishes(),
        payments=choices.payments(),
        place=choices.places(rulebook, typed, searched=searched),
        units=choices.may_be_excluded(rulebook, typed),
        route=choices.likely_route(rulebook, typed),
        steps=STEPS,
        step_words=STEP_WORDS,
        field_words=FIELD_WORDS,
        **choices.lists(rulebook, asker_language()),
    )


def _receipt_page(
    intake: Intake, story: Story, digits: str, receipt_keys: ReceiptKeys
) -> ResponseReturnValue:
    try:
        _take_in(intake, story, receipt_keys)
        differs = False
    except AnotherStands:
        differs = True
    held = Held(digits, receipt_keys.lookup, differs)
    page = receipt_page(intake.house, held, held.sealed(intake.house))
    return page, 409 if differs else 200


def _take_in(intake: Intake, story: Story, receipt_keys: ReceiptKeys) -> None:
    """Seal and submit, or find that this very form came in before; raises AnotherStands."""
    house = intake.house
    with house.database.read() as connection:
        found = complaint_by_lookup(connection, receipt_keys.lookup)
    if found is not None:
        if not secrets.compare_digest(bytes(found.digest), story.digest(receipt_keys.once_key)):
            raise AnotherStands("token")
        return
    unit = intake.router.choose(story.disclosed).unit
    filing = seal_form(
        story,
        receipt_keys,
        unit=unit,
        unit_key=key_of(intake.keys.current(), unit),
        settings=house.settings,
        lang=asker_language(),
    )
    intake.take_in(filing)
