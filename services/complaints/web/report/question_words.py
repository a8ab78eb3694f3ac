"""Gentle questions in the asker's language."""

from __future__ import annotations

from flask_babel import gettext

from services.complaints.domain.questions import SENTENCES, Question
from shared.rulebook import Rulebook
from shared.web.words import money


def say(rulebook: Rulebook, question: Question, language: str) -> str:
    """The sentence with its sums and names filled in."""
    values: dict[str, str] = {}
    if (amount := question.values.get("amount")) is not None:
        values["amount"] = money(int(amount))
    if tariff := question.values.get("tariff"):
        values["tariff"] = rulebook.wording.tariffs[str(tariff)].in_language(language)
    sentence: str = gettext(question.sentence)
    return sentence % values if values else sentence


def sentences() -> dict[str, str]:
    """One a kind, with `%(amount)s` and `%(tariff)s` open: for a page that asks by itself."""
    return {kind: gettext(sentence) for kind, sentence in SENTENCES.items()}
