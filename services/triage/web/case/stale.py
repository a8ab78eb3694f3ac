"""The stale-page guard of every form of a case: which version was shown, and who changed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from sqlalchemy.engine import Connection

from services.triage.actions.move_case import StaleCase
from services.triage.domain.lifecycle import IllegalMove, MoveNeeds
from services.triage.store.cases import find_case
from services.triage.store.people import person_named
from services.triage.store.timeline import timeline_of
from services.triage.web import words
from services.triage.web.case.happenings import events
from services.triage.web.guard import asker
from shared.contracts.casework import PriorityChanged
from shared.contracts.facts import CaseMoved
from shared.contracts.merging import CaseMerged, MergeUndone
from shared.contracts.rerouting import CaseRerouted
from shared.runtime.errors import Refusal
from shared.service import House

RECENT = 30  # facts among which the last change is looked for
# What raises a case's version; the first of them on the timeline is the one to tell.
CHANGES = tuple(
    one.type for one in (CaseMerged, MergeUndone, CaseRerouted, CaseMoved, PriorityChanged)
)


def version_typed() -> int:
    """The version of the case the form was made from; -1, which no case has, for anything else."""
    text = request.form.get("versi", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


@contextmanager
def said_in_words(house: House) -> Iterator[None]:
    """Names states, conditions and people in what the block refuses, and who changed the case."""
    try:
        yield
    except (IllegalMove, MoveNeeds, StaleCase) as refusal:
        raise in_words(house, refusal) from None


_FIELDS = {
    "reason": "alasan",
    "where_else": "rujukan",
    "main_case": "ke",
    "undone_in_time": "ke",
    "outcome": "hasil",
    "logged_action": "tindakan",
    "no_conflict_declared": "bebas-benturan",
    "withdrawal": "ke",
    "checked_for_coercion": "bebas-tekanan",
    "state": "ke",
}


def in_words(house: House, refusal: Refusal) -> Refusal:
    """The same refusal with states, people and conditions named for a reader."""
    named = dict(refusal.params)
    if isinstance(refusal, StaleCase):
        with house.database.read() as connection:
            named |= _changed(house, connection)
    for name in ("from_state", "to_state", "state"):
        if name in named and str(named[name]) in words.states():
            named[name] = f"“{words.states()[str(named[name])]}”"
    if "guard" in named:
        named["guard"] = words.word(words.GUARDS, str(named["guard"]))
    return type(refusal)(_FIELDS.get(refusal.field or "", refusal.field), **named)


def _changed(house: House, connection: Connection) -> dict[str, str]:
    """Who changed the case last, where it stands now and what they did, as its timeline says.

    Asked anew: who came first by a hair is not yet known to the action that gave way.
    """
    one = find_case(connection, asker(), str((request.view_args or {}).get("number", "")))
    if one is None:
        return {"who": str(words.SYSTEM)}
    who = person_named(connection, one.changed_by) if one.changed_by else None
    state = f"“{words.states()[one.state]}”"
    recent = timeline_of(connection, one.id, RECENT)
    theirs = [each for each in recent if each.by == one.changed_by and each.type in CHANGES]
    if theirs:
        state = f"{state} ({events(house, theirs[:1], [], {})[0].title})"
    return {"who": who.title if who else str(words.SYSTEM), "state": state}
