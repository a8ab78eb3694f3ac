"""Read a form's words into a story; every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from services.complaints.domain.address import parse_address
from services.complaints.domain.amount import parse_amount
from services.complaints.domain.day import parse_day
from services.complaints.domain.form_refusals import (
    Faults,
    TextTooLong,
    TooManyExcluded,
    UnknownChoice,
)
from services.complaints.domain.form_refusals import Missing as Missing
from services.complaints.domain.form_refusals import StoryTooLong as StoryTooLong
from services.complaints.domain.steps import Step
from services.complaints.domain.story import Story
from services.complaints.domain.typed import Typed, region_of
from shared.rulebook.disclosed import (
    Disclosed,
    UnknownCode,
    dump_disclosed,
    read_disclosed,
    round2,
)
from shared.rulebook.regions import zone_info
from shared.rulebook.routing import EXCLUSIONS_MAX, Office, check_exclusion, office_kind, route
from shared.rulebook.rulebook import Rulebook
from shared.runtime.errors import Refusal

MOST_LETTERS = 20_000
MOST_SHORT = 500
MOST_NAME = 200  # fits a sealed name in any script (shared.crypto.record.NAME_CLASSES)
WISHES = ("anonymous", "confidential", "contact")
PAID_HOW = ("none", "all", "part", "goods", "unknown")


def read_story(rulebook: Rulebook, typed: Typed) -> Story:
    """The story; raises Faults."""
    reading = _Reading(rulebook, typed)
    story = reading.story()
    if reading.refusals or story is None:
        raise Faults(reading.refusals)
    return story


def faults_in(rulebook: Rulebook, step: Step, typed: Typed) -> tuple[Refusal, ...]:
    """What is wrong with the fields of one step; other fields only help to judge them."""
    reading = _Reading(rulebook, typed)
    reading.steps[step.code]()
    return tuple(reading.refusals)


class _Reading:
    """Each step's function reads its fields into `facts` and `body` and notes what is wrong."""

    def __init__(self, rulebook: Rulebook, typed: Typed) -> None:
        self.rulebook = rulebook
        self.typed = typed
        self.region = region_of(rulebook, typed)
        self.facts: dict[str, Any] = {}
        self.body: dict[str, str] = {}
        self.address = self.name = ""
        self.refusals: list[Refusal] = []
        self.steps: dict[str, Callable[[], None]] = {
            "apa": self._what,
            "di-mana": self._where,
            "siapa": self._who,
            "berapa": self._how_much,
            "kapan": self._when,
            "bukti": self._evidence,
            "nama": self._name,
            "periksa": lambda: None,
        }

    def story(self) -> Story | None:
        for read in self.steps.values():
            read()
        if self.refusals:
            return None
        try:
            disclosed = read_disclosed(self.rulebook, dump_disclosed(Disclosed(**self.facts)))
        except Refusal as refusal:
            self.refusals.append(refusal)
            return None
        body = {key: value for key, value in self.body.items() if value or key == "story"}
        return Story(disclosed, body, self.address, self.name)

    def _what(self) -> None:
        self.facts["service"] = self._required("service", self.rulebook.services)
        self.body["story"] = text = self._required("story")
        if len(text) > MOST_LETTERS:
            self.refusals.append(StoryTooLong("story", most=MOST_LETTERS))
        self._code("coercion")

    def _where(self) -> None:
        if not self.region:
            self.refusals.append(Missing("region"))
        self.facts["region"] = self.facts["office_region"] = self.region
        self.body["place"] = self._short("place")

    def _who(self) -> None:
        kind = self.facts["office_kind"] = self._required("office_kind")
        self.body["who"] = self._short("who")
        exclude = self.facts["exclude"] = self.typed.words("exclude")
        if len(exclude) > EXCLUSIONS_MAX:
            self.refusals.append(TooManyExcluded("exclude", most=EXCLUSIONS_MAX))
        elif kind:
            self._check_route(kind, exclude)

    def _check_route(self, kind: str, exclude: Sequence[str]) -> None:
        """Somebody must be left to take it; the whole country stands for a region not yet said."""
        try:
            office_kind(self.rulebook, kind)
            for text in exclude:
                check_exclusion(self.rulebook, text)
            if self.region:
                route(self.rulebook, Office(kind, self.region), exclude)
        except Refusal as refusal:
            self.refusals.append(refusal)

    def _how_much(self) -> None:
        asked = self.facts["asked"] = self._amount("asked")
        self.facts["paid"] = self._paid(asked)
        self.body |= {name: self._short(name) for name in ("asked", "paid")}
        self._code("frequency")
        self._code("victims")
        self._codes("vulnerable")

    def _when(self) -> None:
        self.facts["day"] = self._day("day")
        self._code("timing")
        self.facts["handover_at"] = self._handover()

    def _evidence(self) -> None:
        self._codes("evidence")

    def _name(self) -> None:
        wish = self._choice("wish", WISHES)
        self.name = self._short("name", MOST_NAME) if wish == "confidential" else ""
        self.body["contact_wish"] = wish
        try:
            self.address = parse_address(self.typed.word("email")) if wish == "contact" else ""
        except Refusal as refusal:
            self.refusals.append(refusal)

    def _paid(self, asked: int | None) -> int | None:
        how = self._choice("paid_how", PAID_HOW)
        sums = {"none": 0, "all": asked, "part": self._amount("paid")}
        return sums.get(how)

    def _amount(self, name: str) -> int | None:
        try:
            amount = parse_amount(self.typed.word(name), name)
        except Refusal as refusal:
            self.refusals.append(refusal)
            return None
        return None if amount is None else round2(amount)

    def _day(self, name: str) -> date | None:
        try:
            return parse_day(self.typed.word(name), name)
        except Refusal as refusal:
            self.refusals.append(refusal)
            return None

    def _handover(self) -> datetime | None:
        day, hour = self._day("handover_day"), self.typed.word("handover_hour")
        if day is None or not self.region:
            return None
        if hour and not (hour.isascii() and hour.isdigit() and int(hour[:3]) < 24):
            self.refusals.append(UnknownChoice("handover_hour"))
            return None
        zone = zone_info(self.rulebook.regions.zone(self.region))
        return datetime.combine(day, time(int(hour or 12)), zone).astimezone(UTC)

    def _required(self, name: str, known: Container[str] | None = None) -> str:
        text = self.typed.word(name)
        if not text:
            self.refusals.append(Missing(name))
        elif known is not None and text not in known:
            self.refusals.append(UnknownCode(name))
        return text

    def _short(self, name: str, most: int = MOST_SHORT) -> str:
        text = self.typed.word(name)
        if len(text) > most:
            self.refusals.append(TextTooLong(name, most=most))
        return text

    def _code(self, name: str) -> None:
        self.facts[name] = text = self.typed.word(name) or "unknown"
        if text not in self.rulebook.codes[name]:
            self.refusals.append(UnknownCode(name))

    def _codes(self, name: str) -> None:
        self.facts[name] = texts = self.typed.words(name)
        if not set(texts) <= self.rulebook.codes[name].keys():
            self.refusals.append(UnknownCode(name))

    def _choice(self, name: str, known: Sequence[str]) -> str:
        text = self.typed.word(name) or known[0]
        if text not in known:
            self.refusals.append(UnknownChoice(name))
        return text
