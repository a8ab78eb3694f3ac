"""One unit's month in figures: promises kept, what was closed and opened again, and its grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from sqlalchemy.engine import Connection

from services.triage.domain import periods
from services.triage.domain.grades import (
    LATE,
    NO_PROMISE,
    REOPENED,
    TOO_FEW,
    URGENT_LATE,
    Grade,
    MonthCounts,
    grade,
    percent,
)
from services.triage.store import board as store
from services.triage.store import queue
from services.triage.store.people import Person
from services.triage.store.wanted import BROKEN, FREE, KEPT, RATED
from services.triage.web import words
from services.triage.web.board.figures import Figure
from services.triage.web.queue import filters
from services.triage.web.queue.filters import UnknownFilter
from shared.rulebook.grades import GradeRule, grade_rule
from shared.service import House

_ = lazy_gettext

WHY: dict[str, Any] = {
    TOO_FEW: _("terlalu sedikit kasus ditutup untuk dinilai"),
    NO_PROMISE: _("belum ada janji yang berakhir bulan ini"),
    LATE: _("bagian tepat waktu"),
    REOPENED: _("bagian dibuka kembali"),
    URGENT_LATE: _("janji P1 terlambat"),
}


@dataclass(frozen=True)
class Kept:
    """A clock's promises of the month; `share` in whole percent, rounded down."""

    name: str
    kept: Figure
    broken: Figure
    share: int


@dataclass(frozen=True)
class Month:
    """What the board and the report show of a month (`code` 2026-11); `stars` 1 to 5."""

    code: str
    name: str
    promises: list[Kept]
    share: int | None
    closed: Figure
    reopened: Figure
    reopen_share: int | None
    urgent: Figure
    rated: Figure
    stars: float | None
    grade: Grade | None
    why: list[str]
    rule: GradeRule | None
    formula: list[str]


def month_asked(months: list[str]) -> str:
    """The month in the address, this one without; raises UnknownFilter for one not offered."""
    code = request.args.get("bulan") or months[0]
    if code not in months:
        raise UnknownFilter("bulan")
    return code


def month_of(
    house: House, connection: Connection, who: Person, code: str, now: datetime, zone: str
) -> Month:
    """The month's figures of what this person may see; every one is what its link counts."""
    during = periods.month_span(code, zone) or FREE
    promises = _promises(house, store.promises_kept(connection, who, during), code)
    asked = {
        "closed": {"langkah": "closed", "bulan": code},
        "reopened": {"langkah": "reopened", "bulan": code},
        RATED: {"langkah": RATED, "bulan": code},
        "urgent": {"prioritas": "P1", "janji": filters.EVERY, "hasil": BROKEN, "bulan": code},
    }
    found = store.came_into(connection, who, during, "closed", "reopened")
    found[RATED], stars = store.stars_given(connection, who, during)
    urgent = filters.read(asked["urgent"], house.rulebook, now, zone)
    found["urgent"] = queue.count_queue(connection, who, urgent)
    figures = {name: Figure("", found[name], filters.address(one)) for name, one in asked.items()}
    kept = sum(one.kept.number for one in promises)
    broken = sum(one.broken.number for one in promises)
    counts = MonthCounts(found["closed"], found["reopened"], kept, broken, found["urgent"])
    first = periods.month_start(code)
    rule = grade_rule(house.rulebook.grades, first) if first else None
    graded = grade(rule, counts) if rule else None
    return Month(
        code=code,
        name=words.month_name(code),
        promises=promises,
        share=percent(kept, kept + broken),
        closed=figures["closed"],
        reopened=figures["reopened"],
        reopen_share=percent(found["reopened"], found["closed"]),
        urgent=figures["urgent"],
        rated=figures[RATED],
        stars=stars,
        grade=graded,
        why=[words.word(WHY, one) for one in graded.why] if graded else [],
        rule=rule,
        formula=formula(rule) if rule else [],
    )


def how_counted() -> str:
    """How a promise is counted, as the board and the report say it."""
    return str(
        gettext(
            "Dihitung per kasus: tepat bila berakhir bulan ini tanpa terlambat, terlambat "
            "bila waktunya habis bulan ini. Yang pernah terlambat, juga yang dimaafkan, tetap "
            "terhitung. Waktu tunggu jawaban pelapor tidak dihitung; bagian dibulatkan ke "
            "bawah."
        )
    )


def formula(rule: GradeRule) -> list[str]:
    """The rule as sentences, with its own numbers."""
    return [
        gettext(
            "A: paling sedikit %(share)s %% janji tepat waktu, paling banyak %(reopened)s %% "
            "dibuka kembali, dan paling banyak %(late)s kasus P1 yang terlambat.",
            share=rule.a_on_time,
            reopened=rule.a_reopened,
            late=rule.a_p1_breaches,
        ),
        gettext("B: paling sedikit %(share)s %% janji tepat waktu.", share=rule.b_on_time),
        gettext("C: selain itu."),
        gettext(
            "Tanpa nilai bila kurang dari %(least)s kasus ditutup. Jumlah laporan yang masuk tidak "
            "pernah mengurangi nilai.",
            least=rule.least_closed,
        ),
    ]


def _promises(house: House, found: dict[str, tuple[int, int]], code: str) -> list[Kept]:
    """Each clock the desk answers for that ended or ran out in the month."""
    rows = []
    for name in filters.clocks(house.rulebook, filters.EVERY):
        kept, broken = found.get(name, (0, 0))
        if not kept + broken:
            continue
        numbers = {KEPT: kept, BROKEN: broken}
        figures = {
            result: Figure(
                "", number, filters.address({"janji": name, "hasil": result, "bulan": code})
            )
            for result, number in numbers.items()
        }
        share = percent(kept, kept + broken) or 0
        title = words.clock_name(house.rulebook, name)
        rows.append(Kept(title, figures[KEPT], figures[BROKEN], share))
    return rows
