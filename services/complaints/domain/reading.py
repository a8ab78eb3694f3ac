"""Read a form's words into a story; every fault at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from services.complaints.domain.address import parse_address
from services.complaints.domain.amount import parse_amount
from services.complaints.domain.day import parse_day
from services.complaints.domain.story import Story
from services.complaints.domain.typed import Typed, region_of
from shared.rulebook.disclosed import Disclosed, dump_disclosed, read_disclosed, round2
from shared.rulebook.regions import zone_info
from shared.rulebook.rulebook import Rulebook
from shared.runtime.errors import Refusal, Refused

MOST_LETTERS = 20_000
WISHES = ("anonymous", "confidential", "contact")
PAID_HOW = ("none", "all", "part", "goods", "unknown")


class Missing(Refused):
    """Isian ini belum diisi. Isi, atau pilih "tidak tahu" bila tersedia."""

    code = "required"


class StoryTooLong(Refused):
    """Ceritanya terlalu panjang: paling banyak %(most)s huruf. Pendekkan, lalu kirim lagi."""

    code = "too_long"


class UnknownChoice(Refused):
    """Pilih salah satu yang tersedia."""

    code = "unknown_choice"


class Faults(Exception):
    """Every refusal met while reading a form; `refusals` is never empty."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(len(refusals))
        self.refusals = refusals


def read_story(rulebook: Rulebook, typed: Typed) -> Story:
    """The story; raises Faults."""
    reading = _Reading(rulebook, typed)
    story = reading.story()
    if reading.refusals or story is None:
        raise Faults(reading.refusals)
    return story


class _Reading:
    def __init__(self, rulebook: Rulebook, typed: Typed) -> None:
        self.rulebook = rulebook
        self.typed = typed
        self.refusals: list[Refusal] = []

    def story(self) -> Story | None:
        text = self._required("story")
        if len(text) > MOST_LETTERS:
            self.refusals.append(StoryTooLong("story", most=MOST_LETTERS))
        wish = self._choice("wish", WISHES)
        address = ""
        try:
            address = parse_address(self.typed.word("email")) if wish == "contact" else ""
        except Refusal as refusal:
            self.refusals.append(refusal)
        disclosed = self._disclosed()
        if disclosed is None:
            return None
        return Story(disclosed, self._body(text, wish), address)

    def _body(self, text: str, wish: str) -> dict[str, str]:
        name = self.typed.word("name") if wish == "confidential" else ""
        body = {
            "story": text,
            "asked": self.typed.word("asked"),
            "paid": self.typed.word("paid"),
            "who": self.typed.word("who"),
            "place": self.typed.word("place"),
            "contact_wish": f"{wish}: {name}" if name else wish,
        }
        return {key: value for key, value in body.items() if value or key == "story"}

    def _disclosed(self) -> Disclosed | None:
        typed = self.typed
        region = region_of(self.rulebook, typed)
        if not region:
            self.refusals.append(Missing("region"))
        asked = self._amount("asked")
        disclosed = Disclosed(
            service=self._required("service"),
            region=region,
            office_kind=self._required("office_kind"),
            office_region=region,
            asked=asked,
            paid=self._paid(asked),
            frequency=typed.word("frequency") or "unknown",
            victims=typed.word("victims") or "unknown",
            vulnerable=typed.words("vulnerable"),
            coercion=typed.word("coercion") or "unknown",
            timing=typed.word("timing") or "unknown",
            handover_at=self._handover(region),
            evidence=typed.words("evidence"),
            day=self._day("day"),
            exclude=typed.words("exclude"),
        )
        if self.refusals:
            return None
        try:
            return read_disclosed(self.rulebook, dump_disclosed(disclosed))
        except Refusal as refusal:
            self.refusals.append(refusal)
            return None

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

    def _handover(self, region: str) -> datetime | None:
        day, hour = self._day("handover_day"), self.typed.word("handover_hour")
        if day is None or not region:
            return None
        if hour and not (hour.isascii() and hour.isdigit() and int(hour[:3]) < 24):
            self.refusals.append(UnknownChoice("handover_hour"))
            return None
        zone = zone_info(self.rulebook.regions.zone(region))
        return datetime.combine(day, time(int(hour or 12)), zone).astimezone(UTC)

    def _required(self, name: str) -> str:
        text = self.typed.word(name)
        if not text:
            self.refusals.append(Missing(name))
        return text

    def _choice(self, name: str, known: Sequence[str]) -> str:
        text = self.typed.word(name) or known[0]
        if text not in known:
            self.refusals.append(UnknownChoice(name))
        return text
