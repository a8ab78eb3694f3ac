"""Which request takes which lane, and the page for whoever does not fit, which costs little."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from services.complaints.web.intake import Intake
from services.complaints.web.mailbox.deeds import DEEDS
from services.complaints.web.report.drafts import Drafts, draft_key
from services.complaints.web.turn import FIELD, Turns, Walkers
from shared.web.arriving import TooSlow
from shared.web.error_page import halves
from shared.web.errors import refused_as, wants_json
from shared.web.i18n import asker_language
from shared.web.lanes import Busy, Lane, Rank
from shared.web.limits import hear_out
from shared.web.problems import problem_of

# Leaving is never kept waiting; a style or a script costs next to nothing.
_FREE = ("/static/", "/health/", "/keluar")
_GAP = "@@celah@@"  # four pieces round the seconds, the path and the fields


def crowd_pages(intake: Intake) -> Blueprint:
    """No page of its own: every request passes here before a draft is opened or a page made."""
    pages = Blueprint("crowd", __name__)
    turns, walkers = Turns(intake.house), Walkers()
    busy_pages = _BusyPages(Drafts(intake.house), turns)

    def rank_of() -> Rank:
        if turns.has_come():
            return Rank.AGAIN
        return Rank.UNDERWAY if walkers.goes_ahead(draft_key()) else Rank.NEW

    @pages.before_app_request
    def take_turn() -> None:
        lane = _lane_of(intake)
        if lane is not None:
            is_crowded = lane is not intake.api and lane.is_full()
            lane.enter(rank_of() if is_crowded else Rank.NEW)
            g.turn = lane

    @pages.teardown_app_request
    def give_turn(_fault: BaseException | None) -> None:
        lane: Lane | None = g.pop("turn", None)
        if lane is not None:
            lane.leave()

    @pages.app_errorhandler(Busy)
    def turned_away(busy: Busy) -> ResponseReturnValue:
        if not wants_json() and not (_has_files() and request.path == "/kotak/bukti"):
            return busy_pages.answer(busy)
        return refused_as(busy)

    return pages


def _lane_of(intake: Intake) -> Lane | None:
    """A form with files has places of its own (shared/web/uploads.py)."""
    path, is_post = request.path, request.method == "POST"
    if request.url_rule is None or path.startswith(_FREE):
        return None
    if path.startswith("/api/"):
        return intake.api
    if is_post and path == "/lapor":
        return intake.beginning
    if is_post and path == "/lapor/8":
        return intake.sending
    if is_post and path == "/kotak" and _is_opening():
        return intake.opening
    return None if is_post and _has_files() else intake.pages


def _is_opening() -> bool:
    """Whether this POST derives from 24 digits; with a ticket nothing is derived."""
    return not request.form.get("ticket") and request.form.get("do") not in DEEDS


class _BusyPages:
    """One page for each language and refusal, made when first needed; only the seconds and the
    way on are put in. What was typed goes along, so that one press sends it again."""

    def __init__(self, drafts: Drafts, turns: Turns) -> None:
        self._drafts, self._turns = drafts, turns
        self._made: dict[tuple[str, str, bool], tuple[str, ...]] = {}

    def answer(self, busy: Busy) -> Response:
        """503 with Retry-After."""
        if _has_files() and not isinstance(busy, TooSlow):
            hear_out(request.content_length or 0)
        fields = self._typed(busy.wait_seconds or 0)
        head, to_path, to_fields, foot = self._page(busy, is_form=fields is not None)
        path = escape(request.path if fields is not None or self._may_return() else "/lapor")
        if request.method == "GET":
            path += f"?{FIELD}={self._turns.ticket(busy.wait_seconds or 0)}"
        seconds = str(busy.wait_seconds)
        answer = make_response(
            "".join((head, seconds, to_path, path, to_fields, fields or "", foot)), 503
        )
        answer.headers["Retry-After"] = seconds
        return answer

    def _page(self, busy: Busy, *, is_form: bool) -> tuple[str, ...]:
        key = (asker_language(), busy.code, is_form)
        if key not in self._made:
            outcome, advice = halves(problem_of(busy).message)
            page = render_template(
                "complaints/busy.html",
                outcome=outcome,
                advice=advice,
                is_form=is_form,
                gap=_GAP,
            )
            self._made[key] = tuple(page.split(_GAP))
        return self._made[key]

    def _typed(self, wait_seconds: int) -> str | None:
        """The form as it came and a ticket for its turn; None when there is no form to show."""
        if request.method != "POST" or _has_files() or not self._may_return():
            return None
        came = [pair for pair in request.form.items(multi=True) if pair[0] != FIELD]
        return "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(text)}">'
            for name, text in [*came, (FIELD, self._turns.ticket(wait_seconds))]
        )

    def _may_return(self) -> bool:
        """Whether the page is this visitor's: a step that is posted without its draft comes from
        "Back" after somebody left, or from another report in this browser (ADR 14)."""
        is_step = request.method == "POST" and request.path.startswith("/lapor/")
        return not is_step or _has_files() or self._drafts.is_of_this_page()


def _has_files() -> bool:
    return request.mimetype == "multipart/form-data"
