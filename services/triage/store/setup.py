"""How the desk is set up: who works where, which units hold a key, what waits for two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.epochs import KeyStanding
from services.triage.store.cases import may_see
from services.triage.store.factors import Reset, person_reset
from services.triage.store.people import READERS, Person
from services.triage.store.rejections import rejection
from services.triage.store.reroutes import override
from services.triage.store.rulebooks import WAITING, proposal
from services.triage.store.tables import case, person, unit_key
from services.triage.store.unit_keys import members_digest


@dataclass(frozen=True)
class Waits:
    """Something that waits for a second person: what it is about, who asked, why and when."""

    about: str
    by: str
    reason: str
    asked_at: datetime


def people_by_role(connection: Connection, units: Sequence[str]) -> dict[str, dict[str, int]]:
    """Unit → role → how many work there."""
    query = (
        sa.select(person.c.unit, person.c.role, sa.func.count())
        .where(person.c.removed_at.is_(None), person.c.unit.in_(units))
        .group_by(person.c.unit, person.c.role)
    )
    found: dict[str, dict[str, int]] = {}
    for unit, role, count in connection.execute(query):
        found.setdefault(unit, {})[role] = count
    return found


def key_standings(connection: Connection, units: Sequence[str]) -> dict[str, KeyStanding]:
    """Unit → its newest key and who should hold it; in two statements, however many units."""
    readers = sa.select(person.c.unit, person.c.recipient).where(
        person.c.unit.in_(units),
        person.c.role.in_(READERS),
        person.c.recipient != "",
        person.c.removed_at.is_(None),
    )
    holders: dict[str, list[str]] = {}
    for unit, recipient in connection.execute(readers):
        holders.setdefault(unit, []).append(recipient)
    newest = sa.select(unit_key.c.unit, sa.func.max(unit_key.c.epoch).label("epoch"))
    last = newest.where(unit_key.c.unit.in_(units)).group_by(unit_key.c.unit).subquery()
    is_last = sa.and_(unit_key.c.unit == last.c.unit, unit_key.c.epoch == last.c.epoch)
    columns = (unit_key.c.unit, unit_key.c.epoch, unit_key.c.published_at, unit_key.c.members)
    keys = connection.execute(sa.select(*columns).join(last, is_last))
    held = {row.unit: (row.epoch, row.published_at, row.members) for row in keys}
    return {
        unit: KeyStanding(
            unit, *held.get(unit, (0, None, None)), members_digest(holders.get(unit, []))
        )
        for unit in units
    }


def overrides_waiting(connection: Connection, who: Person) -> list[Waits]:
    """Wishes to override a reporter's exclusion that this person may decide."""
    return _of_cases(connection, who, override)


def rejections_waiting(connection: Connection, who: Person) -> list[Waits]:
    """Wishes to reject as a false report that this person may decide."""
    return _of_cases(connection, who, rejection, case.c.version == rejection.c.version)


def resets_waiting(
    connection: Connection, who: Person, units: Sequence[str], since: datetime
) -> list[Waits]:
    """Enrolments anew that another key officer asked for since then; never one's own."""
    query = (
        sa.select(person_reset)
        .join(person, person.c.name == person_reset.c.person)
        .where(
            person.c.unit.in_(units),
            person.c.name != who.name,
            person_reset.c.by != who.name,
            person_reset.c.asked_at >= since,
        )
        .order_by(person_reset.c.asked_at)
    )
    found = [Reset(**row._mapping) for row in connection.execute(query)]
    return [Waits(one.person, one.by, one.reason, one.asked_at) for one in found]


def proposals_waiting(connection: Connection, who: Person, since: datetime) -> list[Waits]:
    """Other rules another administrator proposed since then."""
    columns = (proposal.c.number, proposal.c.by, proposal.c.reason, proposal.c.at)
    query = sa.select(*columns).where(
        proposal.c.state == WAITING, proposal.c.by != who.name, proposal.c.at >= since
    )
    rows = connection.execute(query.order_by(proposal.c.at))
    return [Waits(str(row.number), row.by, row.reason, row.at) for row in rows]


def _of_cases(
    connection: Connection, who: Person, table: sa.Table, *more: sa.ColumnElement[bool]
) -> list[Waits]:
    query = (
        sa.select(case.c.number, table.c.asked_by, table.c.reason, table.c.asked_at)
        .join(case, case.c.id == table.c.case)
        .where(table.c.ended.is_(None), table.c.asked_by != who.name, may_see(who), *more)
        .order_by(table.c.asked_at)
    )
    return [Waits(*row) for row in connection.execute(query)]
