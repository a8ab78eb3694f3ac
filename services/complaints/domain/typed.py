"""The words of a form as they came, and the region they point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.rulebook.regions import contains, cut, level_of
from shared.rulebook.rulebook import Rulebook


@dataclass(frozen=True, repr=False)
class Typed:
    """The words of a form as they came: one text a name, and lists for check boxes."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, many: Mapping[str, Sequence[str]]) -> Typed:
        """From every text under each name; the first is the one."""
        lists = {name: tuple(texts) for name, texts in many.items() if texts}
        return cls({name: texts[0] for name, texts in lists.items()}, lists)

    def word(self, name: str) -> str:
        """The text under `name`, line ends as one LF, "" when there is none."""
        return self.one.get(name, "").replace("\r\n", "\n").strip()

    def words(self, name: str) -> tuple[str, ...]:
        """All texts under `name`, each once; a list left on its empty line says nothing."""
        return tuple(dict.fromkeys(text for text in self.many.get(name, ()) if text))


def region_of(rulebook: Rulebook, typed: Typed) -> str:
    """The chosen region's code, "" when none: a search hit, else the deepest list that agrees."""
    known = rulebook.regions.by_code
    if typed.word("found") in known:
        return typed.word("found")
    chosen = ""
    for level, name in enumerate(("province", "regency", "district"), start=1):
        code = typed.word(name)
        agrees = not chosen or contains(chosen, code)
        if code in known and level_of(code) == level and agrees and (chosen or level == 1):
            chosen = code
        else:
            break
    return chosen


def chain_of(region: str) -> tuple[str, str, str]:
    """Province, regency and district of a code, "" where it is not that deep."""
    depth = level_of(region) if region else 0
    return (
        cut(region, 1) if depth >= 1 else "",
        cut(region, 2) if depth >= 2 else "",
        region if depth == 3 else "",
    )
