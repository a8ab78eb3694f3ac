"""The queue's filters as they stand in an address, and back: figures link to what they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext

from services.triage.domain.periods import (
    AGES,
    DEADLINES,
    age_span,
    deadline_span,
    month_span,
    week_span,
)
from services.triage.domain.states import STATES
from services.triage.store.wanted import BROKEN, FREE, KEPT, MINE, NOBODYS, RATED, Wanted, Words
from services.triage.web import words
from shared.rulebook import Rulebook
from shared.runtime.errors import Refused

NAMES = (
    "cari", "status", "prioritas", "tenggat", "pemegang", "umur", "masuk", "selesai", "janji",
    "hasil", "langkah", "bulan", "terbuka", "berkas",
)  # fmt: skip
LONGEST_SEARCH = 60
MOST_REGIONS = 20
RESULTS = (KEPT, BROKEN)
EVERY = "semua"  # any clock the desk answers for
STEPS = ("closed", "reopened", RATED)


class UnknownFilter(Refused):
    """Saringan ini tidak dikenal. Pilih dari daftar di atas antrean."""

    code = "unknown_filter"


def address(asked: Mapping[str, str], path: str = "/") -> str:
    """`/?status=assigned`; empty values are left out."""
    kept = {name: text for name, text in asked.items() if text}
    return f"{path}?{urlencode(kept)}" if kept else path


def kept(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters among the words of an address, in their order."""
    return {name: asked[name] for name in NAMES if asked.get(name)}


def read(asked: Mapping[str, str], rulebook: Rulebook, now: datetime, zone: str) -> Wanted:
    """What an address asks for, counted in the local days of `zone`; raises UnknownFilter."""
    checks: dict[str, Callable[[str], bool]] = {
        "status": lambda text: text in STATES,
        "prioritas": lambda text: text in words.PRIORITIES,
        "tenggat": lambda text: text in DEADLINES,
        "umur": lambda text: text in AGES,
        "masuk": lambda text: week_span(text, zone) is not None,
        "selesai": lambda text: week_span(text, zone) is not None,
        "janji": lambda text: (
            (text in rulebook.clocks and asked.get("hasil") in RESULTS)
            or (text, asked.get("hasil")) == (EVERY, BROKEN)
        ),
        "langkah": lambda text: text in STEPS,
        "bulan": lambda text: (
            bool(asked.get("janji") or asked.get("langkah")) and bool(month_span(text, zone))
        ),
        "hasil": lambda text: text in RESULTS and bool(asked.get("janji")),
        "terbuka": lambda text: text == "1",
        "berkas": lambda text: cluster_name(rulebook, text) is not None,
        "pemegang": lambda text: text in (MINE, NOBODYS),
        "cari": lambda text: len(text) <= LONGEST_SEARCH and text.isprintable(),
    }
    said = kept(asked)
    for name, text in said.items():
        if not checks[name](text):
            raise UnknownFilter(name)
    if "umur" in said and "masuk" in said:
        raise UnknownFilter("umur")
    opened = week_span(said.get("masuk", ""), zone) or FREE
    return Wanted(
        state=said.get("status"),
        priority=said.get("prioritas"),
        due=deadline_span(said["tenggat"], now, zone) if "tenggat" in said else FREE,
        opened=age_span(said["umur"], now, zone) if "umur" in said else opened,
        ended=week_span(said.get("selesai", ""), zone) or FREE,
        promise=(clocks(rulebook, said["janji"]), said["hasil"]) if "janji" in said else None,
        step=said.get("langkah"),
        during=month_span(said.get("bulan", ""), zone) or FREE,
        is_open="terbuka" in said,
        cluster=said.get("berkas"),
        holder=said.get("pemegang"),
        words=meant(said["cari"].strip(), rulebook) if said.get("cari", "").strip() else None,
    )


def clocks(rulebook: Rulebook, code: str) -> tuple[str, ...]:
    """The clock of this code; of EVERY all for which the desk answers."""
    if code != EVERY:
        return (code,)
    return tuple(name for name, rule in rulebook.clocks.items() if rule.holder != "reporter")


def meant(text: str, rulebook: Rulebook) -> Words:
    """The services and regions whose names hold what was typed, in either language."""
    low = text.casefold()
    services = [
        code
        for code, one in rulebook.services.items()
        if any(low in one.in_language(language).casefold() for language in ("id", "en"))
    ]
    regions = [
        one.code
        for one in rulebook.regions.search(text, MOST_REGIONS)
        if low in one.path.casefold()
    ]
    return Words(text, tuple(services), tuple(regions))


def tags(asked: Mapping[str, str], rulebook: Rulebook) -> list[dict[str, Any]]:
    """Each filter in words, with the address that takes it away; a promise goes with its result."""
    said = kept(asked)
    named: dict[str, Callable[[str], str]] = {
        "status": lambda text: words.states()[text],
        "prioritas": str,
        "tenggat": lambda text: str(deadlines()[text]),
        "umur": lambda text: str(ages()[text]),
        "masuk": lambda text: gettext("Masuk pekan %(week)s", week=text),
        "selesai": lambda text: gettext("Berakhir pekan %(week)s", week=text),
        "janji": lambda text: f"{promise_name(rulebook, text)}: {results()[said['hasil']]}",
        "langkah": lambda text: str(steps()[text]),
        "bulan": words.month_name,
        "terbuka": lambda _: gettext("Masih terbuka"),
        "berkas": lambda text: str(cluster_name(rulebook, text)),
        "pemegang": lambda text: str(holders()[text]),
        "cari": lambda text: gettext("Cari: %(text)s", text=text),
    }
    together = {"janji": {"janji", "hasil", "bulan"}, "langkah": {"langkah", "bulan"}}
    return [
        {
            "name": named[name](text),
            "without": address(
                {n: t for n, t in said.items() if n not in together.get(name, {name})}
            ),
        }
        for name, text in said.items()
        if name in named
    ]


def cluster_name(rulebook: Rulebook, cluster: str) -> str | None:
    """`Kantor kecamatan, Kabupaten Cianjur, …: KTP dan KK` of `kecamatan:32.03:kependudukan`; None
    when there is no such office, region or service."""
    office, _, rest = cluster.partition(":")
    region, _, service = rest.partition(":")
    try:
        kind, place = rulebook.offices[office], rulebook.regions.by_code[region]
        work = rulebook.services[service]
    except KeyError:
        return None
    said = words.language()
    return f"{kind.in_language(said)}, {place.path}: {work.in_language(said)}"


def deadlines() -> dict[str, str]:
    """The deadlines' names."""
    return dict(
        zip(
            DEADLINES,
            (gettext("Terlambat"), gettext("Tenggat hari ini"), gettext("Tiga hari berikutnya")),
            strict=True,
        )
    )


def holders() -> dict[str, str]:
    """Whose cases."""
    return {MINE: gettext("Kasus saya"), NOBODYS: gettext("Belum dipegang")}


def ages() -> dict[str, str]:
    """The ages' names."""
    return {
        "0-7": gettext("Sampai 7 hari"),
        "8-30": gettext("8 sampai 30 hari"),
        "31-60": gettext("31 sampai 60 hari"),
        "61": gettext("Lebih dari 60 hari"),
    }


def promise_name(rulebook: Rulebook, code: str) -> str:
    """What the clock is called, or all of them."""
    return gettext("Semua janji") if code == EVERY else words.clock_name(rulebook, code)


def steps() -> dict[str, str]:
    """What a case went through."""
    return {
        "closed": gettext("Ditutup"),
        "reopened": gettext("Dibuka kembali"),
        RATED: gettext("Dinilai pelapor"),
    }


def results() -> dict[str, str]:
    """How a promise ended."""
    return {KEPT: gettext("tepat waktu"), BROKEN: gettext("terlambat")}
