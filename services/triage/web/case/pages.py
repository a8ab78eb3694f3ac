"""The case page: everything from facts and what was disclosed; the story stays locked in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from services.triage.actions.read_case import UnknownCase
from services.triage.actions.reject_false import waiting
from services.triage.store.cases import (
    Candidate,
    Case,
    Evidence,
    candidates_of,
    evidence_of,
)
from services.triage.store.clocks import Clock, clocks_of
from services.triage.store.escalations import clear_of, look_up
from services.triage.store.letters import Letter, letters_of
from services.triage.store.merges import merged_into
from services.triage.store.notes import notes_of
from services.triage.store.people import READERS, Person, colleagues, titles_of
from services.triage.store.rejections import last_rejection
from services.triage.store.reporting import Rating, last_withdrawal, ratings_of
from services.triage.store.reroutes import last_override
from services.triage.store.timeline import Happened, timeline_of
from services.triage.store.waves import wave_size
from services.triage.web import words
from services.triage.web.case.event import Event
from services.triage.web.case.happenings import events
from services.triage.web.case.lateness import lateness_of
from services.triage.web.case.merging import together
from services.triage.web.case.similar import similar_to
from services.triage.web.case.tasks import items_of
from services.triage.web.case.urgency import urgency_of
from services.triage.web.guard import asker
from services.triage.web.titles import Bar, Pair, bars, pairs, title_of
from shared.contracts.reporting import WithdrawalDecided
from shared.service import House
from shared.web.audience import audience
from shared.web.headers import let_frame_files

TIMELINE = 60
SUPERVISOR = "supervisor"  # only they see that, and why, a reporter wants to withdraw


@dataclass(frozen=True)
class Dial:
    """A clock as the page draws it; `share` of its time used up, 0-100."""

    name: str
    due_at: datetime
    remaining: str
    share: int
    is_late: bool
    is_met: bool


@dataclass(frozen=True)
class View:
    """All a case page shows."""

    case: Case
    title: str
    place: str
    pairs: list[Pair]
    bars: list[Bar]
    dials: list[Dial]
    letters: list[Letter]
    evidence: list[Evidence]
    candidates: list[Candidate]
    events: list[Event]
    readers: list[Person]
    ratings: list[Rating]
    wave: int


def case_pages(house: House) -> Blueprint:
    """GET /kasus/<number>."""
    pages = Blueprint("cases", __name__)

    @pages.get("/kasus/<number>")
    @audience("person")
    def show(number: str) -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        with house.database.read() as connection:
            one = look_up(connection, who, number)
            if one is None:
                raise UnknownCase
            people = colleagues(connection, one.unit)
            titles = {each.name: each.title for each in people}
            view = _view(house, connection, one, now, who, people)
            override = last_override(connection, one.id)
            rejection = waiting(one, last_rejection(connection, one.id))
            joined = together(connection, who, one, now)
            similar = similar_to(house, connection, who, one)
            is_ours = one.unit == who.unit  # else it climbed to us: to look at, not to work
            asked = None
            if is_ours and who.role == SUPERVISOR:
                asked = last_withdrawal(connection, one.id)
            urgency = urgency_of(house, connection, one, titles)
            tasks = items_of(house, connection, one, titles)
            notes = notes_of(connection, one)
            lateness = lateness_of(connection, who, one, now)
        let_frame_files()
        return render_template(
            "triage/kasus.html",
            view=view,
            similar=similar,
            together=joined,
            override=override,
            rejection=rejection,
            urgency=urgency,
            tasks=tasks,
            notes=notes,
            titles=titles,
            lateness=lateness,
            case=view.case,
            is_ours=is_ours,
            is_reader=who.role in READERS,
            deployment=house.settings.deployment,
            sent=request.args.get("terkirim", "")[:6],
            units=house.rulebook.units,
            asked=asked,
            pressed=words.word(words.PRESSED, asked.pressed) if asked else "",
        )

    return pages


def _view(
    house: House,
    connection: Connection,
    one: Case,
    now: datetime,
    who: Person,
    people: list[Person],
) -> View:
    """`people` of the case's unit."""
    happened = _for(who, timeline_of(connection, one.id, TIMELINE))
    letters = letters_of(connection, one.id)
    doers = {each.by for each in happened if each.by}
    return View(
        case=one,
        title=title_of(house, one),
        place=house.rulebook.regions.region(one.disclosed["region"]).path,
        pairs=pairs(house, one),
        bars=bars(house, one),
        dials=[_dial(house, clock, now) for clock in _shown(clocks_of(connection, one.id))],
        letters=letters,
        evidence=evidence_of(connection, one.id),
        candidates=_in_order(one, candidates_of(connection, one.id)),
        events=events(house, happened, letters, titles_of(connection, doers)),
        readers=clear_of(connection, one.id, one.unit, people, READERS),
        ratings=[
            said
            for each in (one, *merged_into(connection, who, one.id))
            for said in ratings_of(connection, each.id)
        ],
        wave=wave_size(connection, asker(), one.id),
    )


def _for(who: Person, happened: list[Happened]) -> list[Happened]:
    """What this person may know: of a withdrawal refused, investigators hear nothing."""
    if who.role == SUPERVISOR:
        return happened
    return [one for one in happened if one.type != WithdrawalDecided.type]


def _shown(clocks: list[Clock]) -> list[Clock]:
    """The newest round of each clock, running ones first, nearest first."""
    newest = {clock.name: clock for clock in clocks}
    return sorted(newest.values(), key=lambda clock: (not clock.is_running, clock.due_at))


def _dial(house: House, clock: Clock, now: datetime) -> Dial:
    until = clock.stopped_at or now
    whole = (clock.due_at - clock.started_at).total_seconds() or 1
    used = (until - clock.started_at).total_seconds() / whole
    return Dial(
        name=words.clock_name(house.rulebook, clock.name),
        due_at=clock.due_at,
        remaining=words.remaining(clock.due_at, now),
        share=min(max(round(used * 100), 1), 100),
        is_late=clock.due_at < until,
        is_met=not clock.is_running,
    )


def _in_order(one: Case, candidates: list[Candidate]) -> list[Candidate]:
    """The chosen unit first, then those excluded, then those passed over."""
    return sorted(candidates, key=lambda seen: (seen.unit != one.unit, not seen.excluded))
