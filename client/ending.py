"""How a command ends: 0 done, 2 wrong usage (click), 3 refused with the reason, 4 unreachable."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from client.api import AWAY
from client.refusals import ToldByServer
from client.words import LANGUAGES, say, sentence_of
from shared.runtime.errors import Refusal, Unavailable

language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of messages and of what the desk writes to you.",
)
to_option = click.option(
    "--to", required=True, metavar="URL", help="The public site, such as https://lapor.example.id"
)


class EndsRefused(click.ClickException):
    """Prints one line on standard error and ends with 3."""

    exit_code = 3

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


class EndsUnreachable(EndsRefused):
    """The same with 4: trying later may help."""

    exit_code = 4


@contextmanager
def ending(language: str) -> Iterator[None]:
    """Refusals and silence of the server become one line and an exit code."""
    try:
        yield
    except ToldByServer as told:
        end = EndsUnreachable if told.status in AWAY else EndsRefused
        raise end(_line(language, end, told.message, told.code, told.field)) from None
    except Refusal as refusal:
        end = EndsUnreachable if isinstance(refusal, Unavailable) else EndsRefused
        sentence = sentence_of(language, refusal)
        raise end(_line(language, end, sentence, refusal.code, refusal.field)) from None


def _line(
    language: str, end: type[EndsRefused], sentence: str, code: str, field: str | None
) -> str:
    where = f"{code}: {field}" if field else code
    word = say(language, "unreachable" if end is EndsUnreachable else "refused")
    return f"{word}: {sentence} [{where}]"


def print_json(value: object) -> None:
    """One line for programs."""
    click.echo(json.dumps(value, ensure_ascii=False))


def note(line: str) -> None:
    """For people only: on standard error."""
    click.echo(line, err=True)


def proof_notes(language: str) -> Callable[[float], None]:
    """Tells on standard error, once, that this machine computes before it sends."""
    told: list[bool] = []

    def on_progress(_share: float) -> None:
        if not told:
            told.append(True)
            note(say(language, "proving"))

    return on_progress


def read_text(path: str) -> str:
    """A UTF-8 text file, "-" for standard input; wrong usage when it is no text or empty."""
    with click.open_file(path, "rb") as source:
        content = source.read()
    try:
        text = str(content.decode("utf-8-sig")).strip()
    except UnicodeDecodeError:
        raise click.BadParameter(f"{path} is not UTF-8 text") from None
    if not text:
        raise click.BadParameter(f"{path} is empty")
    return text
