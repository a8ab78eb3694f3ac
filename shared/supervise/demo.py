"""The demonstration: fictitious people and complaints, filed once by the real client."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from shared.supervise.children import Stopped, tail
from shared.supervise.settings import UpSettings

Json = dict[str, Any]


def seed_people(settings: UpSettings, env: Mapping[str, str], root: Path, log: Path) -> list[Json]:
    """Add the demo people and their units' keys to triage; returns them with passphrases.

    Safe to repeat: who stands already is left as they are. Raises Stopped with triage's reason.
    """
    file = (root / settings.demo_folder / "people.json").resolve()
    if not file.exists():
        return []
    with log.open("ab") as errors:
        done = subprocess.run(
            [sys.executable, "-m", "services.triage", "seed-demo", str(file)],
            env=dict(env),
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
        )
    if done.returncode:
        raise Stopped(f"the demo people could not be added. The end of {log}:\n{tail(log)}")
    people: list[Json] = json.loads(done.stdout)["people"]
    return people


def file_complaints(
    settings: UpSettings, root: Path, say: Callable[[str], None], tick: Callable[[], None]
) -> list[Json]:
    """File what is not filed yet; returns every demo complaint's receipt, oldest first.

    The receipts lie in the state folder and are written after each complaint, so an interrupted
    start goes on where it stopped. `tick` is called between two complaints.
    """
    source = root / settings.demo_folder / "complaints.json"
    ledger = settings.home / "demo-receipts.json"
    filed: list[Json] = json.loads(ledger.read_text()) if ledger.exists() else []
    if not source.exists():
        return filed
    known = {one["id"] for one in filed}
    for complaint in _complaints(source):
        if complaint["id"] in known:
            continue
        receipt = _report(complaint, settings.url("complaints"))
        filed.append({"id": complaint["id"], "receipt": receipt["receipt"], "fiktif": True})
        _write_private(ledger, filed)
        say(f"filed {complaint['id']} (FIKTIF), receipt {receipt['receipt']}")
        tick()
    return filed


def _complaints(source: Path) -> list[Json]:
    found = json.loads(source.read_text(encoding="utf-8"))
    complaints: list[Json] = found["complaints"] if isinstance(found, dict) else found
    return complaints


def _report(complaint: Json, url: str) -> Json:
    """Run `kentongan report` in this process, with the complaint's own words as arguments.

    Its progress lines are for a person who waits; here each complaint has its own line.
    """
    command = next(iter(entry_points(group="kentongan.commands", name="report"))).load()
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.txt"
        story.write_text(complaint["text"], encoding="utf-8")
        words = ["--to", url, "--text-file", str(story), "--json", *_words(complaint["disclosed"])]
        if name := complaint.get("name"):
            kept = Path(folder) / "name.txt"
            kept.write_text(name, encoding="utf-8")
            words += ["--name-file", str(kept)]
        said, progress = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(progress):
                command.main(args=words, prog_name="kentongan report", standalone_mode=False)
        except (click.ClickException, click.exceptions.Exit, SystemExit) as fault:
            reason = fault.format_message() if isinstance(fault, click.ClickException) else ""
            raise Stopped(
                f"the demo complaint {complaint['id']} was refused: {reason or said.getvalue()}"
            ) from fault
    answer: Json = json.loads(said.getvalue())
    return answer


# What is disclosed, and the option of `kentongan report` that says it.
_OPTIONS = {
    "service": "--service",
    "region": "--region",
    "office_kind": "--office",
    "office_region": "--office-region",
    "asked": "--amount",
    "paid": "--paid",
    "frequency": "--frequency",
    "victims": "--victims",
    "vulnerable": "--vulnerable",
    "coercion": "--coercion",
    "timing": "--timing",
    "handover_at": "--handover",
    "evidence": "--evidence",
    "day": "--day",
    "exclude": "--exclude",
}


def _words(disclosed: Json) -> list[str]:
    """The command's options; one for each of a list, none for what is not said."""
    words = []
    for name, option in _OPTIONS.items():
        said = disclosed.get(name)
        for one in said if isinstance(said, list) else [] if said is None else [said]:
            words += [option, str(one)]
    return words


def write_table(settings: UpSettings, people: list[Json], receipts: list[Json]) -> Path:
    """`demo.json`: the printed table for programs. Mode 0600, as it holds passphrases."""
    path = settings.home / "demo.json"
    _write_private(
        path,
        {
            "urls": {
                "public": settings.url("complaints"),
                "desk": settings.url("triage"),
                "stop": settings.url("notify"),
                "ledger": settings.url("ledger"),
            },
            "people": people,
            "receipts": receipts,
            "maildir": str(settings.home / "mail"),
        },
    )
    return path


def _write_private(path: Path, value: object) -> None:
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    new.replace(path)
