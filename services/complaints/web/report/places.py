"""Where it happened: the hits of a search, or the next list on the way down to a district."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from services.complaints.domain.typed import Typed, region_of
from shared.rulebook import Rulebook
from shared.rulebook.regions import LEVELS, NATIONAL, Region, Regions, cut, level_of

MOST_HITS = 20

Options = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Place:
    """What the step about the place offers.

    `region` is what is chosen so far; `above` are the ways back up, (code, name) with "" for the
    whole country; `options` are (code, name, where it lies), the code being what is chosen by it.
    """

    region: Region | None
    above: tuple[tuple[str, str], ...]
    legend: str
    options: Options
    searched: str


def place_of(rulebook: Rulebook, typed: Typed) -> Place:
    """The hits while there is a search, else the list below (or beside) what is chosen."""
    regions = rulebook.regions
    chosen = region_of(rulebook, typed)
    region = regions.region(chosen) if chosen else None
    searched = typed.word("search")
    if searched:
        hits = regions.search(searched, MOST_HITS)
        legend = gettext("Yang cocok dengan “%(words)s”", words=searched)
        return Place(region, (("", gettext("Semua provinsi")),), legend, _told(hits), searched)
    base = chosen or NATIONAL
    if not regions.children(base):
        base = cut(base, level_of(base) - 1)
    below = _told(regions.children(base), whole=False)
    if base != NATIONAL:
        below.insert(0, (base, _not_known(base), ""))
    return Place(region, _above(regions, base), _legend(regions, base), below, "")


def is_deeper(rulebook: Rulebook, before: Typed, now: Typed) -> bool:
    """Whether another place was chosen that has places inside: those are offered once."""
    chosen = region_of(rulebook, now)
    is_new = chosen != region_of(rulebook, before)
    return bool(chosen) and is_new and bool(rulebook.regions.children(chosen))


def _told(found: tuple[Region, ...], *, whole: bool = True) -> Options:
    """Districts of one name are told apart by where they lie."""
    return [(one.code, one.name, one.path.partition(", ")[2] if whole else "") for one in found]


def _above(regions: Regions, base: str) -> tuple[tuple[str, str], ...]:
    if base == NATIONAL:
        return ()
    chain = [cut(base, level) for level in range(1, level_of(base) + 1)]
    return (("", gettext("Semua provinsi")), *((c, regions.region(c).name) for c in chain[:-1]))


def _legend(regions: Regions, base: str) -> str:
    if base == NATIONAL:
        return str(gettext("Provinsi mana?"))
    name = regions.region(base).name
    if LEVELS[level_of(base)] == "province":
        return str(gettext("Kabupaten atau kota mana di %(place)s?", place=name))
    return str(gettext("Kecamatan mana di %(place)s?", place=name))


def _not_known(base: str) -> str:
    if LEVELS[level_of(base)] == "province":
        return str(gettext("Tidak tahu kabupaten atau kotanya"))
    return str(gettext("Tidak tahu kecamatannya"))
