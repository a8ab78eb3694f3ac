"""The last step: what will be sent and who gets it, and the sending, which happens once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.complaints.actions.keep_draft import change_draft
from services.complaints.actions.seal_form import receipt_of, seal_form
from services.complaints.actions.submit import AnotherStands, is_same
from services.complaints.domain.admission import Promised, keeper_of, key_of
from services.complaints.domain.draft import Draft, Kept, Sent
from services.complaints.domain.form_refusals import Faults
from services.complaints.domain.reading import read_story
from services.complaints.domain.steps import LAST
from services.complaints.domain.story import Story
from services.complaints.store import complaint_by_lookup
from services.complaints.web.intake import Intake
from services.complaints.web.receipt.paper import receipt_page
from services.complaints.web.receipt.ticket import Held
from services.complaints.web.report.drafts import Drafts
from services.complaints.web.report.handling import Handling, handling_of
from services.complaints.web.report.recap import recap
from services.complaints.web.report.step_page import page_of
from services.complaints.web.report.step_words import FIELD_WORDS, STEP_WORDS
from shared.crypto.pocket import Pocket
from shared.crypto.receipt import ReceiptKeys, group, receipt_from_token
from shared.rulebook import Office
from shared.runtime.clock import floor
from shared.runtime.errors import Refusal, Refused
from shared.web.i18n import asker_language
from shared.web.problems import Problem, problem_of


class NotNoted(Refused):
    """Catat dulu 24 angka itu di kertas, lalu beri tanda di sini."""

    code = "not_noted"


@dataclass(frozen=True)
class LastStep:
    """Step 8 of one process."""

    intake: Intake
    drafts: Drafts

    def review(self, draft: Draft, tag: str, problems: Sequence[Problem] = ()) -> str:
        """Everything typed, what is still missing, and the way on when nothing is."""
        rulebook = self.intake.house.rulebook
        story, missing = None, []
        try:
            story = read_story(rulebook, draft.typed)
            handling, promised = self._answer_to(story)
        except Faults as faults:
            missing = [problem_of(refusal) for refusal in faults.refusals]
        except Refusal as refusal:
            story, missing = None, [problem_of(refusal)]
        return render_template(
            "complaints/review.html",
            problems=problems,
            missing=[(page_of(problem), problem) for problem in missing],
            step=LAST,
            step_words=STEP_WORDS,
            field_words=FIELD_WORDS,
            tag=tag,
            recap=recap(rulebook, draft),
            handling=handling if story else None,
            promised=promised if story else (),
            groups=group(receipt_from_token(draft.token)).split(" "),
        )

    def send(self, draft: Draft, pocket: Pocket) -> ResponseReturnValue:
        """The receipt; or the review, with what is missing."""
        try:
            story = read_story(self.intake.house.rulebook, draft.typed)
        except Faults:
            return self.review(draft, pocket.tag), 422
        if not request.form.get("noted"):
            return self.review(draft, pocket.tag, [problem_of(NotNoted("noted"))]), 422
        self.intake.sending.spend()
        digits, keys = receipt_of(draft.token, self.intake.house.settings.deployment)
        try:
            held = self._take_in(story, draft, keys, Held(digits, keys.lookup, False), pocket)
        except AnotherStands:
            held = Held(digits, keys.lookup, True)
            self.drafts.change(lambda _: self._sent(held))
        page = receipt_page(self.intake.house, held, held.sealed(self.intake.house))
        return page, 409 if held.differs else 200

    def _answer_to(self, story: Story) -> tuple[Handling, Promised]:
        """As the desk will route it and as the receipt will promise."""
        house, router, facts = self.intake.house, self.intake.router, story.disclosed
        accused = Office(facts.office_kind, facts.office_region)
        handling = handling_of(house.rulebook, accused, facts.exclude, router.choose(facts))
        at = floor(house.clock.now(), timedelta(hours=1))
        return handling, router.promised(at, facts.region)

    def _take_in(
        self, story: Story, draft: Draft, keys: ReceiptKeys, held: Held, pocket: Pocket
    ) -> Held:
        """Seal and submit, or find that this very draft came in before; raises AnotherStands.

        In the transaction of the complaint the draft gives way to the receipt's ticket.
        """
        house, sent = self.intake.house, self._sent(held)
        with house.database.read() as connection:
            found = complaint_by_lookup(connection, keys.lookup)
        if found is not None:
            if not is_same(found, story.digest(keys.once_key)):
                raise AnotherStands("token")
            self.drafts.change(lambda _: sent)
            return held
        route, known = self.intake.router.choose(story.disclosed), self.intake.keys.current()
        filing = seal_form(
            story,
            keys,
            unit=route.unit,
            unit_key=key_of(known, route.unit),
            keeper=keeper_of(known, route.keepers) if story.name else None,
            settings=house.settings,
            lang=asker_language(),
            files=draft.files,
        )

        def give_way(connection: Connection) -> Kept | None:
            return change_draft(connection, pocket, lambda _: sent, house.clock.now())

        self.intake.take_in(filing, together_with=give_way)
        return held

    def _sent(self, held: Held) -> Sent:
        house = self.intake.house
        return Sent(ticket=held.sealed(house), touched=house.clock.now())
