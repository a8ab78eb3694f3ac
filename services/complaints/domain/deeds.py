"""What a reporter may do from the mailbox, besides writing, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.complaints.domain.mailbox import Mailbox, Step
from shared.rulebook.regions import zone_info
from shared.runtime.errors import Conflict

MAY = ("withdraw", "take_back", "rate", "object", "contact", "delete")
PRESSED = ("yes", "no", "unsaid")
MOST_STARS = 5
# As triage's lifecycle counts them: everything else is open (a test compares the two).
MERGED = "merged"
ENDED = frozenset({"closed", MERGED, "rejected"})
RESULT, RESPONSE = "reporter_response", "response"  # the state, and the clock that runs in it
ASKED, TAKEN_BACK = "withdrawal_asked", "withdrawal_taken_back"
CONFIRMED, REFUSED = "withdrawal_confirmed", "withdrawal_refused"
RECOMPUTED = "clock_recomputed"  # another date, because the calendar changed
MAIN_MOVED = "main_moved"  # of the case this one is worked together with
NAME_ASKED = "name_asked"  # and name_agreed, name_refused, name_expired: what became of it
REROUTED, OVERRIDDEN = "rerouted", "exclusion_overridden"
WITHDRAWAL = (ASKED, TAKEN_BACK, CONFIRMED, REFUSED)
RATED, OBJECTED, CONTACT_LEFT, DELETED = (
    "result_rated",
    "result_objected",
    "contact_left",
    "letters_deleted",
)


class NotWithdrawable(Conflict):
    """Laporan ini sudah selesai, atau pencabutannya sedang diperiksa. Muat ulang kotak surat."""

    code = "not_withdrawable"


class NothingToTakeBack(Conflict):
    """Tidak ada pencabutan yang menunggu. Muat ulang kotak surat untuk melihat keadaannya."""

    code = "nothing_to_take_back"


class NotRateable(Conflict):
    """Penilaian dibuka setelah hasil disampaikan, satu kali untuk tiap hasil."""

    code = "not_rateable"


class TooLateToObject(Conflict):
    """Keberatan diterima satu kali untuk tiap hasil, sampai tanggal yang dijanjikan."""

    code = "too_late_to_object"


class ContactStands(Conflict):
    """Alamat sudah pernah Anda tinggalkan. Alamat itu tetap dipakai."""

    code = "contact_stands"


@dataclass(frozen=True)
class Deeds:
    """What is possible now; the rounds number what is done, so that the same thing twice is one."""

    withdrawal_round: int
    result_round: int
    object_until: date | None
    may: tuple[str, ...]


def today_at(now: datetime) -> date:
    """The day by which promises are kept or missed here: the public site does not know where a
    case is, so it counts by Jakarta, the last zone to end a day."""
    return now.astimezone(zone_info("WIB")).date()


def deeds_of(mailbox: Mailbox, today: date) -> Deeds:
    """`may` holds those of MAY that are possible."""
    steps, standing = mailbox.steps, standing_of(mailbox)
    is_open = standing not in ENDED
    asked = sum(step.event == ASKED for step in steps)
    told, until = result_round(steps), object_until(steps)
    is_withdrawn = mailbox.status == "closed" and _last_withdrawal(steps) == CONFIRMED
    has_result = standing in (RESULT, "closed") and not is_withdrawn
    could = {
        "withdraw": is_open and not is_pending(steps),
        "take_back": is_open and is_pending(steps),
        "rate": has_result and not has_done(steps, RATED, told),
        "object": has_result
        and until is not None
        and today <= until
        and not has_done(steps, OBJECTED, told),
        "contact": not mailbox.has_contact,
        "delete": bool(mailbox.letters),
    }
    may = tuple(name for name, can in could.items() if can) if mailbox.status else ()
    return Deeds(asked, told, until if "object" in may else None, may)


def standing_of(mailbox: Mailbox) -> str | None:
    """The state of the work on it: where it is done together with other reports, of that work."""
    if mailbox.status != MERGED:
        return mailbox.status
    joint = [step.told["state"] for step in mailbox.steps if step.event == MAIN_MOVED]
    return str(joint[-1]) if joint else MERGED


def is_pending(steps: Sequence[Step]) -> bool:
    """Whether a withdrawal waits for a supervisor."""
    return _last_withdrawal(steps) == ASKED


def result_round(steps: Sequence[Step]) -> int:
    """How many results the reporter was told."""
    return sum(tells_result(step) for step in steps)


def object_until(steps: Sequence[Step]) -> date | None:
    """The last day to object to the newest result; None when there is none."""
    told = [step for step in steps if tells_result(step)]
    return dict(told[-1].promised).get(RESPONSE) if told else None


def tells_result(step: Step) -> bool:
    """Whether a result was told by this step, of this report's own case or of the joint work.

    As triage counts them (actions/receive_judgement.py).
    """
    if step.event == MAIN_MOVED:
        return step.told.get("state") == RESULT
    return step.state == RESULT and is_move(step)


def has_done(steps: Sequence[Step], event: str, nth: int) -> bool:
    """Whether `event` stands for this round already."""
    return any(step.event == event and step.told.get("round") == nth for step in steps)


def _last_withdrawal(steps: Sequence[Step]) -> str | None:
    of = [step.event for step in steps if step.event in WITHDRAWAL]
    return of[-1] if of else None


def is_move(step: Step) -> bool:
    """Whether the case came into a state by this step."""
    return step.event is None and not step.late
