"""`kentongan mailbox`: see how the case stands, read the letters, answer."""

from __future__ import annotations

import sys
from typing import Any

import click

from client.api import Api
from client.ending import (
    ending,
    language_option,
    note,
    print_json,
    proof_notes,
    read_text,
    to_option,
)
from client.letters import check_mailbox, compose_reply, read_letters
from client.printing import mailbox_lines
from client.words import say
from shared.crypto import receipt
from shared.rulebook import load

_REPLY = click.Path(exists=True, dir_okay=False)


@click.command(short_help="Open the mailbox of a receipt; read and answer letters.")
@to_option
@click.option("--reply-file", type=_REPLY, help="Send the text of this file as your answer.")
@click.option("--json", "as_json", is_flag=True, help="Print status, desk, steps and letters.")
@language_option
def mailbox(to: str, reply_file: str | None, as_json: bool, lang: str) -> None:
    """Show how a case stands, what is promised by when, and the letters; answer them.

    The 24 digits are read from standard input, or asked for: never given as an argument, where
    other users of this machine could read them. Spaces and dashes do not matter. The digits do
    not leave this machine; letters are opened and answers sealed here.

    Any well-formed code opens a mailbox. One that nobody filed with is simply empty.

    \b
    Examples
      kentongan mailbox --to https://lapor.example.id
      kentongan mailbox --to https://lapor.example.id --reply-file jawaban.txt
      kentongan mailbox --to http://127.0.0.1:8000 --json < kode.txt

    \b
    JSON
      status   the state of the case, null when the mailbox is empty
      desk     the kind of unit that has it, null until the desk has opened it
      steps    [{"state", "on", "promised": [{"clock", "due_on"}], "late"}]
      letters  [{"direction": "in" or "out", "seq", "on", "text"}]; text null and "fault"
               when a letter cannot be opened or is out of place

    \b
    Exit codes
      0 ok    2 wrong usage    3 refused, with the reason    4 server unreachable
    """
    text = read_text(reply_file) if reply_file else None
    typed = _typed(lang)
    with ending(lang):
        _mailbox(
            Api(to, lang, on_proof=proof_notes(lang)), typed, text, as_json=as_json, language=lang
        )


def _typed(language: str) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(say(language, "ask_receipt"), err=True))
    return sys.stdin.readline()


def _mailbox(api: Api, typed: str, text: str | None, *, as_json: bool, language: str) -> None:
    digits = receipt.normalise(typed)
    directory = api.directory()
    keys = receipt.derive(digits, directory.deployment)
    found = check_mailbox(api.mailbox(keys))
    if text is not None:
        api.reply(keys, compose_reply(found, directory=directory, keys=keys, text=text))
        note(say(language, "replied"))
        found = check_mailbox(api.mailbox(keys))
    letters = read_letters(found, keys)
    if as_json:
        told: dict[str, Any] = {name: found[name] for name in ("status", "desk", "steps")}
        print_json({**told, "letters": [letter.as_json() for letter in letters]})
    else:
        click.echo("\n".join(mailbox_lines(found, letters, load(), language)))
