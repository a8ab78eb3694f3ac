"""Take in that a reporter wants to withdraw, or goes on after all."""

from __future__ import annotations

from typing import Any

from services.triage.store.cases import case_by_id, change_case
from services.triage.store.merges import main_of
from services.triage.store.reporting import (
    OPEN,
    Withdrawal,
    add_withdrawal,
    end_withdrawal,
    last_withdrawal,
)
from shared.contracts.fact import Fact
from shared.crypto.unseal import open_json
from shared.messaging.inbox import NotYet
from shared.messaging.tx import Tx
from shared.runtime.errors import Refused

PRESSED = ("yes", "no", "unsaid")
RETALIATION = "retaliation"  # domain.md, Urgency: after filing, raises to P1


class MalformedWithdrawal(Refused):
    """Permintaan mencabut laporan tidak terbaca. Periksa versi layanan pengirim."""

    code = "malformed_withdrawal"


def receive_withdrawal(tx: Tx, identity: str, fact: Fact, nth: int) -> None:
    """Keep the wish; the case goes on. A reporter who is pressed makes it a P1, or the main case
    with which it is worked.

    Raises NotYet before the case, MalformedWithdrawal.
    """
    one = case_by_id(tx.connection, fact.subject) if fact.subject else None
    if one is None:
        raise NotYet
    pressed = _pressed(open_json(fact.parts["disclosed"], identity))
    if not add_withdrawal(tx.connection, Withdrawal(one.id, nth, pressed, fact.at)):
        return
    worked = main_of(tx.connection, one)
    if pressed == "yes" and worked.state in OPEN and RETALIATION not in worked.raises:
        change_case(tx.connection, worked, priority="P1", raises=[*worked.raises, RETALIATION])


def take_back_withdrawal(tx: Tx, fact: Fact, nth: int) -> None:
    """The reporter goes on after all; too late when it is decided. Raises NotYet."""
    found = last_withdrawal(tx.connection, fact.subject) if fact.subject else None
    if found is None or found.round < nth:
        raise NotYet
    if found.round == nth:
        end_withdrawal(tx.connection, found, ended="taken_back", at=fact.at, by=None, reason="")


def _pressed(content: Any) -> str:
    pressed = content.get("pressed") if isinstance(content, dict) else None
    if pressed not in PRESSED:
        raise MalformedWithdrawal("disclosed")
    return str(pressed)
