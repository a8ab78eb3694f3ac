"""What a supervisor may really do about each case of a table: remind, excuse, hand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy.engine import Connection

from services.triage.actions.remind_holder import today_of
from services.triage.domain.lifecycle import moves_from
from services.triage.store.acting import Standing, standings_of
from services.triage.store.cases import Case
from services.triage.store.people import Person


@dataclass(frozen=True)
class Act:
    """A link to the page where it is done; words alone where there is nothing left to do."""

    name: str
    to: str = ""


def acts(
    connection: Connection, who: Person, cases: Sequence[Case], now: datetime
) -> dict[str, list[Act]]:
    """Case → acts, in one question for the whole table; none that its page would refuse."""
    found = standings_of(connection, [one.id for one in cases])
    return {one.id: list(_of(one, found[one.id], who, now)) for one in cases}


def _of(one: Case, how: Standing, who: Person, now: datetime) -> Iterator[Act]:
    page = f"/kasus/{one.number}"
    if how.is_held:
        is_reminded = how.reminded_at is not None and how.reminded_at >= today_of(one, now)
        if is_reminded:
            yield Act(gettext("Sudah diingatkan hari ini"))
        else:
            yield Act(gettext("Ingatkan"), f"{page}#tenggat")
    if how.missed and one.holder != who.name:
        yield Act(gettext("Maklumi"), f"{page}/alasan-terlambat")
    states = {move.to_state for move in moves_from(one.state, who.role)}
    if "assigned" in states:
        name = gettext("Serahkan") if one.holder else gettext("Tugaskan")
        yield Act(name, f"{page}/pindah?ke=assigned")
    elif states:
        yield Act(gettext("Ubah status"), f"{page}/pindah")
