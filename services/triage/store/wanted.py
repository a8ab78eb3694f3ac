"""Which cases are asked for: one set of conditions, for the queue, its count and the board."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from services.triage.domain.periods import Span
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, clock, move, rating

FREE: Span = (None, None)
NUMERIC = re.compile("[KTG0-9-]+", re.ASCII)  # what a case's number is made of
ENDED = ("closed", "rejected", "merged")
KEPT, BROKEN = "tepat", "terlambat"
RATED = "rated"
Names = tuple[str, ...]
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
    state that ends it, `promise` codes of clocks and whether one was `tepat` (met, in every round
    that was started) or `terlambat` (breached at least once). `step` is a state the case came into,
    or `rated`. Both count what happened in `during`. `is_open` leaves out what has ended,
    `cluster` leaves only cases of one office and service.
    `holder` is `saya` (the asker) or `kosong` (nobody yet); `words` must name the case.
    """

    state: str | None = None
    priority: str | None = None
    due: Span = FREE
    opened: Span = FREE
    ended: Span = FREE
    promise: tuple[tuple[str, ...], str] | None = None
    step: str | None = None
    during: Span = FREE
    is_open: bool = False
    cluster: str | None = None
    holder: str | None = None
    words: Words | None = None

    @property
    def is_plain(self) -> bool:
        """Whether what stands in the queue's index answers it."""
        beyond = (self.promise, self.step, self.cluster, self.words)
        return self.ended == FREE and all(one is None for one in beyond)


def conditions(who: Person, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """What a case must be for this person to see it here."""
    return [may_see(who), *narrowed(who, wanted)]


def narrowed(who: Person, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """What is asked of a case that this person may see; nowhere to stand alone."""
    return [*_of_case(wanted), *_of_history(wanted), *_of_people(who, wanted)]


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
    """The number holds the text, or the service or region is one it means."""
    text = words.text.upper()
    yield case.c.number.contains(text, autoescape=True) if NUMERIC.fullmatch(text) else sa.false()
    if words.services:
        yield case.c.service.in_(words.services)
    for code in words.regions:
        yield case.c.region.startswith(code, autoescape=True)


def _of_history(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.ended != FREE:
        yield case.c.ended_at.is_not(None)
        yield from within(case.c.ended_at, wanted.ended)
    if wanted.promise is not None:
        names, result = wanted.promise
        kept = is_kept if wanted.during == FREE else lambda names: _kept_in(names, wanted.during)
        yield is_broken(names, wanted.during) if result == BROKEN else kept(names)
    if wanted.step == RATED:
        given = [*_of_this(rating), rating.c.stars > 0]
        yield sa.exists().where(*given, *within(rating.c.at, wanted.during))
    elif wanted.step is not None:
        came = [*_of_this(move), move.c.to_state == wanted.step]
        yield sa.exists().where(*came, *within(move.c.at, wanted.during))


def is_broken(names: Names, during: Span = FREE) -> sa.ColumnElement[bool]:
    """One of the clocks was breached in at least one of its rounds: a breach stays counted."""
    return _some_round(names, was_breached(during))


def is_kept(names: Names) -> sa.ColumnElement[bool]:
    """The clock was started, runs no more, and was never breached."""
    is_running = _some_round(names, clock.c.stopped_at.is_(None))
    return sa.and_(_some_round(names, sa.true()), sa.not_(is_running), sa.not_(is_broken(names)))


def _kept_in(names: Names, during: Span) -> sa.ColumnElement[bool]:
    met = _some_round(names, was_met(during))
    return sa.and_(met, sa.not_(is_broken(names, during)))


def was_breached(during: Span) -> sa.ColumnElement[bool]:
    """This round ran out in the span."""
    return sa.and_(clock.c.breached_at.is_not(None), *within(clock.c.breached_at, during))


def was_met(during: Span) -> sa.ColumnElement[bool]:
    """This round ended in the span and in time; one that only stands still while we wait for the
    reporter has not ended."""
    paused = sa.exists().where(
        move.c.case == clock.c.case,
        move.c.unit == clock.c.unit,
        *within(move.c.at, during),
        move.c.at == clock.c.stopped_at,
        move.c.to_state == "waiting_reporter",
    )
    ended = [clock.c.stopped_at.is_not(None), *within(clock.c.stopped_at, during)]
    return sa.and_(*ended, clock.c.breached_at.is_(None), sa.not_(paused))


def within(moment: sa.ColumnElement[datetime], span: Span) -> Iterator[sa.ColumnElement[bool]]:
    """The conditions of lying in the span."""
    since, until = span
    if since is not None:
        yield moment >= since
    if until is not None:
        yield moment < until


def _some_round(names: Names, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(*_of_this(clock), clock.c.name.in_(names), condition)


def _of_this(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    """A row of the case; that it has the case's unit as well lets an index begin with it."""
    return table.c.case == case.c.id, table.c.unit == case.c.unit
