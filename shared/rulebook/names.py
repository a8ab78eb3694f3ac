"""For what, by which law and how long a name that is kept apart may be opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shared.rulebook.reading import BrokenRulebook, keyed, read_toml, rows_of
from shared.rulebook.vocabulary import Named


@dataclass(frozen=True)
class Basis(Named):
    """A legal basis; `is_checked` says whether a lawyer has looked at it."""

    legal_basis: str
    source: str
    checked_on: date
    is_checked: bool = False


@dataclass(frozen=True)
class NameRules:
    """`answer_within` and `open_for` are limits as clocks have them ("5wd", "7d")."""

    answer_within: str
    open_for: str
    purposes: Mapping[str, Named]
    bases: Mapping[str, Basis]


def load_names(folder: Path) -> NameRules:
    """From names.toml; raises BrokenRulebook."""
    tables = read_toml(folder / "names.toml")
    limits = [tables.get(name) for name in ("answer_within", "open_for")]
    if not all(isinstance(limit, str) and limit for limit in limits):
        raise BrokenRulebook("names.toml: answer_within and open_for must be limits")
    purposes = rows_of(Named, tables.get("purpose"), "names.toml purpose")
    bases = rows_of(Basis, tables.get("basis"), "names.toml basis")
    return NameRules(
        str(limits[0]),
        str(limits[1]),
        keyed(purposes, "code", "names.toml purpose"),
        keyed(bases, "code", "names.toml basis"),
    )
