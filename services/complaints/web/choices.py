"""The lists a form offers, in the asker's language and for the region chosen so far."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from services.complaints.domain.typed import Typed, chain_of, region_of
from shared.rulebook import Office, Rulebook, route
from shared.rulebook.regions import Region
from shared.rulebook.routing import CHOSEN, PASSED, Route
from shared.runtime.errors import Refusal

Options = list[tuple[str, str]]
MOST_HITS = 20


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
        "hours": [(str(hour), f"{hour:02d}.00") for hour in range(24)],
    }


def wishes() -> list[tuple[str, str, str]]:
    """How much of themselves people give."""
    return [
        ("anonymous", gettext("Tanpa nama"), gettext("Kami tidak tahu siapa Anda.")),
        (
            "confidential",
            gettext("Rahasia"),
            gettext("Nama Anda hanya dibuka oleh petugas pemeriksa, bersama ceritanya."),
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


def places(rulebook: Rulebook, typed: Typed, *, searched: bool) -> dict[str, Any]:
    """The three lists down to the chosen region, its full path, and hits of the search."""
    region = region_of(rulebook, typed)
    province, regency, district = chain_of(region)
    regions = rulebook.regions
    hits = regions.search(typed.word("search"), MOST_HITS) if searched else ()
    return {
        "region": regions.region(region) if region else None,
        "province": province,
        "regency": regency,
        "district": district,
        "provinces": _places(regions.provinces()),
        "regencies": _places(regions.children(province)) if province else [],
        "districts": _places(regions.children(regency)) if regency else [],
        "hits": [(hit.code, hit.path) for hit in hits],
        "searched": searched,
    }


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
    """The units that could get it, for "do not send to"."""
    found = likely_route(rulebook, typed)
    if found is None:
        return []
    named = set(typed.words("exclude"))
    could = [
        one.unit for one in found.considered if one.verdict in {CHOSEN, PASSED} or one.unit in named
    ]
    return [(id, rulebook.units.unit(id).name) for id in could]


def _named(things: Any, language: str) -> Options:
    return [(thing.code, thing.in_language(language)) for thing in things]


def _places(regions: tuple[Region, ...]) -> Options:
    return [(region.code, region.name) for region in regions]
