"""The lists a form offers, in the asker's language and for the region chosen so far."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from services.complaints.domain.typed import Typed, region_of
from shared.rulebook import Office, Rulebook, route
from shared.rulebook.regions import NATIONAL
from shared.rulebook.routing import EXCLUDED, Route, check_exclusion
from shared.runtime.errors import Refusal
from shared.web.i18n import asker_language

Options = list[tuple[str, str]]


def lists(rulebook: Rulebook, language: str) -> dict[str, Any]:
    """Services grouped by need, office kinds, and the closed lists."""
    groups = [
        (need.in_language(language), _named([s for s in services if s.need == need.code], language))
        for services in [list(rulebook.services.values())]
        for need in rulebook.needs.values()
    ]
    codes = {name: _named(known.values(), language) for name, known in rulebook.codes.items()}
    return {
        "service_groups": groups,
        "offices": _named(rulebook.offices.values(), language),
        "codes": codes,
        "hours": hours(),
    }


def hours() -> Options:
    """Full hours of a day."""
    return [(str(hour), f"{hour:02d}.00") for hour in range(24)]


def wishes() -> list[tuple[str, str, str]]:
    """How much of themselves people give."""
    return [
        ("anonymous", gettext("Tanpa nama"), gettext("Kami tidak tahu siapa Anda.")),
        (
            "confidential",
            gettext("Rahasia"),
            gettext("Nama Anda disimpan terpisah. Membukanya butuh dua petugas dari dua lembaga."),
        ),
        (
            "contact",
            gettext("Boleh dihubungi"),
            gettext("Surel pemberitahuan tanpa isi. Petugas pemeriksa tidak melihat alamatnya."),
        ),
    ]


def payments() -> Options:
    """Whether it was paid."""
    return [
        ("none", gettext("Belum, atau saya menolak")),
        ("all", gettext("Sudah, semuanya")),
        ("part", gettext("Sebagian")),
        ("goods", gettext("Bukan uang, misalnya barang atau jasa")),
        ("unknown", gettext("Tidak tahu")),
    ]


def likely_route(rulebook: Rulebook, typed: Typed) -> Route | None:
    """Where it would go as far as it is filled in, None while that cannot be told."""
    region, office = region_of(rulebook, typed), typed.word("office_kind")
    if not region or office not in rulebook.offices:
        return None
    try:
        return route(rulebook, Office(office, region), typed.words("exclude")[:3])
    except Refusal:
        return None


def may_be_excluded(rulebook: Rulebook, typed: Typed) -> Options:
    """For "do not send to": the units that could get it, and what was named before."""
    found = likely_route(rulebook, typed)
    could = [one.unit for one in found.considered if one.verdict != EXCLUDED] if found else []
    named = [text for text in typed.words("exclude") if is_known(rulebook, text)]
    return [(text, exclusion_words(rulebook, text)) for text in dict.fromkeys([*could, *named])]


def offices_there(rulebook: Rulebook, typed: Typed) -> Options:
    """Kinds of office where the accused one is, as "kind:region", that would keep a unit away:
    by being that unit or by having its head. None before region and office are chosen."""
    found, region = likely_route(rulebook, typed), region_of(rulebook, typed)
    could = [one.unit for one in found.considered if one.verdict != EXCLUDED] if found else []
    units = [rulebook.units.unit(id) for id in could]
    heads = {head for unit in units for head in unit.heads}
    seats = {(unit.office, unit.region) for unit in units}
    return [
        (f"{kind.code}:{region}", kind.in_language(asker_language()))
        for kind in rulebook.offices.values()
        if kind.head_in(region) in heads or (kind.code, kind.seat_in(region)) in seats
        if f"{kind.code}:{region}" not in typed.words("exclude")
    ]


def is_known(rulebook: Rulebook, text: str) -> bool:
    """Whether this can be excluded at all."""
    try:
        check_exclusion(rulebook, text)
    except Refusal:
        return False
    return True


def exclusion_words(rulebook: Rulebook, text: str) -> str:
    """What is excluded, by name: a unit, or an office and the place it answers for."""
    kind, colon, region = text.partition(":")
    return office_words(rulebook, Office(kind, region)) if colon else rulebook.units.unit(text).name


def office_words(rulebook: Rulebook, office: Office) -> str:
    """The office by its kind and the place it answers for."""
    kind = rulebook.offices[office.kind]
    name, seat = kind.in_language(asker_language()), kind.seat_in(office.region)
    return name if seat == NATIONAL else f"{name}, {rulebook.regions.region(seat).path}"


def _named(things: Any, language: str) -> Options:
    return [(thing.code, thing.in_language(language)) for thing in things]
