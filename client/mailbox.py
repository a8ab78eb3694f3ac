"""`kentongan mailbox`: see how the case stands, read the letters, answer, decide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from client.api import Api
from client.deeds import PRESSED, SOLVED, Deed, deed_in, perform
from client.ending import ending, language_option, note, print_json, proof_notes, to_option
from client.letters import check_mailbox, read_letters
from client.printing import mailbox_lines
from client.words import say
from shared.crypto import receipt
from shared.rulebook import load

_TEXT = click.Path(exists=True, dir_okay=False)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="Open the mailbox of a receipt; read, answer, decide.")
@to_option
@click.option("--reply-file", type=_TEXT, help="Send the text of this file as your answer.")
@click.option("--attach", multiple=True, type=_FILE, help="Evidence to send, with or without text.")
@click.option("--withdraw", is_flag=True, help="Ask to withdraw the report; see --pressed.")
@click.option("--pressed", type=click.Choice(PRESSED), help="Does somebody press you to withdraw?")
@click.option("--take-back", is_flag=True, help="Go on after all, while nobody has decided.")
@click.option("--rate", type=click.Choice(SOLVED), help="Say whether the result solved it.")
@click.option("--stars", type=click.IntRange(1, 5), help="With --rate: how it was handled.")
@click.option("--object-file", type=_TEXT, help="Object to the result; this text says why.")
@click.option("--delete-letters", is_flag=True, help="Delete all letters here, for good.")
@click.option("--yes", is_flag=True, help="With --delete-letters: do not ask again.")
@click.option("--json", "as_json", is_flag=True, help="Print status, desk, steps and letters.")
@language_option
def mailbox(to: str, lang: str, *, as_json: bool, **options: Any) -> None:
    """Show how a case stands, what is promised by when, and the letters; answer them, and decide
    what is yours to decide. One thing a run; what was done is shown with the rest.

    The 24 digits are read from standard input, or asked for: never given as an argument, where
    other users of this machine could read them. Spaces and dashes do not matter. The digits do
    not leave this machine; letters are opened and answers sealed here.

    Any well-formed code opens a mailbox. One that nobody filed with is simply empty.

    \b
    Deciding
      --withdraw        The case goes on until a supervisor has made sure that nobody presses you.
                        The question is always asked: --pressed yes, no or unsaid. Only the unit's
                        supervisors read the answer.
      --take-back       Takes a withdrawal back while nobody has decided on it.
      --rate            Once for each result, and it closes the case. --stars 1 to 5 if you like.
      --object-file     Once for each result, until the date promised; the case is opened again.
      --delete-letters  Your report and every letter vanish here, for you as well. The unit keeps
                        its sealed copies; the mailbox and the steps stay.

    Place, time and device are removed from JPG, PNG, MP4, M4A and MP3 files before sealing.

    \b
    Examples
      kentongan mailbox --to https://lapor.example.id
      kentongan mailbox --to https://lapor.example.id --reply-file jawaban.txt --attach foto.jpg
      kentongan mailbox --to https://lapor.example.id --withdraw --pressed no < kode.txt
      kentongan mailbox --to https://lapor.example.id --rate solved --stars 4
      kentongan mailbox --to http://127.0.0.1:8000 --json < kode.txt

    \b
    JSON
      status   the state of the case, null when the mailbox is empty
      desk     the kind of unit that has it, null until the desk has opened it
      steps    [{"state", "on", "promised": [{"clock", "due_on"}], "late", "event"}]; event names
               what was decided where no state changed
      letters  [{"direction": "in" or "out", "seq", "on", "text"}]; "files" where it brings some;
               text null and "fault" when a letter cannot be opened or is out of place

    \b
    Exit codes
      0 ok    2 wrong usage    3 refused, with the reason    4 server unreachable
    """
    deed = deed_in({**options, "lang": lang})
    typed = _typed(lang)
    with ending(lang):
        api = Api(to, lang, on_proof=proof_notes(lang))
        _mailbox(api, typed, deed, as_json=as_json, language=lang)


def _typed(language: str) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(say(language, "ask_receipt"), err=True))
    return sys.stdin.readline()


def _mailbox(api: Api, typed: str, deed: Deed | None, *, as_json: bool, language: str) -> None:
    digits = receipt.normalise(typed)
    directory = api.directory()
    keys = receipt.derive(digits, directory.deployment)
    found = check_mailbox(api.mailbox(keys))
    if deed is not None:
        perform(api, deed, mailbox=found, directory=directory, keys=keys, language=language)
        note(say(language, f"done_{deed.name}"))
        found = check_mailbox(api.mailbox(keys))
    letters = read_letters(found, keys)
    if as_json:
        told: dict[str, Any] = {name: found[name] for name in ("status", "desk", "steps")}
        print_json({**told, "letters": [letter.as_json() for letter in letters]})
    else:
        click.echo("\n".join(mailbox_lines(found, letters, load(), language)))
