"""Whether rules may be put in place: two people agreed, or an operator says aloud why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.rulebook.carrying import MOST_REASON

APPROVAL_LASTS = timedelta(days=14)
WITHOUT = (
    "rules are put in place after two administrators agreed: download the approval from the page "
    "of the proposal and pass --approval FILE, with KENTONGAN_APPROVAL_KEY as "
    "`python -m services.triage approval-key` prints it. In an emergency: --emergency REASON; "
    "the desk shows it as a change nobody approved."
)


class NotPermitted(Exception):
    """These rules may not be put in place; the message says why and what to do."""


@dataclass(frozen=True)
class Asked:
    """What the operator gave; `key` is the desk's public approval key, None when it is not set.

    `is_first`: this installation has no rules of its own yet.
    """

    approval: Path | None
    emergency: str | None
    key: str | None
    is_first: bool


def permit(asked: Asked, rules: str, in_force: str) -> dict[str, str]:
    """What is noted beside the tables; raises NotPermitted. `rules` and `in_force` are digests.

    A new installation, which has no key yet, takes its first rules before anybody could agree.
    """
    if asked.emergency is not None:
        reason = " ".join(asked.emergency.split())
        if not 10 <= len(reason) <= MOST_REASON or not reason.isprintable():
            raise NotPermitted(f"--emergency: give the reason in 10 to {MOST_REASON} letters")
        return {"way": "emergency", "reason": reason}
    if asked.approval is not None:
        return _approved(asked.approval, asked.key, rules, in_force)
    if asked.is_first and asked.key is None:
        return {"way": "first", "reason": ""}
    raise NotPermitted(WITHOUT)


def _approved(file: Path, key: str | None, rules: str, in_force: str) -> dict[str, str]:
    from shared.crypto.approval import MOST_BYTES, BadApproval, read_approval

    if key is None:
        raise NotPermitted("set KENTONGAN_APPROVAL_KEY; `python -m services.triage approval-key`")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise BadApproval
        found = read_approval(file.read_text("utf-8"), key)
    except (OSError, UnicodeDecodeError, BadApproval) as fault:
        raise NotPermitted(f"{file.name}: no approval by the desk of this key") from fault
    if found.rules != rules:
        raise NotPermitted(f"{file.name}: approves other rules than these ({found.rules[:12]}…)")
    if found.after != in_force:
        raise NotPermitted(
            f"{file.name}: was given against other rules than those in force; propose them again"
        )
    if datetime.now(UTC) - found.approved_at > APPROVAL_LASTS:
        raise NotPermitted(f"{file.name}: is older than {APPROVAL_LASTS.days} days; propose again")
    people = f"{found.proposed_by}, {found.approved_by}"
    return {"way": "approved", "people": people, "reason": found.reason}
