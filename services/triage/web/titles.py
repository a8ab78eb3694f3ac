"""What a case is called and what is known of it, from disclosed facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from services.triage.store.cases import Case
from services.triage.web.words import language, short_time
from shared.service import House
from shared.web.words import long_date, money


@dataclass(frozen=True)
class Pair:
    """A fact's name and its value in words."""

    name: str
    value: str


@dataclass(frozen=True)
class Bar:
    """One sum beside the others; `share` 0-100 of the largest."""

    name: str
    sum: str
    share: int
    kind: str


def title_of(house: House, one: Case) -> str:
    """`Pungutan Rp250.000 untuk KTP: kantor kecamatan`."""
    rules = house.rulebook
    names = {
        "service": rules.services[one.disclosed["service"]].in_language(language()),
        "office": rules.offices[one.disclosed["office_kind"]].in_language(language()),
    }
    if one.disclosed["asked"] is None:
        return str(gettext("Pungutan untuk %(service)s: %(office)s", **names))
    names["sum"] = money(one.disclosed["asked"])
    return str(gettext("Pungutan %(sum)s untuk %(service)s: %(office)s", **names))


def pairs(house: House, one: Case) -> list[Pair]:
    """Every disclosed fact that is known, in words."""
    rules, facts = house.rulebook, one.disclosed
    found = [
        Pair(gettext("Layanan"), rules.services[facts["service"]].in_language(language())),
        Pair(gettext("Kantor"), rules.offices[facts["office_kind"]].in_language(language())),
        Pair(gettext("Wilayah kantor"), rules.regions.region(facts["office_region"]).path),
        Pair(gettext("Waktu"), code_word(house, "timing", facts["timing"])),
        Pair(gettext("Seberapa sering"), code_word(house, "frequency", facts["frequency"])),
        Pair(gettext("Korban"), code_word(house, "victims", facts["victims"])),
        Pair(gettext("Tekanan"), code_word(house, "coercion", facts["coercion"])),
        Pair(gettext("Kerentanan"), code_words(house, "vulnerable", facts["vulnerable"])),
        Pair(gettext("Bukti yang disebut"), code_words(house, "evidence", facts["evidence"])),
    ]
    if facts["day"]:
        found.append(Pair(gettext("Hari kejadian"), long_date(date.fromisoformat(facts["day"]))))
    if facts["handover_at"]:
        at = datetime.fromisoformat(facts["handover_at"])
        found.append(Pair(gettext("Penyerahan berikutnya"), short_time(at, one.zone)))
    return found


def bars(house: House, one: Case) -> list[Bar]:
    """Official price, asked and paid, each as a share of the largest."""
    facts = one.disclosed
    day = date.fromisoformat(facts["day"]) if facts["day"] else one.opened_at.date()
    official = house.rulebook.least_official(facts["service"], region=facts["region"], on=day)
    sums = [
        (gettext("Tarif resmi"), official, "resmi"),
        (gettext("Diminta"), facts["asked"], "minta"),
        (gettext("Dibayar"), facts["paid"], "bayar"),
    ]
    most = max([amount or 0 for _, amount, _ in sums] + [1])
    return [
        Bar(name, money(amount), round((amount or 0) * 100 / most), kind)
        for name, amount, kind in sums
    ]


def code_word(house: House, kind: str, code: str) -> str:
    """What a disclosed code is called."""
    return house.rulebook.codes[kind][code].in_language(language())


def code_words(house: House, kind: str, codes: list[str]) -> str:
    """What disclosed codes are called, with commas."""
    return ", ".join(code_word(house, kind, code) for code in codes) or gettext("Tidak disebut")
