"""What the desk's frame shows on every page: who is signed in, and how codes are called."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from services.triage.web import words
from shared.service import House
from shared.web.words import long_date


def teach_shell(pages: Blueprint, house: House) -> None:
    """Give every template `me` and the filters `state`, `reason`, `when` and more."""
    for name, table in (
        ("reason", words.REASONS),
        ("component", words.COMPONENTS),
        ("role", words.ROLES),
        ("handover", words.HANDOVERS),
    ):
        pages.add_app_template_filter(lambda code, table=table: words.word(table, code), name)
    pages.add_app_template_filter(lambda code: words.states()[code], "state")
    pages.add_app_template_filter(words.short_time, "when")
    pages.add_app_template_filter(long_date, "day")

    @pages.app_context_processor
    def shell() -> dict[str, Any]:
        who = g.get("person")
        unit = house.rulebook.units.by_id.get(who.unit) if who else None
        return {
            "me": who,
            "my_unit": unit.name if unit else "",
            "keeps_names": bool(unit and unit.keeps_names),
            "initials": "".join(part[0] for part in who.title.split()[:2]) if who else "",
            "states": words.states(),
            "priorities": words.PRIORITIES,
            "demand": g.get("demand"),
        }
