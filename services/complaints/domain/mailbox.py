"""What a receipt opens: the steps of a case, the dates promised, the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.runtime.errors import Conflict


class MailboxEmpty(Conflict):
    """Kotak ini masih kosong, jadi belum ada yang dapat dibalas. Periksa kode Anda."""

    code = "mailbox_empty"


class WrongSeq(Conflict):
    """Surat berikutnya harus bernomor %(expected)s. Muat ulang kotak surat, lalu kirim lagi."""

    code = "wrong_seq"


@dataclass(frozen=True)
class Step:
    """One step; `promised` are (clock, date) pairs, `late` marks a promise that was missed."""

    state: str
    on: date
    promised: tuple[tuple[str, date], ...]
    late: bool


@dataclass(frozen=True, repr=False)
class Letter:
    """A sealed letter; "in" 0 is the complaint itself."""

    direction: str
    seq: int
    on: date
    envelope: bytes


@dataclass(frozen=True, repr=False)
class Mailbox:
    """What is in it; every field None or empty when nobody filed with this code."""

    case: str | None = None
    unit: str | None = None
    desk: str | None = None
    steps: tuple[Step, ...] = ()
    letters: tuple[Letter, ...] = ()

    @property
    def status(self) -> str | None:
        """The state of the newest step."""
        return self.steps[-1].state if self.steps else None

    def sent(self) -> tuple[Letter, ...]:
        """What the reporter wrote, in order."""
        return tuple(letter for letter in self.letters if letter.direction == "in")


EMPTY = Mailbox()


def expected_seq(last: int | None) -> int:
    """The number of the reporter's next letter when `last` was the newest one kept (None: none)."""
    return 1 if last is None else last + 1


def promises_of(listed: list[dict[str, Any]]) -> tuple[tuple[str, date], ...]:
    """`[{"clock", "due_on"}]` as stored → (clock, date) pairs."""
    return tuple((p["clock"], date.fromisoformat(p["due_on"])) for p in listed)
