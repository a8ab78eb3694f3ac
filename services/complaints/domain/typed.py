"""The words of a form as they came, and the region they point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.rulebook.regions import contains, cut, level_of
from shared.rulebook.rulebook import Rulebook


@dataclass(frozen=True, repr=False)
class Typed:
    """The words of a form as they came: one text a name, and lists for check boxes."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]

    def word(self, name: str) -> str:
        """The text under `name`, line ends as one LF, "" when there is none."""
        return self.one.get(name, "").replace("\r\n", "\n").strip()

    def words(self, name: str) -> tuple[str, ...]:
        """All texts under `name`."""
        return self.many.get(name, ())


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
