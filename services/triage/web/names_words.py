"""Requests for a name in words: for what, by which basis, what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from services.triage.store.cases import Case
from services.triage.store.names import NameAnswer, NameRequest
from services.triage.web.words import word
from shared.rulebook import Rulebook
from shared.rulebook.names import Basis
from shared.service import House
from shared.web.i18n import asker_language
from shared.web.words import local, long_date

_ = lazy_gettext

ANSWERS: dict[str, Any] = {
    "agreed": _("Nama dibuka"),
    "refused": _("Nama tidak dibuka: ditolak"),
    "expired": _("Nama tidak dibuka: tidak dijawab pada waktunya"),
}


@dataclass(frozen=True)
class Told:
    """A request as its pages show it; `answer` "" while it waits, `reason` the keeper's."""

    who: str
    keeper: str
    purpose: str
    basis: str
    why: str
    asked_on: str
    due_on: str
    answer: str
    reason: str


def request_words(
    house: House,
    one: Case,
    asked: NameRequest,
    answer: NameAnswer | None,
    titles: dict[str, str],
) -> Told:
    """Days as they are where the case is."""
    units = house.rulebook.units.by_id
    keeper = units.get(asked.keeper)
    return Told(
        who=titles.get(asked.asked_by, asked.asked_by),
        keeper=keeper.name if keeper else asked.keeper,
        purpose=purpose_words(house.rulebook, asked.purpose),
        basis=basis_words(house.rulebook.names.bases.get(asked.basis), asked.basis),
        why=asked.reason,
        asked_on=long_date(local(asked.asked_at, one.zone).date()),
        due_on=long_date(local(asked.due_at, one.zone).date()),
        answer=word(ANSWERS, answer.answer) if answer else "",
        reason=answer.reason if answer else "",
    )


def purpose_words(rulebook: Rulebook, code: str) -> str:
    """What a name is asked for."""
    found = rulebook.names.purposes.get(code)
    return found.in_language(asker_language()) if found else code


def basis_words(basis: Basis | None, code: str) -> str:
    """The basis with its law, and whether a lawyer has looked at it."""
    if basis is None:
        return code
    words = f"{basis.in_language(asker_language())} ({basis.legal_basis})"
    unchecked = gettext("belum diperiksa ahli hukum")
    return words if basis.is_checked else f"{words}, {unchecked}"


def purpose_choices(rulebook: Rulebook) -> list[tuple[str, str]]:
    """(code, words) in the rulebook's order."""
    return [(code, purpose_words(rulebook, code)) for code in rulebook.names.purposes]


def basis_choices(rulebook: Rulebook) -> list[tuple[str, str]]:
    """(code, words) in the rulebook's order."""
    return [(code, basis_words(one, code)) for code, one in rulebook.names.bases.items()]
