"""Which fact leads to which action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.complaints.actions import follow_case
from services.complaints.actions.keep_unit_key import keep_unit_key
from shared.contracts import Fact
from shared.messaging.tx import Tx

_FOLLOWED: Mapping[str, Callable[[Tx, Fact, Any], None]] = {
    "case.opened": follow_case.follow_opened,
    "case.routed": follow_case.follow_routed,
    "case.moved": follow_case.follow_moved,
    "case.rerouted": follow_case.follow_rerouted,
    "case.main_moved": follow_case.follow_main,
    "name.asked": follow_case.follow_name_asked,
    "name.answered": follow_case.follow_name_answered,
    "letter.written": follow_case.follow_letter,
    "clock.breached": follow_case.follow_breach,
    "clock.recomputed": follow_case.follow_recomputed,
    "withdrawal.decided": follow_case.follow_decided,
}


def _follow(tx: Tx, fact: Fact, _house: object) -> None:
    _FOLLOWED[fact.type](tx, fact, fact.payload)


def _keep_key(tx: Tx, fact: Fact, _house: object) -> None:
    keep_unit_key(tx, fact.payload)  # type: ignore[arg-type]


INBOUND: Mapping[str, Callable[[Tx, Fact, Any], None]] = {
    **dict.fromkeys(_FOLLOWED, _follow),
    "unit_key.published": _keep_key,
}
