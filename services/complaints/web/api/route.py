"""POST /api/v1/route: who would handle these disclosed facts, and whom to seal to; keeps nothing.

A phone asks this once, at the last step, before it seals: 550 unit keys of 1.6 KB would be a
directory of 900 KB (ADR 15). The answer comes from the same Router that admits the complaint.
"""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from services.complaints.domain.admission import NoKeeper, NoKey, Promised, keeper_of, key_of
from services.complaints.domain.filing import UnitKey
from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.route_schemas import RouteSchema
from services.complaints.web.intake import Intake
from shared.rulebook import Disclosed, DisclosedSchema
from shared.rulebook.routing import CHOSEN, Considered, Route
from shared.rulebook.units import Units
from shared.web.audience import audience


def route_pages(intake: Intake) -> ApiBlueprint:
    """The routing question."""
    pages = ApiBlueprint("route", __name__, url_prefix="/api/v1/route")
    house, units = intake.house, intake.router.rulebook.units

    @pages.post("")
    @pages.arguments(DisclosedSchema())
    @pages.response(200, RouteSchema)
    @refuses(pages, 404, 413, 415, 422, 503)
    @audience("public")
    def ask_route(disclosed: Disclosed) -> ResponseReturnValue:
        """Who would handle it and who never sees it; only disclosed facts are asked about."""
        chosen = intake.router.choose(disclosed)
        key = _key_of(intake, chosen.unit)
        at = house.clock.now().replace(minute=0, second=0, microsecond=0)
        return jsonify(
            **_unit(units, chosen.unit),
            epoch=key.epoch,
            recipient=key.recipient,
            oversight=house.settings.oversight_recipient,
            notify=house.settings.notify_recipient,
            keeper=_keeper(units, intake, chosen),
            considered=_considered(units, chosen),
            promised=_promised(intake.router.promised(at, disclosed.region)),
        )

    return pages


def _key_of(intake: Intake, unit: str) -> UnitKey:
    """By the kept keys, and once more by fresh ones; raises NoKey."""
    try:
        return key_of(intake.keys.current(), unit)
    except NoKey:
        return key_of(intake.keys.fresh(), unit)


def _keeper(units: Units, intake: Intake, chosen: Route) -> dict[str, Any] | None:
    """Whom a name is sealed to; None while no such unit has a key."""
    try:
        keeper = keeper_of(intake.keys.current(), chosen.keepers)
    except NoKeeper:
        return None
    return {**_unit(units, keeper.unit), "epoch": keeper.epoch, "recipient": keeper.recipient}


def _unit(units: Units, id: str) -> dict[str, str]:
    unit = units.unit(id)
    return {"unit": unit.id, "name": unit.name, "kind": unit.kind}


def _considered(units: Units, chosen: Route) -> list[dict[str, str]]:
    def told(one: Considered) -> dict[str, str]:
        return {**_unit(units, one.unit), "verdict": one.verdict, "reason": one.reason}

    return [told(one) for one in chosen.considered if one.verdict != CHOSEN]


def _promised(days: Promised) -> list[dict[str, str]]:
    return [{"step": step, "by": by.isoformat()} for step, by in days]
