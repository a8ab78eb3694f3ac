"""A complaint as it is handed in, and what the sender is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.crypto.keeping import Keeper
from shared.rulebook.disclosed import Disclosed


@dataclass(frozen=True)
class UnitKey:
    """A unit's current public key."""

    epoch: int
    recipient: str

    def keeping(self, unit: str) -> Keeper:
        """The key as a name is sealed to it."""
        return Keeper(unit, self.epoch, self.recipient)


@dataclass(frozen=True)
class Evidence:
    """A sealed file uploaded before: `name` 32 hex digits, `size` and `sha256` of sealed bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Filing:
    """Everything a sender hands in; the service keeps none of `disclosed` but sealed.

    `lookup` 16 bytes finds the mailbox, `sign` is its Ed25519 public key, `box` the recipient that
    letters are sealed to. `envelope` opens to the unit, oversight and the reporter; `contact` only
    to notify. `digest` recognises the same filing sent twice.
    """

    case: str
    lookup: bytes
    sign: bytes
    box: str
    unit: str
    epoch: int
    events_key: bytes
    disclosed: Disclosed
    envelope: bytes
    contact: bytes | None
    lang: str
    evidence: tuple[Evidence, ...]
    digest: bytes


@dataclass(frozen=True)
class Answer:
    """What the sender is told: `promised` (clock, local date), `desk` the kind of unit that
    handles it, `excluded` how many units were passed over because of a conflict. `keepers`, which
    nobody is told, may keep the reporter's name."""

    case: str
    promised: tuple[tuple[str, date], ...]
    desk: str
    excluded: int
    keepers: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{"case", "promised": [{"step", "by"}], "desk", "excluded"}`."""
        promised = [{"step": step, "by": by.isoformat()} for step, by in self.promised]
        return {
            "case": self.case,
            "promised": promised,
            "desk": self.desk,
            "excluded": self.excluded,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Answer:
        """The way back."""
        promised = tuple((p["step"], date.fromisoformat(p["by"])) for p in told["promised"])
        return cls(told["case"], promised, told["desk"], told["excluded"])
