"""Who will handle a report and who will never see it, in words: from the desk's own routing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from services.complaints.web.report.choices import exclusion_words, office_words
from shared.rulebook import Office, Rulebook
from shared.rulebook.routing import EXCLUDED, Route

# Why a unit, or an office, never sees the report (shared/rulebook/routing.py).
REASONS: dict[str, Any] = {
    "accused_office": lazy_gettext("Kantor yang Anda laporkan"),
    "same_head": lazy_gettext("Satu pimpinan dengan kantor yang Anda laporkan"),
    "reporter_excluded": lazy_gettext("Anda minta tidak dikirimi"),
}
_NOBODY_KNOWS = "tidak_tahu"


@dataclass(frozen=True)
class Handling:
    """`unit` by name takes it, of this `kind`; `shut_out` are (name, why) of those who never do."""

    unit: str
    kind: str
    shut_out: tuple[tuple[str, str], ...]


def handling_of(rulebook: Rulebook, accused: Office, named: tuple[str, ...], to: Route) -> Handling:
    """In words what `route` answered for these."""
    out: list[tuple[str, str]] = []
    if accused.kind != _NOBODY_KNOWS:
        out.append((office_words(rulebook, accused), str(REASONS["accused_office"])))
    for text in named:
        if ":" in text:
            out.append((exclusion_words(rulebook, text), str(REASONS["reporter_excluded"])))
    for one in to.considered:
        if one.verdict == EXCLUDED:
            name = rulebook.units.unit(one.unit).name
            out.append((name, str(REASONS.get(one.reason, REASONS["same_head"]))))
    return Handling(rulebook.units.unit(to.unit).name, to.kind, tuple(dict.fromkeys(out)))
