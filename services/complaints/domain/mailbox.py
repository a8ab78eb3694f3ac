"""What a receipt opens: the steps of a case, the dates promised, the letters."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """One step; `promised` are (clock, date) pairs, `late` marks a promise that was missed.

    `event` names what the reporter or a supervisor did where no state changed, `told` what it
    said. `missed_on` is the date that was not kept.
    """

    state: str
    on: date
    promised: tuple[tuple[str, date], ...] = ()
    late: bool = False
    event: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    missed_on: date | None = None


@dataclass(frozen=True, repr=False)
class Letter:
    """A sealed letter; "in" 0 is the complaint itself."""

    direction: str
    seq: int
    on: date
    envelope: bytes


@dataclass(frozen=True)
class Place:
    """Where one direction of letters has come to: its newest number and that envelope's hash."""

    seq: int
    sha256: str


@dataclass(frozen=True, repr=False)
class Mailbox:
    """What is in it; every field None or empty when nobody filed with this code.

    `gone` holds, by direction, the last letter of those the reporter deleted. `keepers` may keep
    the reporter's name; None where the complaint is older than that.
    """

    case: str | None = None
    unit: str | None = None
    desk: str | None = None
    steps: tuple[Step, ...] = ()
    letters: tuple[Letter, ...] = ()
    gone: Mapping[str, Place] = field(default_factory=dict)
    has_contact: bool = False
    keepers: tuple[str, ...] | None = None

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


def next_place(mailbox: Mailbox) -> Place:
    """The reporter's next letter: its number, and the hash of the envelope before it.

    Raises MailboxEmpty where not even the complaint stands.
    """
    sent, gone = mailbox.sent(), mailbox.gone.get("in")
    if sent:
        last = sent[-1]
        return Place(last.seq + 1, hashlib.sha256(last.envelope).hexdigest())
    if gone is None:
        raise MailboxEmpty("mailbox")
    return Place(gone.seq + 1, gone.sha256)


def promises_of(listed: list[dict[str, Any]]) -> tuple[tuple[str, date], ...]:
    """`[{"clock", "due_on"}]` as stored → (clock, date) pairs."""
    return tuple((p["clock"], date.fromisoformat(p["due_on"])) for p in listed)


def places_of(stored: Mapping[str, Any] | None) -> dict[str, Place]:
    """`{"in": {"seq", "sha256"}, …}` as stored → places by direction."""
    return {direction: Place(**place) for direction, place in (stored or {}).items()}


def days_late(steps: Sequence[Step], number: int, today: date) -> int | None:
    """By how many days step `number` missed its promise: until today, or until a later step
    no longer promised it. None where nothing was missed, or the date is not known."""
    step = steps[number]
    if not step.late or step.missed_on is None or not step.promised:
        return None
    clock = step.promised[0][0]
    ends = (
        later.on
        for later in steps[number + 1 :]
        if later.event is None
        and not later.late
        and clock not in {name for name, _ in later.promised}
    )
    return max((next(ends, today) - step.missed_on).days, 0)
