"""Turns everyday speech into the words the price table is searched by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.rulebook.spelling import Spelling, words_of
from shared.rulebook.wording import Wording

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A word to search by, how it was said, and whether it was spelt as we know it."""

    word: str
    said: str
    is_exact: bool


@dataclass(frozen=True)
class Understood:
    """`money` names no tariff knows ("uang pelicin"); `read_as` mistyped words, as read."""

    wanted: tuple[Wanted, ...]
    money: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...]


class Speech:
    """What search_words.toml says, beside the `further` words that are known."""

    def __init__(self, wording: Wording, further: Iterable[str]) -> None:
        self._filler = frozenset(_phrase(text) for text in wording.filler)
        self._money = frozenset(_phrase(text) for slang in wording.money for text in slang.says)
        self._means: Mapping[Phrase, Phrase] = {
            _phrase(text): slang.words for slang in wording.means for text in slang.says
        }
        known = (*self._filler, *self._money, *self._means, *self._means.values())
        self._longest = max(len(phrase) for phrase in known)
        self._spelling = Spelling.of([*further, *(word for phrase in known for word in phrase)])

    def understand(self, text: str) -> Understood:
        """The longest known phrase at every place decides what its words are."""
        words, read_as = self._spell(words_of(text))
        wanted: dict[str, Wanted] = {}
        money: dict[str, None] = {}
        at = 0
        while at < len(words):
            phrase = self._phrase_at([word for word, _ in words[at : at + self._longest]])
            here = words[at : at + len(phrase)]
            said = " ".join(dict.fromkeys(typed for _, typed in here))
            is_exact = all(word == typed for word, typed in here)
            at += len(phrase)
            if phrase in self._money:
                money[" ".join(phrase)] = None
            elif phrase not in self._filler:
                for word in self._means.get(phrase, phrase):
                    wanted.setdefault(word, Wanted(word, said, is_exact))
        return Understood(tuple(wanted.values()), tuple(money), tuple(read_as.items()))

    def _spell(self, typed: list[str]) -> tuple[list[tuple[str, str]], dict[str, str]]:
        """(word, as typed) for every word, and what mistyped ones were taken for."""
        words: list[tuple[str, str]] = []
        read_as: dict[str, str] = {}
        for word in typed:
            found = self._spelling.read(word) or (word,)
            words += [(one, word) for one in found]
            if not word.startswith(found[0]):
                read_as[word] = found[0]
        return words, read_as

    def _phrase_at(self, words: list[str]) -> Phrase:
        for length in range(len(words), 0, -1):
            phrase = tuple(words[:length])
            if phrase in self._means or phrase in self._money or phrase in self._filler:
                return phrase
        return (words[0],)


def _phrase(text: str) -> Phrase:
    return tuple(words_of(text))
