"""`kentongan rewrap`: oversight lets another unit at a re-routed case, offline, seeing no story."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from shared.cli.exits import REFUSED

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("asked", type=A_FILE)
@click.argument("answer", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--key", required=True, type=A_FILE, help="File with the oversight identity.")
@click.option("--yes", is_flag=True, help="Do not ask whether the units' keys are the right ones.")
def rewrap(asked: Path, answer: Path, key: Path, yes: bool) -> None:
    """Re-wrap the headers in ASKED for the units they name; write them to ANSWER.

    ASKED comes from `python -m services.triage sealed-waiting FILE`, ANSWER goes back with
    `sealed-return FILE`. Both hold headers only: nothing here can be read, and no network is used.
    Compare the units' keys shown with those published before you say yes: whoever holds such a key
    will be able to read. Exit code 3 when a header is not ours to open, or the file is not whole.
    """
    from shared.crypto.errors import CannotOpen, MalformedEnvelope, MalformedRecipient
    from shared.crypto.unseal import rewrap as rewrapped

    identity = _identity(key)
    try:
        letters = json.loads(asked.read_text("utf-8"))["letters"]
        for unit, recipient in sorted({(one["unit"], one["to"][0]) for one in letters}):
            mark = sha256(recipient.encode()).hexdigest()[:16]
            click.echo(f"{unit}  {recipient[:16]}…{recipient[-16:]}  sha256 {mark}")
        if not yes:
            click.confirm(f"{len(letters)} headers. Let these units read?", abort=True)
        done = [
            {**_place(one), "header": _text(rewrapped(_bytes(one["header"]), identity, one["to"]))}
            for one in letters
        ]
    except (
        CannotOpen,
        MalformedEnvelope,
        MalformedRecipient,
        KeyError,
        TypeError,
        ValueError,
    ) as f:
        click.echo(f"refused: {type(f).__name__}", err=True)
        raise SystemExit(REFUSED) from f
    answer.write_text(json.dumps({"v": 1, "letters": done}), "utf-8")
    click.echo(f"{answer}: {len(done)} headers")


def _identity(key: Path) -> str:
    lines = (line.strip() for line in key.read_text("utf-8").splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def _place(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("case", "unit", "direction", "seq")}


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
