"""Finds a region by what people type: typing errors, short names, whole paths, words in any order.

Every typed word is looked for in the region's own name and in the names of what it lies in; at
least one must be in its own. The nearest come first:

    fewest words found nowhere in the path · its very path · fewest errors · how its own name is
    met (0 all of it and nothing else typed, 1 all of it, 2 in part) · level · code

The page's twin is services/complaints/static/src/lapor/regions.js, on tests/vectors/regions.json.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.rulebook.spelling import distance, letters_of

MOST_LETTERS = 120
MOST_WORDS = 14  # the longest path has 13
_MOST_READINGS = 6
_MISSING = 2 * 100 * 3 * 3  # what one word found nowhere weighs in a rank
KINDS = frozenset({"kabupaten", "kota"})
# Short names of everyday speech, and the abbreviations the official list itself uses.
SAYS: Mapping[str, str] = {
    **dict.fromkeys(("adm", "administrasi", "prov", "provinsi", "propinsi", "distrik"), ""),
    **dict.fromkeys(("kec", "kecamatan", "kantor", "camat", "bupati", "walikota", "di", "dan"), ""),
    **dict.fromkeys(("diy", "jogja", "yogya", "jogjakarta"), "yogyakarta"),
    "kab": "kabupaten", "kotamadya": "kota", "kodya": "kota", "kep": "kepulauan", "gn": "gunung",
    "sumatra": "sumatera", "dki": "jakarta", "solo": "surakarta", "tangsel": "tangerang selatan",
    "jabar": "jawa barat", "jateng": "jawa tengah", "jatim": "jawa timur",
    "jakpus": "jakarta pusat", "jaksel": "jakarta selatan", "jakbar": "jakarta barat",
    "jaktim": "jakarta timur", "jakut": "jakarta utara",
    "sumut": "sumatera utara", "sumbar": "sumatera barat", "sumsel": "sumatera selatan",
    "babel": "bangka belitung", "kepri": "kepulauan riau", "malut": "maluku utara",
    "ntb": "nusa tenggara barat", "ntt": "nusa tenggara timur",
    "kalbar": "kalimantan barat", "kalteng": "kalimantan tengah", "kaltim": "kalimantan timur",
    "kalsel": "kalimantan selatan", "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara", "sulteng": "sulawesi tengah", "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara", "sulbar": "sulawesi barat",
}  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1+")
_ROMAN = re.compile(r"[ivx]+")  # keeps its letters: "Banyuasin II" is not "Banyuasin III"


def fold(text: str) -> list[str]:
    """Bare lower-case words, abbreviations written out, doubled letters once: "Ra'as" → ras."""
    plain = unicodedata.normalize("NFKD", text).lower()
    found = re.findall(r"[a-z0-9]+", re.sub(r"['’`\u0300-\u036f]", "", plain))
    said = [word for one in found for word in SAYS.get(one, one).split()]
    return [word if _ROMAN.fullmatch(word) else _DOUBLED.sub(r"\1", word) for word in said]


@dataclass(frozen=True)
class _Place:
    code: str
    level: int
    own: frozenset[str]  # its name without "kota" and "kabupaten", if anything is left
    words: frozenset[str]  # of the whole path
    path: tuple[str, ...]


Near = Mapping[str, int]  # known words and how many errors they are away


class RegionFinder:
    """The index over all regions; searching changes nothing, so threads may share it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` by code, each parent before its children."""
        self._places = list(_places(names))
        self._by_word: dict[str, list[int]] = {}
        for number, place in enumerate(self._places):
            for word in place.own:
                self._by_word.setdefault(word, []).append(number)
        known = sorted({word for place in self._places for word in place.words})
        self._known = [(word, letters_of(word)) for word in known]

    def find(self, text: str, limit: int) -> list[str]:
        """Codes, the best first; the same text always finds the same."""
        best: dict[int, int] = {}
        readings = self._readings(fold(text[:MOST_LETTERS])[:MOST_WORDS])
        near = {word: self._near(word) for word in {word for words in readings for word in words}}
        for words in readings:
            for number, rank in self._ranked(words, near):
                best[number] = min(rank, best.get(number, rank))
        missing = min(best.values(), default=0) // _MISSING
        kept = [(rank, number) for number, rank in best.items() if rank // _MISSING == missing]
        return [self._places[number].code for _, number in sorted(kept)[:limit]]

    def _readings(self, typed: list[str]) -> list[list[str]]:
        """As typed, then with two words run together or one cut in two ("karang anyar")."""
        readings, known = [typed], self._by_word
        for at, word in enumerate(typed):
            before, after = typed[:at], typed[at + 1 :]
            if after and word + after[0] in known:
                readings.append([*before, word + after[0], *after[1:]])
            for cut in range(len(word) - 3, 2, -1):
                if word[:cut] in known and word[cut:] in known:
                    readings.append([*before, word[:cut], word[cut:], *after])
                    break
        return readings[:_MOST_READINGS]

    def _ranked(self, words: list[str], known: Mapping[str, Near]) -> Iterator[tuple[int, int]]:
        """Number and rank of every region that has one of the words in its own name."""
        kinds = [word for word in words if word in KINDS]
        asked = [word for word in words if word not in KINDS] or kinds
        near = [known[word] for word in asked]
        named = {*kinds, *(word for one in near for word in one)}
        met = {number for word in named for number in self._by_word.get(word, ())}
        for number in met:
            place = self._places[number]
            missing, errors, way = _meet(place, near)
            errors += sum(kind not in place.words for kind in kinds)
            is_path = tuple(words) == place.path
            rank = (((missing * 2 + (not is_path)) * 100 + errors) * 3 + way) * 3 + place.level
            yield number, rank

    def _near(self, word: str) -> Near:
        """The words it may stand for: itself, those it begins, else the nearest."""
        begun = {known: int(known != word) for known, _ in self._known if known.startswith(word)}
        if begun:
            return begun if len(word) > 1 else {word: 0} if word in begun else {}
        reach = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        letters = letters_of(word)
        away = {
            known: distance(word, known)
            for known, its in self._known
            if abs(len(known) - len(word)) <= reach and (letters ^ its).bit_count() <= 2 * reach
        }
        least = min(away.values(), default=reach + 1)
        return {known: 1 + far for known, far in away.items() if far == least <= reach}


def _places(names: Mapping[str, str]) -> Iterator[_Place]:
    paths: dict[str, tuple[str, ...]] = {"": ()}
    for code, name in names.items():
        own = tuple(fold(name))
        paths[code] = own + paths[code.rpartition(".")[0]]
        bare = frozenset(own) - KINDS or frozenset(own)
        yield _Place(code, code.count("."), bare, frozenset(paths[code]), paths[code])


def _meet(place: _Place, near: list[Near]) -> tuple[int, int, int]:
    """Words found nowhere in the path, errors, and how its own name is met."""
    missing, errors, outside = 0, 0, False
    own: set[str] = set()
    for one in near:
        met = [
            (far, word not in place.own, word) for word, far in one.items() if word in place.words
        ]
        if not met:
            missing += 1
            continue
        far, is_outside, word = min(met)
        errors += far
        outside |= is_outside
        own |= set() if is_outside else {word}
    return missing, errors, 2 if own < place.own else int(outside)
