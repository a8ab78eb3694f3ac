"""`kentongan report`: seal a complaint on this machine and file it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from client.api import Api, Directory
from client.ending import (
    ending,
    language_option,
    note,
    print_json,
    proof_notes,
    read_text,
    to_option,
)
from client.evidence import seal_files, send_files
from client.filing import Report, SealedFile, as_http, compose
from client.printing import accepted_lines
from client.proving import COMPLAINTS
from client.refusals import ToldByServer
from client.words import say
from shared.crypto import receipt
from shared.crypto.receipt import ReceiptKeys
from shared.rulebook import Rulebook, load, read_disclosed, round2

_EXISTING = click.Path(exists=True, dir_okay=False, allow_dash=True)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_AMOUNT = click.IntRange(0, 10**12)
MOST_NAME = 200
_SENDS_AGAIN = "stale_key"
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


@click.command(short_help="Report an illegal levy; prints the receipt.")
@to_option
@click.option("--service", required=True, metavar="CODE", help="What you were after: sim, skck, …")
@click.option("--region", required=True, metavar="CODE", help="Where: 32, 32.73 or 32.73.01.")
@click.option("--office", required=True, metavar="KIND", help='Who asked: satpas, …, "tidak_tahu".')
@click.option("--office-region", metavar="CODE", help="Where that office is  [default: --region]")
@click.option("--amount", type=_AMOUNT, metavar="RUPIAH", help="How much was asked.")
@click.option("--paid", type=_AMOUNT, metavar="RUPIAH", help="How much was paid.")
@click.option("--text-file", required=True, type=_EXISTING, help='The story; "-" reads it here.')
@click.option("--attach", multiple=True, type=_FILE, help="Evidence, up to 16 MiB each.")
@click.option("--who", default="", help="Who asked; only investigators read it.")
@click.option("--name-file", type=_EXISTING, help="Your name, kept apart from the story.")
@click.option("--place", default="", help="The exact place; only investigators read it.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="When it happened.")
@click.option("--handover", metavar="ISO-TIME", help="A hand-over still to come, to the hour.")
@click.option("--frequency", default="unknown", metavar="CODE", help="once, each_time, routine, …")
@click.option("--victims", default="unknown", metavar="CODE", help="1, 2, 3, 10, 50 or 200 (+).")
@click.option("--coercion", default="unknown", metavar="CODE", help="none, withhold, denial, …")
@click.option("--timing", default="unknown", metavar="CODE", help="past, ongoing, le7d, le48h.")
@click.option("--vulnerable", multiple=True, metavar="CODE", help="anak, lansia, hamil, …")
@click.option("--evidence", multiple=True, metavar="CODE", help="What there is: chat, saksi, …")
@click.option("--exclude", multiple=True, metavar="UNIT", help="Must not get it; up to three.")
@click.option("--contact", default="", metavar="E-MAIL", help="Tell me here that there is news.")
@click.option("--print-request", is_flag=True, help="Print the sealed request, send nothing.")
@click.option("--json", "as_json", is_flag=True, help='Print {"receipt", "promised"}.')
@language_option
def report(**options: Any) -> None:
    """Seal a complaint on this machine, send it, and print the receipt.

    The story, names, exact amounts and evidence are sealed before anything is sent: only the
    unit's investigators, the oversight body and you can open them. The server learns service,
    region, kind of office and rounded amounts. Which unit gets the case is decided here, by the
    public rules: never the accused office itself, nor one under the same head.

    The receipt is 24 digits. It is shown once, when the server has accepted the complaint. It
    opens your mailbox (kentongan mailbox) and cannot be replaced.

    A name (--name-file, the first line, up to 200 letters) is sealed apart from the story, for who
    keeps names: who reads the story does not read it. Opening it takes two people of two bodies, a
    purpose and a legal basis, and your mailbox tells you.

    Place, time and device are removed from JPG, PNG, MP4, M4A and MP3 files before sealing.

    \b
    Examples
      kentongan report --to https://lapor.example.id --service sim --region 32.73 \\
          --office satpas --amount 850000 --text-file cerita.txt --attach kuitansi.jpg
      echo "Diminta uang rokok" | kentongan report --to http://127.0.0.1:8000 \\
          --service skck --region 32.73 --office polres --text-file - --json
      kentongan report … --print-request > laporan.http    (carry it elsewhere, send it there)

    \b
    Exit codes
      0 accepted    2 wrong usage    3 refused, with the reason    4 server unreachable
    """
    if options["print_request"] and options["attach"]:
        raise click.UsageError("--print-request and --attach do not go together")
    if options["contact"] and not _ADDRESS.fullmatch(options["contact"]):
        raise click.BadParameter("this is no e-mail address", param_hint="--contact")
    if options["name_file"] and options["contact"]:
        raise click.UsageError("--name-file and --contact do not go together")
    options["name"] = _name(options["name_file"]) if options["name_file"] else ""
    story = read_text(options["text_file"])
    with ending(options["lang"]):
        _report(story, options)


def _report(story: str, options: dict[str, Any]) -> None:
    language = options["lang"]
    rulebook = load()
    what = _what(story, options, rulebook)
    api = Api(options["to"], language, on_proof=proof_notes(language))
    directory = api.directory()
    if directory.rulebook != rulebook.version:
        note(say(language, "other_rules"))
    files = seal_files(options["attach"], directory, language)
    digits = receipt.new_receipt()
    keys = receipt.derive(digits, directory.deployment)
    if options["print_request"]:
        body = compose(what, keys=keys, directory=directory, rulebook=rulebook)
        click.echo(as_http(api.address, COMPLAINTS, body, proof=api.proof_for(body)), nl=False)
        note(say(language, "printed") % receipt.group(digits))
        return
    send_files(api, files, directory)
    answer = _file(api, what, keys=keys, directory=directory, rulebook=rulebook, files=files)
    if options["as_json"]:
        print_json({"receipt": digits, "promised": answer["promised"]})
    else:
        click.echo("\n".join(accepted_lines(digits, answer, rulebook, language)))


def _file(
    api: Api,
    what: Report,
    *,
    keys: ReceiptKeys,
    directory: Directory,
    rulebook: Rulebook,
    files: list[SealedFile],
) -> dict[str, Any]:
    """File it; once more under the new key when the unit's key changed in between."""
    body = compose(what, keys=keys, directory=directory, rulebook=rulebook, files=files)
    try:
        return api.file_complaint(body)
    except ToldByServer as told:
        if told.code != _SENDS_AGAIN:
            raise
    fresh = api.directory()
    return api.file_complaint(
        compose(what, keys=keys, directory=fresh, rulebook=rulebook, files=files)
    )


def _what(story: str, options: dict[str, Any], rulebook: Rulebook) -> Report:
    asked, paid, day = options["amount"], options["paid"], options["day"]
    facts = {
        "service": options["service"],
        "region": options["region"],
        "office_kind": options["office"],
        "office_region": options["office_region"] or options["region"],
        "asked": None if asked is None else round2(asked),
        "paid": None if paid is None else round2(paid),
        "day": None if day is None else date.isoformat(day.date()),
        "handover_at": _full_hour(options["handover"]),
        **{name: options[name] for name in ("frequency", "victims", "coercion", "timing")},
        **{name: list(options[name]) for name in ("vulnerable", "evidence", "exclude")},
    }
    return Report(
        disclosed=read_disclosed(rulebook, facts),
        story=story,
        asked=asked,
        paid=paid,
        who=options["who"],
        place=options["place"],
        name=options["name"],
        address=options["contact"],
        language=options["lang"],
    )


def _name(where: str) -> str:
    if where == "-":
        raise click.UsageError("give the name in a file: the story may come from standard input")
    name = read_text(where).split("\n", 1)[0].strip()
    if not 0 < len(name) <= MOST_NAME:
        raise click.BadParameter(f"1 to {MOST_NAME} letters", param_hint="--name-file")
    return name


def _full_hour(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write a time such as 2026-11-21T10:00+07:00") from None
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0).isoformat()
