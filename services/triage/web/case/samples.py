"""Samples of letters, as reviewed data in every language of the desk."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "letter_samples.toml"
LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Sample:
    """A start for a letter in one language; what stands in [brackets] is to be replaced."""

    code: str
    name: str
    text: str


@cache
def samples(language: str) -> tuple[Sample, ...]:
    """Those in `language`; in Indonesian where nobody wrote them in it."""
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sample"]
    return tuple(
        Sample(row["code"], row["name"][language], row["text"][language].strip()) for row in rows
    )
