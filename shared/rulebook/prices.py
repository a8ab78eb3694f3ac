"""Finds official prices by what people type: typing errors, slang and names of bribes included."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from shared.rulebook.rulebook import Rulebook
from shared.rulebook.slang import Speech, Wanted
from shared.rulebook.spelling import words_of
from shared.rulebook.tariffs import Tariff
from shared.rulebook.vocabulary import ServiceKind

MOST_LETTERS = 200
MOST_SERVICES = 6
_GUESSED = 0.5  # a word read out of a mistyped one counts half
_BEGUN = 0.7  # a word of which only the beginning was typed


@dataclass(frozen=True)
class Hit:
    """A service and the rows that answer best; none when the table has none for it."""

    service: ServiceKind
    tariffs: tuple[Tariff, ...]
    score: float


@dataclass(frozen=True)
class Found:
    """`hits` best first; `money` names no tariff knows ("uang pelicin"); `read_as` mistyped words
    and what they were taken for; `unanswered` words that none of the hits is about."""

    hits: tuple[Hit, ...] = ()
    money: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """One word looked for: as it was said, the words of the index it fits, how surely (0 to 1)."""

    said: str
    fits: frozenset[str]
    sure: float


@dataclass(frozen=True)
class _Entry:
    service: ServiceKind
    tariff: Tariff | None
    words: frozenset[str]


class PriceFinder:
    """The index over one rulebook; searching it changes nothing, so threads may share it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._order = {code: number for number, code in enumerate(rulebook.services)}
        self._heads = {
            service.code: _words(service.code, service.name) | _english(service.name_en)
            for service in rulebook.services.values()
        }
        self._entries = tuple(self._index(rulebook))
        counted = Counter(word for entry in self._entries for word in entry.words)
        self._weight = {
            word: math.log(1 + len(self._entries) / count) for word, count in counted.items()
        }
        self._speech = Speech(rulebook.wording, counted)

    def _index(self, rulebook: Rulebook) -> Iterable[_Entry]:
        wording, regions = rulebook.wording, rulebook.regions.by_code
        for service in rulebook.services.values():
            extra = wording.services.get(service.code)
            heads = self._heads[service.code]
            apart = _words(*(extra.apart if extra else ()))
            # A further word of the service says nothing about its rows: "balik nama" of land must
            # not be answered with the price of a first registration.
            yield _Entry(service, None, heads | _words(*(extra.words if extra else ())))
            for tariff in rulebook.tariffs:
                if tariff.service == service.code:
                    name = wording.tariffs[tariff.id]
                    places = (regions[code].name for code in tariff.provinces)
                    told = _words(name.name, *name.words, *places) | _english(name.name_en)
                    yield _Entry(service, tariff, heads - apart | told)

    def find(self, text: str) -> Found:
        """Only the first 200 letters are read; the same text always finds the same."""
        understood = self._speech.understand(text[:MOST_LETTERS])
        asked = [self._asked(wanted) for wanted in understood.wanted]
        hits = self._hits(asked)[:MOST_SERVICES]
        answered = {word for hit in hits for word in self._answered(hit, asked)}
        unanswered = dict.fromkeys(one.said for one in asked if one.said not in answered)
        return Found(hits, understood.money, understood.read_as, tuple(unanswered))

    def _asked(self, wanted: Wanted) -> _Asked:
        sure = 1.0 if wanted.is_exact else _GUESSED
        if wanted.word in self._weight or len(wanted.word) < 3:
            return _Asked(wanted.said, frozenset({wanted.word}), sure)
        begun = frozenset(known for known in self._weight if known.startswith(wanted.word))
        return _Asked(wanted.said, begun, sure * _BEGUN)

    def _hits(self, asked: list[_Asked]) -> tuple[Hit, ...]:
        """Services named outright shut out others; what another answers better is left out."""
        scored = [(entry, *self._score(entry, asked)) for entry in self._entries]
        named = {
            entry.service.code
            for entry, met, _ in scored
            if any(asked[i].fits & self._heads[entry.service.code] for i in met)
        }
        scored = [one for one in scored if one[1] and (not named or one[0].service.code in named)]
        best = _undominated(scored)
        tariffs: dict[str, list[Tariff]] = {}
        scores: dict[str, float] = {}
        for entry, _, score in sorted(best, key=lambda one: -one[2]):
            rows = tariffs.setdefault(entry.service.code, [])
            rows += [entry.tariff] if entry.tariff else []
            scores.setdefault(entry.service.code, score)
        services = {entry.service.code: entry.service for entry, _, _ in best}
        ranked = sorted(scores, key=lambda code: (-scores[code], self._order[code]))
        return tuple(Hit(services[code], tuple(tariffs[code]), scores[code]) for code in ranked)

    def _score(self, entry: _Entry, asked: list[_Asked]) -> tuple[frozenset[int], float]:
        """Which of the words asked for the entry meets, and how well."""
        score, met = 0.0, []
        for number, one in enumerate(asked):
            if common := one.fits & entry.words:
                met.append(number)
                score += one.sure * max(self._weight[word] for word in common)
        return frozenset(met), score

    def _answered(self, hit: Hit, asked: list[_Asked]) -> Iterable[str]:
        shown = {tariff.id for tariff in hit.tariffs}
        for entry in self._entries:
            row = entry.tariff
            if entry.service == hit.service and (row is None or row.id in shown):
                yield from (one.said for one in asked if one.fits & entry.words)


def _undominated(
    scored: list[tuple[_Entry, frozenset[int], float]],
) -> list[tuple[_Entry, frozenset[int], float]]:
    """Without those that meet less of what was asked than another one does."""
    sets = {met for _, met, _ in scored}
    best = {met for met in sets if not any(met < other for other in sets)}
    return [one for one in scored if one[1] in best]


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text))


def _english(text: str) -> frozenset[str]:
    """Without single letters: the article is no class of licence."""
    return frozenset(word for word in words_of(text) if len(word) > 1)
