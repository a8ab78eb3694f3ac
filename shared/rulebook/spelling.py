"""Reads what people type: bare words, and the known word a mistyped one is near."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_WORDS = 40
_LONGEST = 24
_WORD = re.compile(r"[a-z0-9]+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_ENDINGS = ("nya", "ku", "mu", "lah", "kah")


def words_of(text: str) -> list[str]:
    """Lower case, without accents, a letter drawn out three times or more said once; 40 at most."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(_DRAWN_OUT.sub(r"\1", plain))[:MOST_WORDS]


@dataclass(frozen=True)
class Spelling:
    """The words that are known, each with its letters as a bit mask, by length."""

    known: frozenset[str]
    by_length: Mapping[int, tuple[tuple[str, int], ...]]

    @classmethod
    def of(cls, known: Iterable[str]) -> "Spelling":
        found: dict[int, list[tuple[str, int]]] = {}
        for word in sorted(set(known)):
            found.setdefault(len(word), []).append((word, letters_of(word)))
        by_length = {length: tuple(words) for length, words in found.items()}
        return cls(frozenset(known), by_length)

    def read(self, word: str) -> tuple[str, ...]:
        """The known words `word` stands for: itself, its stem, two run together, or the nearest.

        Empty when it is near nothing. A known word is never taken for another one.
        """
        if word in self.known:
            return (word,)
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and stem in self.known and len(stem) > 1:
                return (stem,)
        for cut in range(len(word) - 3, 2, -1):
            if word[:cut] in self.known and word[cut:] in self.known:
                return (word[:cut], word[cut:])
        nearest = self._nearest(word)
        return (nearest,) if nearest else ()

    def _nearest(self, word: str) -> str | None:
        reach = _reach(word)
        if not reach:
            return None
        letters, best = letters_of(word), (reach + 1, True, "")
        for length in range(len(word) - reach, len(word) + reach + 1):
            for other, its in self.by_length.get(length, ()):
                # One edit adds or removes two letters at most: this spares nine tables in ten.
                if len(other) < 3 or (letters ^ its).bit_count() > 2 * reach:
                    continue
                away = distance(word, other)
                if away <= reach and (len(word) > 3 or letters == its):
                    best = min(best, (away, word[0] != other[0], other))
        return best[2] or None


def distance(one: str, other: str) -> int:
    """Edits between two words; swapping neighbours is one (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _reach(word: str) -> int:
    """How many edits a word of this length may be away: three letters only swap neighbours."""
    if not 3 <= len(word) <= _LONGEST or word.isdigit():
        return 0
    return 1 if len(word) < 7 else 2


def letters_of(word: str) -> int:
    """Its letters as a bit mask: n edits change 2 n bits at most."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
