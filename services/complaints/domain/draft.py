"""A report that is being written, and what is left of it once it is sent."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.complaints.domain.steps import ASKED, Step
from services.complaints.domain.typed import Typed

IDLE = timedelta(minutes=60)
# How long a touch is as good as new: reading a page does not write each time.
_FRESH = timedelta(minutes=5)
MOST_FILES = 5
MOST_QUESTIONS = 50


@dataclass(frozen=True, kw_only=True, repr=False)
class KeptFile:
    """Sealed evidence that is uploaded and waits for its report.

    `shown` is the file's name as its owner knows it; the rest is what shared.crypto.record
    calls an Attachment, and `sealed_size` the bytes that lie sealed under `name`.
    """

    shown: str
    name: str
    size: int
    media: str
    sha256: str
    key: str
    sealed_size: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Draft:
    """The words so far. `token` gives the receipt; `seen` are the questions that were asked;
    `reviewed` says that the last step was reached: a change leads back there."""

    token: bytes
    touched: datetime
    typed: Typed = field(default_factory=lambda: Typed.of({}))
    seen: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()
    reviewed: bool = False

    @classmethod
    def begun(cls, now: datetime, typed: Typed) -> Draft:
        """A new one with the words that came along, if any."""
        return cls(token=secrets.token_bytes(32), touched=now).with_words(ASKED, typed)

    def with_step(self, step: Step, typed: Typed) -> Draft:
        """The words of one page instead of what stood there."""
        return self.with_words(step.fields, typed)

    def with_words(self, names: tuple[str, ...], typed: Typed) -> Draft:
        """Exactly these fields as they came; all others stay."""
        kept = {name: texts for name, texts in self.typed.many.items() if name not in names}
        came = {name: texts for name in names if (texts := typed.words(name))}
        return replace(self, typed=Typed.of({**kept, **came}))

    def at_the_end(self) -> Draft:
        """The last step was reached."""
        return replace(self, reviewed=True)

    def asked(self, codes: tuple[str, ...]) -> Draft:
        """These questions were asked, and are not asked again."""
        return replace(self, seen=tuple(sorted({*self.seen, *codes}))[:MOST_QUESTIONS])

    def with_seen(self) -> Typed:
        """The words and what was asked, as questions_of wants them."""
        return Typed.of({**self.typed.many, **{f"seen_{code}": ("1",) for code in self.seen}})


@dataclass(frozen=True, kw_only=True, repr=False)
class Sent:
    """Nothing but the receipt page's sealed ticket, which ends by itself."""

    ticket: str
    touched: datetime


Kept = Draft | Sent


def is_over(kept: Kept, now: datetime) -> bool:
    """Whether nobody touched it for an hour."""
    return now - kept.touched > IDLE


def is_fresh(kept: Kept, now: datetime) -> bool:
    """Whether touching it again would tell nothing new."""
    return now - kept.touched < _FRESH


def write(kept: Kept) -> bytes:
    """As JSON, for sealing."""
    said: dict[str, Any] = {"v": 1, "touched": kept.touched.timestamp()}
    if isinstance(kept, Sent):
        said["ticket"] = kept.ticket
    else:
        said["token"] = kept.token.hex()
        said["typed"] = {name: list(texts) for name, texts in kept.typed.many.items()}
        said["seen"] = list(kept.seen)
        said["files"] = [asdict(one) for one in kept.files]
        said["reviewed"] = kept.reviewed
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> Kept:
    """The way back from `write`."""
    said: Mapping[str, Any] = json.loads(content)
    touched = datetime.fromtimestamp(said["touched"], UTC)
    if "ticket" in said:
        return Sent(ticket=said["ticket"], touched=touched)
    return Draft(
        token=bytes.fromhex(said["token"]),
        touched=touched,
        typed=Typed.of(said["typed"]),
        seen=tuple(said["seen"]),
        files=tuple(KeptFile(**one) for one in said["files"]),
        reviewed=said["reviewed"],
    )
