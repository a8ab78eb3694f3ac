"""Which cases are asked for: one set of conditions, for the queue, its count and the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from services.triage.domain.periods import Span
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, clock, move

FREE: Span = (None, None)
ENDED = ("closed", "rejected", "merged")
KEPT, BROKEN = "tepat", "terlambat"
MINE, NOBODYS = "saya", "kosong"


@dataclass(frozen=True)
class Words:
    """What was typed into the search field, and the services and regions it may mean (codes)."""

    text: str
    services: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A part of the queue; what is not said does not matter.

    `due` the nearest running clock, `opened` when the case came, `ended` when it last came into a
    state that ends it, `promise` a clock's code and whether it was `tepat` (met, in every round
    that was started) or `terlambat` (breached at least once). `is_open` leaves out what has ended,
    `cluster` leaves only cases of one office and service.
    `holder` is `saya` (the asker) or `kosong` (nobody yet); `words` must name the case.
    """

    state: str | None = None
    priority: str | None = None
    due: Span = FREE
    opened: Span = FREE
    ended: Span = FREE
    promise: tuple[str, str] | None = None
    is_open: bool = False
    cluster: str | None = None
    holder: str | None = None
    words: Words | None = None


def conditions(who: Person, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """What a case must be for this person to see it here."""
    return [may_see(who), *_of_case(wanted), *_of_history(wanted), *_of_people(who, wanted)]


def _of_case(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.state is not None:
        yield case.c.state == wanted.state
    if wanted.priority is not None:
        yield case.c.priority == wanted.priority
    if wanted.cluster is not None:
        yield case.c.cluster == wanted.cluster
    if wanted.is_open:
        yield case.c.state.not_in(ENDED)
    yield from within(case.c.due_at, wanted.due)
    yield from within(case.c.opened_at, wanted.opened)


def _of_people(who: Person, wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.holder == MINE:
        yield case.c.holder == who.name
    if wanted.holder == NOBODYS:
        yield case.c.holder.is_(None)
    if wanted.words is not None:
        yield sa.or_(*_named(wanted.words))


def _named(words: Words) -> Iterator[sa.ColumnElement[bool]]:
    """The number holds the text, or the disclosed service or region is one it means."""
    disclosed = sa.type_coerce(case.c.disclosed, sa.Text)
    yield case.c.number.contains(words.text.upper(), autoescape=True)
    for code in words.services:
        yield disclosed.contains(f'"service":"{code}"', autoescape=True)
    for code in words.regions:
        yield disclosed.contains(f'"region":"{code}', autoescape=True)


def _of_history(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.ended != FREE:
        last = sa.select(sa.func.max(move.c.at)).where(
            move.c.case == case.c.id, move.c.to_state.in_(ENDED)
        )
        yield case.c.state.in_(ENDED)
        yield from within(last.scalar_subquery(), wanted.ended)
    if wanted.promise is not None:
        name, result = wanted.promise
        yield is_broken(name) if result == BROKEN else is_kept(name)


def is_broken(name: str) -> sa.ColumnElement[bool]:
    """The clock was breached in at least one of its rounds: a breach stays counted."""
    return _some_round(name, clock.c.breached_at.is_not(None))


def is_kept(name: str) -> sa.ColumnElement[bool]:
    """The clock was started, runs no more, and was never breached."""
    is_running = _some_round(name, clock.c.stopped_at.is_(None))
    return sa.and_(_some_round(name, sa.true()), sa.not_(is_running), sa.not_(is_broken(name)))


def within(moment: sa.ColumnElement[datetime], span: Span) -> Iterator[sa.ColumnElement[bool]]:
    """The conditions of lying in the span."""
    since, until = span
    if since is not None:
        yield moment >= since
    if until is not None:
        yield moment < until


def _some_round(name: str, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(clock.c.case == case.c.id, clock.c.name == name, condition)
