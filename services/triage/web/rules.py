"""/aturan: the rules this desk works by, with their sources; they change only as reviewed files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from services.triage.store.adoptions import adoptions
from services.triage.web.guard import asker
from services.triage.web.queue.filters import UnknownFilter
from services.triage.web.words import language
from services.triage.web.zones import zone_of
from shared.rulebook import Rulebook
from shared.rulebook.clocks import PRIORITIES, ClockRule
from shared.rulebook.regions import NATIONAL
from shared.rulebook.routing import EXCLUDED, Office, route
from shared.rulebook.units import Unit
from shared.service import House
from shared.web.audience import audience
from shared.web.i18n import LANGUAGES
from shared.web.words import local, long_date

ADOPTIONS = 10  # how many changes of the rules are shown
FREE_DAYS = 60  # how far ahead the calendar is shown, days

_HOLDERS = {
    "unit": lazy_gettext("unit"),
    "reporter": lazy_gettext("pelapor"),
}
_UNITS = {
    "m": lazy_gettext("menit"),
    "h": lazy_gettext("jam"),
    "d": lazy_gettext("hari"),
    "wd": lazy_gettext("hari kerja"),
}


@dataclass(frozen=True)
class Promise:
    """A clock as a reader meets it; `limits` is (for whom, how long) each."""

    rule: ClockRule
    name: str
    holder: str
    limits: list[tuple[str, str]]
    basis: str


def rule_pages(house: House) -> Blueprint:
    """GET /aturan, /aturan/unit (with ?cari=) and /aturan/unit/<id>."""
    pages = Blueprint("rules", __name__)
    rules = house.rulebook

    @pages.get("/aturan")
    @audience("staff")
    def show() -> ResponseReturnValue:
        zone = zone_of(house, asker().unit)
        today = local(house.clock.now(), zone).date()
        with house.database.read() as connection:
            adopted = adoptions(connection, ADOPTIONS)
        return render_template(
            "triage/aturan.html",
            adopted=adopted,
            zone=zone,
            rules=rules,
            promises=[_promise(rule) for rule in rules.clocks.values()],
            free_days=_free_days(rules, today, rules.units.unit(asker().unit).region),
            until=long_date(today + timedelta(days=FREE_DAYS)),
            units=len(rules.units.by_id),
            offered=LANGUAGES,
        )

    @pages.get("/aturan/unit")
    @audience("staff")
    def units() -> ResponseReturnValue:
        wanted = request.args.get("cari", "")
        if len(wanted) > 80:
            raise UnknownFilter("cari")
        found = [one for one in rules.units if _is_named(one, wanted.split())]
        return render_template(
            "triage/aturan-unit.html",
            wanted=wanted,
            rows=[_row(rules, one) for one in found],
            every=len(rules.units.by_id),
        )

    @pages.get("/aturan/unit/<unit>")
    @audience("staff")
    def unit(unit: str) -> ResponseReturnValue:
        one = rules.units.unit(unit, "cari")
        return render_template(
            "triage/aturan-satu.html",
            unit=one,
            row=_row(rules, one),
            above=rules.units.above(one.id),
            heads=[_head(rules, head) for head in one.heads],
            accused=_if_accused(rules, one),
        )

    return pages


def limit_words(limit: str) -> str:
    """`3wd` as "3 hari kerja", `60d 60wd` as the earlier of two."""
    said = [f"{one.rstrip('mhdw')} {_UNITS[one.lstrip('0123456789')]}" for one in limit.split()]
    return str(gettext("yang lebih dulu: ")) + ", ".join(said) if len(said) > 1 else said[0]


def _promise(rule: ClockRule) -> Promise:
    limits = [(code, limit) for code, limit in rule.limits.items() if code in PRIORITIES]
    said = [(code, limit_words(limit)) for code, limit in limits]
    if "all" in rule.limits:
        said.append(("", limit_words(rule.limits["all"])))
    if rule.reopened:
        said.append((str(gettext("dibuka kembali")), limit_words(rule.reopened)))
    holder = str(_HOLDERS[rule.holder])
    return Promise(
        rule, rule.in_language(language()), holder, said, rule.legal_basis or rule.source
    )


def _free_days(rules: Rulebook, today: date, region: str) -> list[tuple[str, str]]:
    """The days off that are no weekend, and weekends that are worked, with why and by whom."""
    found = []
    for day in (today + timedelta(days=n) for n in range(FREE_DAYS + 1)):
        is_working = rules.calendar.is_working_day(day, region)
        if is_working == (day.weekday() < 5):
            continue
        why = [one.why for one in rules.calendar.overrides if one.day == day]
        found.append((long_date(day), ", ".join(why) or rules.calendar.holiday(day) or ""))
    return found


def _is_named(one: Unit, words: Iterable[str]) -> bool:
    said = f"{one.name} {one.id} {one.region}".casefold()
    return all(word.casefold() in said for word in words)


def _row(rules: Rulebook, one: Unit) -> dict[str, Any]:
    kind = rules.units.kinds[one.kind]
    return {
        "unit": one,
        "kind": kind.in_language(language()),
        "where": _where(rules, one.region),
        "parent": rules.units.by_id.get(one.parent),
    }


def _head(rules: Rulebook, head: str) -> str:
    """`kapolda:16` as "Kapolda, Sumatera Selatan": the role that commands, and where."""
    role, _, region = head.partition(":")
    said = str(gettext("Bupati atau wali kota")) if role == "bupati" else role.replace("_", " ")
    return f"{said[:1].upper()}{said[1:]}, {_where(rules, region)}"


def _where(rules: Rulebook, region: str) -> str:
    return (
        str(gettext("nasional")) if region in {NATIONAL, ""} else rules.regions.region(region).path
    )


def _if_accused(rules: Rulebook, one: Unit) -> dict[str, Any] | None:
    """Who would handle a report against this unit's own office, and who would never see it."""
    if not one.office:
        return None
    path = route(rules, Office(one.office, one.region))
    names = rules.units.by_id
    return {
        "unit": names[path.unit],
        "excluded": [names[seen.unit] for seen in path.considered if seen.verdict == EXCLUDED],
    }
