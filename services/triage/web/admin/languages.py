"""/pengaturan/bahasa: which languages this desk speaks, how wholly, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.triage.store.people import ADMINISTRATOR, AUDITOR, KEY_OFFICER
from shared.service import House
from shared.web.audience import audience
from shared.web.i18n import LANGUAGES, SHARED_LOCALE, Language

_OWN = Path(__file__).parents[2] / "locale"


@dataclass(frozen=True)
class Spoken:
    """A language, and how many of the desk's `every` sentences it has."""

    language: Language
    said: int
    every: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 means all."""
        return 100 * self.said // self.every if self.every else 100


def language_pages(house: House) -> Blueprint:
    """GET /pengaturan/bahasa."""
    pages = Blueprint("languages", __name__)
    spoken = _spoken()  # counted once, when the process starts

    @pages.get("/pengaturan/bahasa")
    @audience(KEY_OFFICER, ADMINISTRATOR, AUDITOR)
    def show() -> ResponseReturnValue:
        return render_template(
            "triage/pengaturan-bahasa.html",
            spoken=spoken,
            name=house.settings.brand,
            leave=house.settings.exit_url,
        )

    return pages


def _spoken() -> list[Spoken]:
    """The first language is that of the sentences themselves."""
    counts = {one.code: _count(one.code) for one in LANGUAGES[1:]}
    every = max((every for _, every in counts.values()), default=0)
    own = Spoken(LANGUAGES[0], every, every)
    return [own, *(Spoken(one, counts[one.code][0], every) for one in LANGUAGES[1:])]


@cache
def _count(code: str) -> tuple[int, int]:
    said = every = 0
    for folder, domain in ((SHARED_LOCALE, "shared"), (_OWN, "triage")):
        path = folder / code / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists():
            continue
        with path.open("rb") as source:
            for message in read_po(source, locale=code, domain=domain):
                if message.id:
                    every += 1
                    said += bool(message.string) and not message.fuzzy
    return said, every
