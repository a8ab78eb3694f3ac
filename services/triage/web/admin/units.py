"""/pengaturan and /pengaturan/unit: what can be set up here, and which units cannot receive yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.triage.actions.invite_person import reach
from services.triage.domain.epochs import EPOCH_LASTS, KeyStanding, need_of
from services.triage.store.people import ADMINISTRATOR, AUDITOR, KEY_OFFICER, READERS
from services.triage.store.setup import key_standings, people_by_role
from services.triage.web.guard import asker
from services.triage.web.words import language
from shared.rulebook import Rulebook
from shared.rulebook.units import Unit
from shared.service import House
from shared.web.audience import audience

EVERYWHERE = (ADMINISTRATOR, AUDITOR)  # who looks at the units of the whole tree


@dataclass(frozen=True)
class Row:
    """A unit; `depth` is how far below the top of the list it stands, `need` why it needs a key,
    `readers` how many may open stories."""

    unit: Unit
    kind: str
    depth: int
    people: int
    readers: int
    key: KeyStanding
    need: str

    @property
    def lacks(self) -> str:
        """What keeps it from receiving: "people", "key" or nothing."""
        if not self.readers:
            return "people"
        return "key" if self.need == "no_key" else ""


def setup_pages(house: House) -> Blueprint:
    """GET /pengaturan and /pengaturan/unit."""
    pages = Blueprint("setup", __name__)

    @pages.get("/pengaturan")
    @audience(KEY_OFFICER, ADMINISTRATOR, AUDITOR)
    def contents() -> ResponseReturnValue:
        return render_template("triage/pengaturan.html", version=house.rulebook.version)

    @pages.get("/pengaturan/unit")
    @audience(KEY_OFFICER, ADMINISTRATOR, AUDITOR)
    def units() -> ResponseReturnValue:
        who, rules = asker(), house.rulebook
        mine = tuple(rules.units.by_id) if who.role in EVERYWHERE else reach(rules, who)
        with house.database.read() as connection:
            people = people_by_role(connection, mine)
            keys = key_standings(connection, mine)
        now = house.clock.now()
        rows = [_row(rules, rules.units.by_id[one], people.get(one, {}), keys[one], now)
                for one in mine]  # fmt: skip
        return render_template(
            "triage/pengaturan-unit.html",
            rows=rows,
            lacking=[row for row in rows if row.lacks],
            names=rules.units.by_id,
            days=EPOCH_LASTS.days,
        )

    return pages


def _row(
    rules: Rulebook, one: Unit, people: dict[str, int], key: KeyStanding, now: datetime
) -> Row:
    readers = sum(people.get(role, 0) for role in READERS)
    kind = rules.units.kinds[one.kind].in_language(language())
    above = len(rules.units.above(one.id))
    return Row(one, kind, above, sum(people.values()), readers, key, need_of(key, now))
