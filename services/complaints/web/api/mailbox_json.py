"""The mailbox as the API tells it."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from services.complaints.actions.directory import UnitKeys
from services.complaints.domain.deeds import deeds_of
from services.complaints.domain.mailbox import Mailbox, Place, Step, days_late


def as_json(mailbox: Mailbox, keys: UnitKeys, today: date) -> dict[str, Any]:
    """The shape of MailboxSchema."""
    key = keys.current().get(mailbox.unit) if mailbox.unit else None
    deeds = deeds_of(mailbox, today)
    return {
        "status": mailbox.status,
        "desk": mailbox.desk,
        "case": mailbox.case,
        "unit": mailbox.unit,
        "epoch": key.epoch if key else None,
        "keepers": None if mailbox.keepers is None else list(mailbox.keepers),
        "steps": [_step(mailbox, number, today) for number in range(len(mailbox.steps))],
        "letters": [
            {
                "direction": letter.direction,
                "seq": letter.seq,
                "on": letter.on.isoformat(),
                "envelope": base64.b64encode(letter.envelope).decode("ascii"),
            }
            for letter in mailbox.letters
        ],
        "gone": {way: _place(mailbox.gone.get(way)) for way in ("in", "out")},
        "may": list(deeds.may),
        "withdrawal_round": deeds.withdrawal_round,
        "result_round": deeds.result_round,
        "object_until": deeds.object_until and deeds.object_until.isoformat(),
    }


def _step(mailbox: Mailbox, number: int, today: date) -> dict[str, Any]:
    step = mailbox.steps[number]
    return {
        "state": step.state,
        "on": step.on.isoformat(),
        "promised": [{"clock": c, "due_on": d.isoformat()} for c, d in step.promised],
        "late": step.late,
        "days_late": days_late(mailbox.steps, number, today),
        "event": step.event,
        "is_solved": step.told.get("is_solved"),
        "stars": step.told.get("stars"),
        "main_state": step.told.get("state"),
        "name": _name(step),
    }


def _name(step: Step) -> dict[str, Any] | None:
    """For what, by what and whom the reporter's name was asked for."""
    if "purpose" not in step.told:
        return None
    told = {name: step.told[name] for name in ("purpose", "basis", "desk", "keeper")}
    return {**told, "until": step.told.get("until")}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"seq": place.seq, "sha256": place.sha256}
