"""What a reporter does in the mailbox from the command line, one thing a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from client.api import Api, Directory
from client.ending import read_text
from client.evidence import seal_files, send_files
from client.letters import compose_reply
from client.words import say
from shared.crypto.receipt import ReceiptKeys

PRESSED = ("yes", "no", "unsaid")
SOLVED = ("solved", "unsolved")


@dataclass(frozen=True, kw_only=True, repr=False)
class Deed:
    """What is to be done: `name` one of reply, withdraw, take_back, rate, object, delete."""

    name: str
    text: str = ""
    attach: Sequence[Path] = ()
    said: dict[str, Any] = field(default_factory=dict)


def deed_in(options: dict[str, Any]) -> Deed | None:
    """What the options ask for; None where one only looks.

    Raises click.UsageError for two things at once, and for an answer that is missing.
    """
    reply = bool(options["reply_file"] or options["attach"])
    asked = {
        "reply": reply,
        "withdraw": options["withdraw"],
        "take_back": options["take_back"],
        "rate": options["rate"],
        "object": options["object_file"],
        "delete": options["delete_letters"],
    }
    names = [name for name, is_asked in asked.items() if is_asked]
    if len(names) > 1:
        raise click.UsageError("one thing at a time: answer, withdraw, rate, object or delete")
    _check_company(options)
    return _READ[names[0]](options) if names else None


def _check_company(options: dict[str, Any]) -> None:
    """Options that only go with another one."""
    for name, needs in (("pressed", "withdraw"), ("stars", "rate"), ("yes", "delete_letters")):
        if options[name] not in (None, False) and not options[needs]:
            raise click.UsageError(f"--{name} goes with --{needs.replace('_', '-')}")


def _reply(options: dict[str, Any]) -> Deed:
    text = read_text(options["reply_file"]) if options["reply_file"] else ""
    return Deed(name="reply", text=text, attach=options["attach"])


def _withdraw(options: dict[str, Any]) -> Deed:
    pressed = options["pressed"]
    if pressed is None:
        if not sys.stdin.isatty():
            raise click.UsageError(
                "--withdraw needs --pressed: does somebody press you to withdraw? yes, no or unsaid"
            )
        question = say(options["lang"], "ask_pressed")
        pressed = click.prompt(question, type=click.Choice(PRESSED), err=True)
    return Deed(name="withdraw", said={"pressed": pressed})


def _take_back(_options: dict[str, Any]) -> Deed:
    return Deed(name="take_back")


def _rate(options: dict[str, Any]) -> Deed:
    said = {"is_solved": options["rate"] == SOLVED[0], "stars": options["stars"] or 0}
    return Deed(name="rate", said=said)


def _object(options: dict[str, Any]) -> Deed:
    return Deed(name="object", text=read_text(options["object_file"]))


def _delete(options: dict[str, Any]) -> Deed:
    if not options["yes"]:
        if not sys.stdin.isatty():
            raise click.UsageError("--delete-letters cannot be undone: say --yes as well")
        click.confirm(say(options["lang"], "ask_delete"), abort=True, err=True)
    return Deed(name="delete", said={"is_sure": True})


_READ = {
    "reply": _reply,
    "withdraw": _withdraw,
    "take_back": _take_back,
    "rate": _rate,
    "object": _object,
    "delete": _delete,
}


def perform(
    api: Api,
    deed: Deed,
    *,
    mailbox: dict[str, Any],
    directory: Directory,
    keys: ReceiptKeys,
    language: str,
) -> None:
    """Do it, numbered by what the mailbox says, so that a lost answer makes it no second deed."""
    asked, told = mailbox.get("withdrawal_round", 0), mailbox.get("result_round", 0)
    if deed.name == "reply":
        files = seal_files(deed.attach, directory, language)
        letter = compose_reply(mailbox, directory=directory, keys=keys, text=deed.text, files=files)
        send_files(api, files, directory)
        api.decide(keys, "letters", letter)
    elif deed.name == "object":
        letter = compose_reply(mailbox, directory=directory, keys=keys, text=deed.text)
        api.decide(keys, "objection", {"round": max(told, 1), **letter})
    elif deed.name == "withdraw":
        api.decide(keys, "withdrawal", {"round": asked + 1, **deed.said})
    elif deed.name == "take_back":
        api.decide(keys, "withdrawal/taken-back", {"round": max(asked, 1)})
    elif deed.name == "rate":
        api.decide(keys, "rating", {"round": told, **deed.said})
    else:
        api.decide(keys, "letters/deletion", deed.said)
