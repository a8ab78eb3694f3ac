"""/menunggu: everything that waits for a second person, of what the asker may decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.engine import Connection

from services.triage.actions import propose_rules, reset_person
from services.triage.actions.invite_person import reach
from services.triage.store.people import (
    ADMINISTRATOR,
    AUDITOR,
    CASELESS,
    KEY_OFFICER,
    Person,
    titles_of,
)
from services.triage.store.setup import (
    Waits,
    overrides_waiting,
    proposals_waiting,
    rejections_waiting,
    resets_waiting,
)
from services.triage.web.guard import asker
from services.triage.web.zones import zone_of
from shared.service import House
from shared.web.audience import audience


@dataclass(frozen=True)
class Group:
    """What waits, of one kind; each leads to its own page."""

    name: str
    rows: list[tuple[Waits, str]]


def waiting_pages(house: House) -> Blueprint:
    """GET /menunggu."""
    pages = Blueprint("waiting", __name__)

    @pages.get("/menunggu")
    @audience("staff")
    def show() -> ResponseReturnValue:
        who = asker()
        with house.database.read() as connection:
            groups = _groups(house, connection, who)
            names = {waits.by for group in groups for waits, _ in group.rows}
            titles = titles_of(connection, names)
        return render_template(
            "triage/menunggu.html",
            groups=[group for group in groups if group.rows],
            titles=titles,
            zone=zone_of(house, who.unit),
        )

    return pages


def _groups(house: House, connection: Connection, who: Person) -> list[Group]:
    now = house.clock.now()
    if who.role == KEY_OFFICER:
        units = reach(house.rulebook, who)
        found = resets_waiting(connection, who, units, now - reset_person.WAITS)
        return [_group(gettext("Daftar ulang"), found, "/orang/{}")]
    if who.role == ADMINISTRATOR:
        found = proposals_waiting(connection, who, now - propose_rules.WAITS)
        return [_group(gettext("Usulan perubahan aturan"), found, "/aturan/usulan/{}")]
    if who.role == AUDITOR or who.role in CASELESS:
        return []
    overrides, rejections = overrides_waiting(connection, who), rejections_waiting(connection, who)
    return [
        _group(gettext("Mengesampingkan pengecualian"), overrides, "/kasus/{}/alih/setuju"),
        _group(gettext("Menolak sebagai laporan palsu"), rejections, "/kasus/{}/palsu"),
    ]


def _group(name: Any, found: list[Waits], page: str) -> Group:
    return Group(str(name), [(one, page.format(one.about)) for one in found])
