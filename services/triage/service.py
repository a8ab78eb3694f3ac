"""Triage, declared: its pages, what it hears, what time alone makes it do."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from services.triage.actions.invite_person import Asked, invite_first_officer
from services.triage.actions.recompute_due import ReasonTooShort, recompute_due
from services.triage.actions.rewrap import take_headers, waiting_headers
from services.triage.actions.seed_demo import enrol, seed_demo
from services.triage.chores import CHORES, GAUGES
from services.triage.inbound import INBOUND
from services.triage.settings import TriageSettings
from services.triage.store.people import KEY_OFFICER, known_names
from services.triage.store.tables import metadata
from services.triage.web.guard import guard
from services.triage.web.pages import pages
from shared.crypto.approval import approver_key
from shared.service import House, Service
from shared.service.build import folder_of


def _seed_demo(house: House, rest: Sequence[str]) -> int:
    """Add the people in the JSON file `rest[0]` and their units' keys; print who they are."""
    if len(rest) != 1:
        sys.stderr.write("use: python -m services.triage seed-demo FILE\n")
        return 2
    entries = json.loads(Path(rest[0]).read_text(encoding="utf-8"))["people"]
    with house.database.read() as connection:
        stand = known_names(connection)
    missing = [entry for entry in entries if entry["name"] not in stand]
    deployment = house.settings.deployment
    with ThreadPoolExecutor(2) as pool:  # each takes 64 MiB and lets the other run
        enrolments = list(pool.map(lambda entry: enrol(entry, deployment), missing))
    with house.transactions.begin() as tx:
        seed_demo(tx, enrolments, sorted({entry["unit"] for entry in entries}))
    sys.stdout.write(json.dumps({"people": entries}, ensure_ascii=False) + "\n")
    return 0


def _invite_officer(house: House, rest: Sequence[str]) -> int:
    """Print the link for one of a new installation's first two key officers: NAME TITLE UNIT."""
    if len(rest) != 3:
        sys.stderr.write("use: python -m services.triage invite-officer NAME TITLE UNIT\n")
        return 2
    name, title, unit = rest
    with house.transactions.begin() as tx:
        asked = Asked(name, title, unit, KEY_OFFICER, ())
        token = invite_first_officer(tx, house.rulebook, asked)
    sys.stdout.write(f"{house.settings.desk_url}/undangan/{token}\n")
    return 0


def _recompute_due(house: House, rest: Sequence[str]) -> int:
    """Count every running due date again by the calendar in use now; the reason is kept."""
    after, moved = "", 0
    while True:
        try:
            with house.transactions.begin() as tx:
                after, found = recompute_due(tx, house.rulebook, " ".join(rest), after=after)
        except ReasonTooShort as refusal:
            sys.stderr.write(
                f"{refusal.__doc__}\nuse: python -m services.triage recompute REASON\n"
            )
            return 2
        moved += found
        if not after:
            sys.stdout.write(json.dumps({"moved": moved}) + "\n")
            return 0


def _sealed_waiting(house: House, rest: Sequence[str]) -> int:
    """Write what waits for oversight's re-wrap into the file `rest[0]`: headers only."""
    if len(rest) != 1:
        sys.stderr.write("use: python -m services.triage sealed-waiting FILE\n")
        return 2
    with house.database.read() as connection:
        asked = waiting_headers(connection, house.settings.oversight_recipient)
    Path(rest[0]).write_text(json.dumps(asked), encoding="utf-8")
    sys.stdout.write(f"{len(asked['letters'])} headers\n")
    return 0


def _sealed_return(house: House, rest: Sequence[str]) -> int:
    """Take back the headers that oversight has re-wrapped into the file `rest[0]`."""
    if len(rest) != 1:
        sys.stderr.write("use: python -m services.triage sealed-return FILE\n")
        return 2
    content = json.loads(Path(rest[0]).read_text(encoding="utf-8"))
    with house.transactions.begin() as tx:
        opened = take_headers(tx, content)
    sys.stdout.write(f"{opened} cases open to their unit\n")
    return 0


def _approval_key(house: House, rest: Sequence[str]) -> int:
    """Print the public key with which approvals of rules are signed, for KENTONGAN_APPROVAL_KEY."""
    if rest:
        sys.stderr.write("use: python -m services.triage approval-key\n")
        return 2
    sys.stdout.write(f"{approver_key(house.settings.identity)}\n")
    return 0


SERVICE = Service(
    name="triage",
    folder=folder_of(__file__),
    settings=TriageSettings,
    metadata=metadata,
    layout="triage/meja.html",
    pages=pages,
    inbound=INBOUND,
    chores=CHORES,
    gauges=GAUGES,
    guard=guard,
    url=lambda settings: str(settings.desk_url),
    verbs={
        "approval-key": _approval_key,
        "recompute": _recompute_due,
        "seed-demo": _seed_demo,
        "invite-officer": _invite_officer,
        "sealed-waiting": _sealed_waiting,
        "sealed-return": _sealed_return,
    },
)
