"""Everything that was typed, in words, for the last step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.complaints.domain.draft import Draft
from services.complaints.domain.steps import STEPS, Step
from services.complaints.domain.typed import Typed, region_of
from services.complaints.web.report import choices
from services.complaints.web.report.step_words import FIELD_WORDS
from shared.rulebook import Rulebook
from shared.web.i18n import asker_language

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Recap:
    """A step and its (field, what was typed) in words; a field that says nothing is left out."""

    step: Step
    lines: Lines


def recap(rulebook: Rulebook, draft: Draft) -> tuple[Recap, ...]:
    """Of every step but the last."""
    words = _Words(rulebook, draft)
    return tuple(Recap(step, tuple(words.lines(step))) for step in STEPS if step.fields)


class _Words:
    def __init__(self, rulebook: Rulebook, draft: Draft) -> None:
        self.rulebook = rulebook
        self.typed: Typed = draft.typed
        self.files = draft.files
        self.options: Mapping[str, Mapping[str, str]] = {
            "paid_how": dict(choices.payments()),
            "wish": {code: name for code, name, _ in choices.wishes()},
            "handover_hour": dict(choices.hours()),
        }

    def lines(self, step: Step) -> Iterator[tuple[str, str]]:
        if step.code == "di-mana":
            region = region_of(self.rulebook, self.typed)
            if region:
                path = self.rulebook.regions.region(region).path
                yield str(FIELD_WORDS["region"]), path
        for name in step.fields:
            if name in FIELD_WORDS and (text := self._said(name)):
                yield str(FIELD_WORDS[name]), text
        if step.code == "bukti":
            for one in self.files:
                yield str(FIELD_WORDS["files"]), one.shown

    def _said(self, name: str) -> str:
        if not self._is_asked(name):
            return ""
        texts = self.typed.words(name)
        return "; ".join(self._word(name, text) for text in texts)

    def _is_asked(self, name: str) -> bool:
        """Whether what stands there will be read: a name only of who wants it kept, and so on."""
        needs = {
            "paid": ("paid_how", "part"),
            "name": ("wish", "confidential"),
            "email": ("wish", "contact"),
        }
        field, value = needs.get(name, ("", ""))
        return not field or self.typed.word(field) == value

    def _word(self, name: str, text: str) -> str:
        rulebook = self.rulebook
        if name == "exclude" and choices.is_known(rulebook, text):
            return choices.exclusion_words(rulebook, text)
        known: Mapping[str, Any] = {
            **rulebook.codes,
            "service": rulebook.services,
            "office_kind": rulebook.offices,
        }.get(name, {})
        if text in known:
            return str(known[text].in_language(asker_language()))
        return self.options.get(name, {}).get(text, text)
