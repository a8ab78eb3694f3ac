"""Finds what is wrong with a rulebook before anybody relies on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.rulebook.clocks import LIMIT, PRIORITIES
from shared.rulebook.regions import LEVELS, NATIONAL, ZONES, contains
from shared.rulebook.routing import EXCLUSIONS_MAX, Office, route
from shared.rulebook.rulebook import Rulebook
from shared.rulebook.tariffs import Tariff
from shared.rulebook.units import Unit


@dataclass(frozen=True)
class Fault:
    """`where` is a table and key ("unit inspektorat-cianjur"), `what` a sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check(rulebook: Rulebook) -> list[Fault]:
    """Every fault, empty when sound. Routes are only tried over a sound tree."""
    faults = [*_words(rulebook), *_units(rulebook), *_clocks(rulebook), *_tariffs(rulebook)]
    faults += [*_grades(rulebook), *_names(rulebook)]
    return faults or list(_routes(rulebook))


def _words(rulebook: Rulebook) -> Iterator[Fault]:
    for service in rulebook.services.values():
        if service.need not in rulebook.needs:
            yield Fault(f"service {service.code}", f"unknown need {service.need}")
        for office in service.offices:
            if office not in rulebook.offices:
                yield Fault(f"service {service.code}", f"unknown office {office}")
    for need in rulebook.needs:
        if all(service.need != need for service in rulebook.services.values()):
            yield Fault(f"need {need}", "no service belongs to it")
    for kind in rulebook.offices.values():
        if kind.seat not in LEVELS:
            yield Fault(f"office {kind.code}", f"unknown seat {kind.seat}")
    for region in rulebook.regions.provinces():
        if region.code not in ZONES:
            yield Fault(f"region {region.code}", "no time zone")


def _grades(rulebook: Rulebook) -> Iterator[Fault]:
    for rule in rulebook.grades:
        if not 0 <= rule.b_on_time <= rule.a_on_time <= 100 or not 0 <= rule.a_reopened <= 100:
            yield Fault(
                f"grade {rule.code}", "shares must be percent, that of A not under that of B"
            )
        if rule.a_p1_breaches < 0 or rule.least_closed < 1:
            yield Fault(
                f"grade {rule.code}", "counts must not be negative, least_closed at least 1"
            )


def _names(rulebook: Rulebook) -> Iterator[Fault]:
    for limit in (rulebook.names.answer_within, rulebook.names.open_for):
        if not LIMIT.fullmatch(limit):
            yield Fault("names", f"limit {limit} is not like 4h, 30m, 3wd or 60d")


def _units(rulebook: Rulebook) -> Iterator[Fault]:
    for unit in rulebook.units:
        for what in _unit(rulebook, unit):
            yield Fault(f"unit {unit.id}", what)
    for sector in sorted(_sectors(rulebook)):
        spare = [u for u in rulebook.units if u.level == 0 and u.takes(sector)]
        if len(spare) < 2:
            yield Fault(f"sector {sector}", "no national unit takes it besides the desk")
    if sum(u.level == 0 and not u.keeps_names for u in rulebook.units) <= EXCLUSIONS_MAX + 1:
        yield Fault("units", "a reporter could exclude every national unit")
    if not any(unit.keeps_names for unit in rulebook.units):
        yield Fault("units", "none keeps names")


def _unit(rulebook: Rulebook, unit: Unit) -> Iterator[str]:
    by_id = rulebook.units.by_id
    if unit.kind not in rulebook.units.kinds:
        yield f"unknown kind {unit.kind}"
    if unit.region != NATIONAL and unit.region not in rulebook.regions.by_code:
        yield f"unknown region {unit.region}"
    if unit.office and unit.office not in rulebook.offices:
        yield f"unknown office {unit.office}"
    if unit.keeps_names and (unit.oversees or unit.backs_up or unit == rulebook.units.desk):
        yield "it keeps names, so it must not take cases"
    if not unit.heads or "@" not in unit.email:
        yield "no head or no e-mail address"
    for sector in unit.oversees:
        if sector not in _sectors(rulebook):
            yield f"no office belongs to sector {sector}"
    if unit != rulebook.units.desk and unit.parent not in by_id:
        yield f"unknown parent {unit.parent or '(none)'}"
    elif unit == rulebook.units.desk and unit.parent:
        yield "the national desk has a parent"
    elif unit.parent and not contains(by_id[unit.parent].region, unit.region):
        yield "its parent's region does not contain its own"
    elif unit != rulebook.units.desk and rulebook.units.desk not in rulebook.units.above(unit.id):
        yield "its parents never reach the national desk (a cycle)"


def _sectors(rulebook: Rulebook) -> set[str]:
    kinds = rulebook.offices.values()
    return {s for kind in kinds for s in (kind.sector, kind.sector_province) if s}


def _clocks(rulebook: Rulebook) -> Iterator[Fault]:
    for rule in rulebook.clocks.values():
        where = f"clock {rule.code}"
        if not rule.source:
            yield Fault(where, "no source")
        if not set(rule.limits) <= {"all", *PRIORITIES}:
            yield Fault(where, "a limit for an unknown urgency")
        texts = [*rule.limits.values(), *rule.reminders, *([rule.reopened] * bool(rule.reopened))]
        if not texts or not all(text.split() for text in texts):
            yield Fault(where, "no limit")
        for limit in " ".join(texts).split():
            if not LIMIT.fullmatch(limit):
                yield Fault(where, f"limit {limit} is not like 4h, 30m, 3wd or 60d")
        if not set(rule.starts_in) <= set(rule.runs_in):
            yield Fault(where, "it starts in a state it does not run in")
        if set(rule.pauses_in) & set(rule.runs_in):
            yield Fault(where, "it runs and pauses in the same state")


def _tariffs(rulebook: Rulebook) -> Iterator[Fault]:
    for tariff in rulebook.tariffs:
        where = f"tariff {tariff.id}"
        if tariff.service not in rulebook.services:
            yield Fault(where, f"unknown service {tariff.service}")
        if tariff.is_official and not (tariff.legal_basis and tariff.source.strip("- ")):
            yield Fault(where, "an official price needs a legal basis and a source")
        if not set(tariff.provinces) <= ZONES.keys():
            yield Fault(where, "unknown province")
        yield from (Fault(where, what) for what in _wording(rulebook, tariff))
        if tariff.valid_from and tariff.valid_until and tariff.valid_from > tariff.valid_until:
            yield Fault(where, "it ends before it begins")
    known = {tariff.id for tariff in rulebook.tariffs}
    for id in (*rulebook.wording.tariffs, *rulebook.wording.common):
        if id not in known:
            yield Fault(f"name of tariff {id}", "no such row")
    for code in rulebook.wording.services:
        if code not in rulebook.services:
            yield Fault(f"search words of {code}", "no such service")
    for override in rulebook.calendar.overrides:
        is_known = override.region == NATIONAL or override.region in rulebook.regions.by_code
        if not is_known or not override.source:
            yield Fault(f"override {override.day}", "unknown region or no source")
    if not 0 <= rulebook.calendar.cutoff_hour <= 24:
        yield Fault("calendar", "cutoff_hour is not an hour")


def _wording(rulebook: Rulebook, tariff: Tariff) -> Iterator[str]:
    wording = rulebook.wording
    name, unit = wording.tariffs.get(tariff.id), wording.units.get(tariff.unit)
    if name is None:
        yield "no name to show it by"
    elif name.note and not tariff.is_official:
        yield "a note on a price we are not sure of"
    if unit is None:
        yield f"unknown unit {tariff.unit}"
    elif tariff.is_official and tariff.official_idr is None and not unit.instead:
        yield "neither a sum nor a word in its place"
    if tariff.id in wording.common and not tariff.is_official:
        yield "on the front page without being official"


def _routes(rulebook: Rulebook) -> Iterator[Fault]:
    """Without exclusions no office anywhere falls to the national desk."""
    regions = {unit.region for unit in rulebook.units if unit.level > 0}
    regions |= {region.code for region in rulebook.regions.provinces()}
    for region in sorted(regions):
        for kind in rulebook.offices:
            if route(rulebook, Office(kind, region)).bump:
                yield Fault(f"region {region}", f"nobody but the national desk for {kind}")
