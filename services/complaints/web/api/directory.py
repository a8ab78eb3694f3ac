"""GET /api/v1/directory: whom to seal to and what to choose from."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from services.complaints.actions.directory import UnitKeys
from services.complaints.web.api.directory_schemas import (
    DirectorySchema,
    RegionsSchema,
    WithinSchema,
)
from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.refusals import refuses
from shared.crypto import record
from shared.rulebook import Rulebook
from shared.rulebook.regions import Region
from shared.runtime.blobs import PART_BYTES
from shared.service import House
from shared.web.audience import audience
from shared.web.i18n import LANGUAGES, asker_language

MOST_FILES = 5
_LEVELS = {"province", "regency"}


def directory_pages(house: House, keys: UnitKeys) -> ApiBlueprint:
    """The directory's routes."""
    pages = ApiBlueprint("directory", __name__, url_prefix="/api/v1/directory")
    rulebook: Rulebook = house.rulebook
    lists = {language.code: _lists(rulebook, language.code) for language in LANGUAGES}

    @pages.get("")
    @pages.response(200, DirectorySchema)
    @refuses(pages, 503)
    @audience("public")
    def directory() -> ResponseReturnValue:
        """Units with their public keys, services, offices, provinces and regencies."""
        settings = house.settings
        return jsonify(
            deployment=settings.deployment,
            oversight=settings.oversight_recipient,
            triage=settings.triage_recipient,
            notify=settings.notify_recipient,
            units=_units(rulebook, keys),
            limits={
                "body": 2 << 20,
                "part": PART_BYTES,
                "files": MOST_FILES,
                "record_classes": list(record.CLASSES),
            },
            **lists[asker_language()],
        )

    @pages.get("/regions")
    @pages.arguments(WithinSchema, location="query")
    @pages.response(200, RegionsSchema)
    @refuses(pages, 404, 422)
    @audience("public")
    def regions(asked: dict[str, str]) -> ResponseReturnValue:
        """What lies directly inside a region."""
        return jsonify(regions=[_region(r) for r in rulebook.regions.children(asked["within"])])

    return pages


def _units(rulebook: Rulebook, keys: UnitKeys) -> list[dict[str, Any]]:
    listed = []
    for id, key in keys.current().items():
        unit = rulebook.units.by_id.get(id)
        if unit is None:
            continue
        listed.append(
            {
                "id": id,
                "name": unit.name,
                "kind": unit.kind,
                "keeps_names": unit.keeps_names,
                "region": unit.region,
                "epoch": key.epoch,
                "recipient": key.recipient,
            }
        )
    return listed


def _lists(rulebook: Rulebook, language: str) -> dict[str, Any]:
    return {
        "rulebook": rulebook.version,
        "services": [
            {"code": s.code, "name": s.in_language(language), "need": s.need}
            for s in rulebook.services.values()
        ],
        "offices": [
            {"kind": o.code, "name": o.in_language(language), "sector": o.sector}
            for o in rulebook.offices.values()
        ],
        "regions": [_region(r) for r in rulebook.regions.by_code.values() if r.level in _LEVELS],
    }


def _region(region: Region) -> dict[str, str]:
    return {"code": region.code, "name": region.name, "zone": region.zone}
