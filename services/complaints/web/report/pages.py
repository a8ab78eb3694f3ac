"""/lapor: the eight steps, a page each, for a browser without JavaScript (ADR 14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from services.complaints.domain.draft import Draft, Kept, Sent
from services.complaints.domain.questions import Question, questions_of
from services.complaints.domain.reading import faults_in
from services.complaints.domain.steps import LAST, STEPS, Step, step_numbered
from services.complaints.domain.typed import Typed
from services.complaints.web.intake import Intake
from services.complaints.web.receipt.paper import receipt_page
from services.complaints.web.receipt.ticket import Held
from services.complaints.web.report.beginning import Beginning
from services.complaints.web.report.drafts import Drafts
from services.complaints.web.report.evidence_step import EvidenceStep
from services.complaints.web.report.places import is_deeper
from services.complaints.web.report.question_words import say
from services.complaints.web.report.sending import LastStep
from services.complaints.web.report.step_page import seen_questions, step_page, today, typed_words
from services.complaints.web.taking import BODY_BYTES, HEARD_OUT_BYTES
from shared.crypto.errors import MalformedTicket
from shared.runtime.errors import NotFound
from shared.service import House
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.i18n import asker_language
from shared.web.limits import body_limit
from shared.web.packing import packed
from shared.web.problems import Problem, problem_of
from shared.web.uploads import takes_files

_GONE = 410


def report_pages(intake: Intake) -> Blueprint:
    """Before one starts, and the steps."""
    pages = Blueprint("report", __name__)
    walk = _Walk(intake)

    @pages.get("/lapor")
    @audience("reporter")
    @packed
    def before() -> ResponseReturnValue:
        return walk.before()

    @pages.post("/lapor")
    @audience("reporter")
    @reshown_by(walk.before)
    def begin() -> ResponseReturnValue:
        return walk.begin()

    @pages.get("/lapor/<int:number>")
    @audience("reporter")
    def show(number: int) -> ResponseReturnValue:
        return walk.show(_step(number))

    @pages.post("/lapor/<int:number>")
    @audience("reporter")
    @reshown_by(walk.again)
    def keep(number: int) -> ResponseReturnValue:
        return walk.keep(_step(number))

    @pages.post("/lapor/6", defaults={"number": 6})
    @audience("reporter")
    @body_limit(BODY_BYTES, heard_out_bytes=HEARD_OUT_BYTES)
    @takes_files(walk.evidence.taking.takes)
    @reshown_by(walk.again)
    def keep_with_files(number: int) -> ResponseReturnValue:
        return walk.keep(_step(number))

    pages.teardown_request(walk.evidence.taking.leave)
    return pages


def _step(number: int) -> Step:
    step = step_numbered(number)
    if step is None:
        raise NotFound
    return step


def _to(step: Step | int) -> ResponseReturnValue:
    number = step if isinstance(step, int) else step.number
    return redirect(f"/lapor/{number}" if number else "/lapor", 303)


class _Walk:
    """From page to page with the draft in between."""

    def __init__(self, intake: Intake) -> None:
        self.house: House = intake.house
        self.drafts, self.beginning = Drafts(intake.house), Beginning(intake)
        self.evidence = EvidenceStep(intake.house, self.drafts, intake.uploads)
        self.last = LastStep(intake, self.drafts)

    def before(self, problems: Sequence[Problem] = ()) -> str:
        kept = self._kept()
        way_on = self._first_open(kept).number if isinstance(kept, Draft) else 0
        return render_template("complaints/begin.html", problems=problems, way_on=way_on)

    def begin(self) -> ResponseReturnValue:
        """With the words that came along: from a page of prices, or from a draft that is over."""
        self.beginning.admit()
        draft = self.drafts.begin(typed_words())
        at = request.form.get("at", "")
        step = step_numbered(int(at)) if at.isascii() and at.isdigit() and len(at) == 1 else None
        if step is None or step is LAST:
            return _to(1)
        is_open = faults_in(self.house.rulebook, step, draft.typed)
        return _to(step.number + (not is_open))

    def show(self, step: Step) -> ResponseReturnValue:
        pocket = self.drafts.pocket()
        if pocket is None:
            return _to(0)
        kept = self.drafts.here()
        if kept is None:
            return self.gone(), _GONE
        if isinstance(kept, Sent):
            return render_template("complaints/sent.html", tag=pocket.tag)
        if step is not LAST:
            return self._page(step, kept)
        if not kept.reviewed:
            kept = self.drafts.change(Draft.at_the_end) or kept
        return self.last.review(kept, pocket.tag) if isinstance(kept, Draft) else _to(LAST)

    def keep(self, step: Step) -> ResponseReturnValue:
        pocket = self.drafts.pocket()
        if pocket is None or not self.drafts.is_of_this_page():
            return self.gone(), _GONE
        kept, do = self.drafts.here(), request.form.get("do", "next")
        if isinstance(kept, Sent):
            return self._receipt(kept) if step is LAST else _to(LAST)
        if kept is None:
            return (self.gone() if step is LAST else self._over(step)), _GONE
        if step is not LAST:
            return self._move(step, kept, do)
        return self.last.send(kept, pocket) if do == "send" else _to(step)

    def _move(self, step: Step, before: Draft, do: str) -> ResponseReturnValue:
        """Keep the page's words and go where the pressed button leads."""
        words = typed_words()
        stays = do in {"keep", "list"} or "drop" in request.form
        if step.code == "di-mana":
            words, stays = _on_the_map(self.house, before, words, do)
        now = before.with_step(step, words)
        if not stays and do != "back":
            faults = faults_in(self.house.rulebook, step, now.typed)
            if faults:
                return self._page(step, now, [problem_of(one) for one in faults]), 422
        asked = seen_questions()
        kept = self.evidence.change(before, lambda draft: draft.with_step(step, words).asked(asked))
        if kept is None:
            return self._over(step), _GONE
        if isinstance(kept, Draft) and (problems := self.evidence.taking.problems()):
            return self._page(step, kept, problems), 422
        if isinstance(kept, Draft) and not stays and do != "back":
            questions = self._questions(step, kept)
            if questions:
                return self._page(step, kept, questions=questions)
        if stays or isinstance(kept, Sent):
            return _to(step)
        if do == "back":
            return _to(step.number - 1)
        return _to(LAST if kept.reviewed else step.number + 1)

    def again(self, problems: Sequence[Problem]) -> str:
        """The page a fault was met on, with its words, if they belong to the draft of the cookie;
        what is posted without it comes from "Back" after somebody left, and is not shown."""
        step = step_numbered((request.view_args or {})["number"])
        if step is None or not self.drafts.is_of_this_page():
            return self.gone(problems)
        kept, tag = self._kept(), self._tag()
        if isinstance(kept, Sent):
            return render_template("complaints/sent.html", tag=tag, problems=problems)
        if step is LAST and kept is None:
            return render_template("complaints/waiting.html", tag=tag, problems=problems)
        if step is LAST and kept is not None:
            return self.last.review(kept, tag, problems)
        draft = kept or Draft.begun(self.house.clock.now(), Typed.of({}))
        return self._page(step, draft.with_step(step, typed_words()), problems)

    def gone(self, problems: Sequence[Problem] = ()) -> str:
        """There is no draft (any more)."""
        return render_template("complaints/gone.html", problems=problems)

    def _over(self, step: Step) -> str:
        """The draft is gone, this page's words are here: the way on begins a new one with them."""
        return step_page(
            self.house, step, typed_words(), tag=self._tag(), action="/lapor", is_over=True
        )

    def _page(self, step: Step, draft: Draft, problems: Sequence[Problem] = (), **more: Any) -> str:
        tag = self._tag()
        return step_page(self.house, step, draft.typed, problems, tag=tag, draft=draft, **more)

    def _questions(self, step: Step, draft: Draft) -> tuple[tuple[Question, str], ...]:
        """What is gently asked before this step is left, with its sentence."""
        rulebook, on = self.house.rulebook, today(self.house)
        found = questions_of(rulebook, step.code, draft.with_seen(), today=on)
        return tuple((one, say(rulebook, one, asker_language())) for one in found)

    def _tag(self) -> str:
        pocket = self.drafts.pocket()
        return pocket.tag if pocket else ""

    def _receipt(self, sent: Sent) -> ResponseReturnValue:
        try:
            held = Held.of_ticket(self.house, sent.ticket)
            return receipt_page(self.house, held, sent.ticket)
        except MalformedTicket:
            return render_template("complaints/receipt_over.html", problems=())

    def _first_open(self, draft: Draft) -> Step:
        """The first step that still wants something."""
        rulebook = self.house.rulebook
        return next((one for one in STEPS if faults_in(rulebook, one, draft.typed)), LAST)

    def _kept(self) -> Kept | None:
        """The draft, None also while the database is away."""
        try:
            return self.drafts.here()
        except SQLAlchemyError:
            return None


def _on_the_map(house: House, before: Draft, words: Typed, do: str) -> tuple[Typed, bool]:
    """The chosen place after the pressed button, and whether there is more to choose here."""
    many = dict(words.many)
    if "to" in request.form:
        many |= {"found": (request.form["to"],), "search": ()}
        return Typed.of(many), True
    searched = words.word("search")
    is_search = do == "search" or (do == "next" and searched != before.typed.word("search"))
    if do in {"keep", "back"} or (is_search and searched):
        return words, do != "back"
    many["search"] = ()
    chosen = Typed.of(many)
    return chosen, do in {"search", "browse"} or is_deeper(house.rulebook, before.typed, chosen)
