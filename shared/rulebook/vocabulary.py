"""The closed lists people choose from: needs, services, offices, codes of disclosed facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shared.rulebook.reading import keyed, read_toml, rows_of
from shared.rulebook.regions import LEVELS, cut, level_of

Language = Literal["id", "en"]


@dataclass(frozen=True)
class Named:
    """`name` is Indonesian, `name_en` English; `in_language` picks, Indonesian for any other."""

    code: str
    name: str
    name_en: str

    def in_language(self, language: str) -> str:
        return self.name_en if language == "en" else self.name


@dataclass(frozen=True)
class Choice(Named):
    """One code of a disclosed fact; `value` is its weight, in the unit codes.toml states."""

    value: int = 0


@dataclass(frozen=True)
class Need(Named):
    """One of the twelve cards on the front page."""

    hint: str
    hint_en: str

    def hint_in(self, language: str) -> str:
        return self.hint_en if language == "en" else self.hint


@dataclass(frozen=True)
class ServiceKind(Named):
    """What the citizen was after; `offices` are the office kinds to offer first."""

    need: str
    essential: bool
    offices: tuple[str, ...]


@dataclass(frozen=True)
class OfficeKind(Named):
    """A kind of office; `head` "" means nobody knows who commands it."""

    sector: str
    head: str
    seat: str
    small: bool
    sector_province: str = ""
    head_province: str = ""

    def seat_in(self, region: str) -> str:
        """The region the office answers for: "32.03.12" → "32.03" when its seat is a regency."""
        return cut(region, LEVELS.index(self.seat))

    def sector_in(self, region: str) -> str:
        return self.sector_province if self._provincial(region) else self.sector

    def head_in(self, region: str) -> str:
        """Role and place of who commands it: "camat:32.03.12"; "" when unknown."""
        provincial = self.head_province and self._provincial(region)
        role = self.head_province if provincial else self.head
        return f"{role}:{self.seat_in(region)}" if role else ""

    def _provincial(self, region: str) -> bool:
        return bool(self.sector_province) and level_of(region) <= 1


CODE_LISTS = ("frequency", "victims", "vulnerable", "coercion", "timing", "evidence")


@dataclass(frozen=True)
class Vocabulary:
    """Every mapping is keyed by code and keeps the file's order; `codes` is keyed by list first."""

    needs: Mapping[str, Need]
    services: Mapping[str, ServiceKind]
    offices: Mapping[str, OfficeKind]
    codes: Mapping[str, Mapping[str, Choice]]


def load_vocabulary(folder: Path) -> Vocabulary:
    """Raises BrokenRulebook."""
    codes = read_toml(folder / "codes.toml")
    needs = rows_of(Need, read_toml(folder / "needs.toml").get("need"), "needs.toml")
    services = rows_of(
        ServiceKind, read_toml(folder / "services.toml").get("service"), "services.toml"
    )
    offices = rows_of(OfficeKind, read_toml(folder / "offices.toml").get("office"), "offices.toml")
    return Vocabulary(
        needs=keyed(needs, "code", "needs.toml"),
        services=keyed(services, "code", "services.toml"),
        offices=keyed(offices, "code", "offices.toml"),
        codes={
            name: keyed(rows_of(Choice, codes.get(name), f"codes.toml {name}"), "code", name)
            for name in CODE_LISTS
        },
    )
