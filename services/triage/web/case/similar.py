"""Similar reports on the case page: the likest few this person may see, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from sqlalchemy.engine import Connection

from services.triage.domain.similar import Reason, Told, similar
from services.triage.store.cases import Case
from services.triage.store.people import Person
from services.triage.store.similar import cases_of, near_in_time
from services.triage.web.titles import title_of
from shared.service import House


@dataclass(frozen=True)
class Similar:
    """A line of the list; `reasons` in words, the weightiest first."""

    case: Case
    title: str
    reasons: list[str]


def similar_to(house: House, connection: Connection, who: Person, one: Case) -> list[Similar]:
    """What the case page offers to look at; what this person may not see leaves no gap."""
    told = Told.of(one.id, one.opened_at, one.zone, one.disclosed)
    found = similar(told, near_in_time(connection, who, one))
    others = cases_of(connection, who, [like.case for like in found])
    return [
        Similar(
            others[like.case],
            title_of(house, others[like.case]),
            [_SAID[reason.code](reason) for reason in _weightiest_first(like.reasons)],
        )
        for like in found
    ]


def _weightiest_first(reasons: tuple[Reason, ...]) -> list[Reason]:
    return sorted(reasons, key=lambda reason: -reason.points)


def _days(one: Reason) -> str:
    return str(
        ngettext(
            "hari kejadian berselisih %(num)s hari",
            "hari kejadian berselisih %(num)s hari",
            one.number,
        )
    )


def _filed(one: Reason) -> str:
    if not one.number:
        return str(gettext("masuk atau terjadi pada hari yang sama"))
    return str(
        ngettext(
            "masuk atau terjadi berselisih %(num)s hari",
            "masuk atau terjadi berselisih %(num)s hari",
            one.number,
        )
    )


_SAID: Mapping[str, Callable[[Reason], str]] = {
    "same_service": lambda _: gettext("layanan sama"),
    "same_office": lambda _: gettext("kantor sama"),
    "same_place": lambda _: gettext("wilayah kejadian sama"),
    "near_place": lambda _: gettext("wilayah kejadian satu di dalam yang lain"),
    "same_sum": lambda _: gettext("jumlah uang sama"),
    "near_sum": lambda one: gettext(
        "jumlah uang berselisih %(percent)s persen", percent=one.number
    ),
    "same_day": lambda _: gettext("hari kejadian sama"),
    "near_day": _days,
    "near_filing": _filed,
    "same_handover": lambda _: gettext("jam penyerahan sama"),
    "same_coercion": lambda _: gettext("tekanan sama"),
    "same_frequency": lambda _: gettext("seberapa sering sama"),
}
