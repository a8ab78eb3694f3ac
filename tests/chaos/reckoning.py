"""After the storm: every receipt shown ⇔ one complaint, one case, one commitment a fact."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shared.crypto.receipt import derive, group
from shared.messaging import parking
from shared.runtime.database import Database
from shared.supervise.settings import SERVICES
from tests.chaos import citizens
from tests.chaos.citizens import Outcome
from tests.chaos.town import Town


class Books:
    """What stands in the four databases, read with plain SQL."""

    def __init__(self, town: Town) -> None:
        self._databases = {name: Database(town.database_url(name)) for name in SERVICES}

    def all(self, service: str, query: str) -> list[Any]:
        """Rows of one service's database."""
        with self._databases[service].read() as connection:
            return list(connection.execute(sa.text(query)).all())

    def column(self, service: str, query: str) -> list[Any]:
        """The first column of the rows; bytes as bytes."""
        values = [row[0] for row in self.all(service, query)]
        return [bytes(v) if isinstance(v, memoryview) else v for v in values]

    def is_quiet(self, services: Iterable[str]) -> bool:
        """Nothing unsent, every complaint a case, every entry in the ledger."""
        unsent = sum(
            self.column(name, "SELECT count(*) FROM fact WHERE NOT sent")[0] for name in services
        )
        filed = self.column("complaints", "SELECT count(*) FROM complaint")[0]
        opened = self.column("triage", 'SELECT count(*) FROM "case"')[0]
        told = sum(self.column(name, "SELECT count(*) FROM fact")[0] for name in services)
        kept = self.column("ledger", "SELECT count(*) FROM commitment")[0]
        return bool(unsent == 0 and filed == opened and told == kept)

    def close(self) -> None:
        """Let the connections go."""
        for database in self._databases.values():
            database.dispose()


def wait_until_quiet(town: Town, services: Iterable[str], seconds: float) -> bool:
    """Give the road time to deliver what was held up; True when it did."""
    books, deadline = Books(town), time.monotonic() + seconds
    names = [n for n in services if n != "ledger"]
    try:
        while time.monotonic() < deadline:
            town.revive_dead()
            try:
                if books.is_quiet(names):
                    return True
            except sa.exc.DBAPIError:
                pass
            time.sleep(0.5)
        return False
    finally:
        books.close()


def faults(town: Town, outcomes: list[Outcome], services: Iterable[str]) -> list[str]:
    """Every way in which the books differ from what citizens were shown; [] when none."""
    names = [n for n in services if n != "ledger"]
    books = Books(town)
    try:
        return [*_receipts(books, town, outcomes), *_facts(books, names), *_parked(town, services)]
    finally:
        books.close()


def _receipts(books: Books, town: Town, outcomes: list[Outcome]) -> Iterator[str]:
    lookups = books.column("complaints", "SELECT lookup FROM complaint")
    cases = books.column("complaints", 'SELECT "case" FROM complaint')
    opened = Counter(books.column("triage", 'SELECT id FROM "case"'))
    shown = [one for one in outcomes if one.told]
    for outcome in shown:
        lookup = outcome.lookup or derive(outcome.receipt, town.keys.deployment).lookup
        if lookups.count(lookup) != 1:
            yield f"a shown receipt stands for {lookups.count(lookup)} complaints"
    if len(lookups) != len({*lookups}) or len(lookups) > len(outcomes):
        yield f"{len(lookups)} complaints for {len(outcomes)} filings"
    if len(lookups) != len(shown):
        yield f"{len(shown)} receipts shown, {len(lookups)} complaints"
    for case in cases:
        if opened[case] != 1:
            yield f"a complaint has {opened[case]} cases"
    if set(opened) - set(cases):
        yield f"{len(set(opened) - set(cases))} cases without a complaint"
    for case, states in Counter(books.column("complaints", 'SELECT "case" FROM progress')).items():
        if states != 1:
            yield f"the mailbox of {case} shows {states} first steps"
    if missing := set(cases) - set(books.column("complaints", 'SELECT "case" FROM progress')):
        yield f"{len(missing)} mailboxes never heard of their case"


def _facts(books: Books, names: list[str]) -> Iterator[str]:
    entries: Counter[bytes] = Counter()
    for name in names:
        entries.update(books.column(name, "SELECT entry FROM fact"))
        unsent = books.column(name, "SELECT count(*) FROM fact WHERE NOT sent")[0]
        if unsent:
            yield f"{unsent} facts of {name} were never sent"
    kept = Counter(books.column("ledger", "SELECT entry FROM commitment"))
    if entries != kept:
        yield f"{len(entries - kept)} commitments missing, {len(kept - entries)} too many"
    if any(count != 1 for count in entries.values()):
        yield "two facts have one commitment"
    for teller, kind, hearer in (
        ("complaints", "complaint.submitted", "triage"),
        ("complaints", "contact.left", "notify"),
        ("triage", "case.opened", "complaints"),
        ("triage", "desk.called", "notify"),
        ("triage", "case.routed", "complaints"),
    ):
        if hearer not in names:
            continue
        told = set(books.column(teller, f"SELECT id FROM fact WHERE type = '{kind}'"))
        heard = Counter(books.column(hearer, "SELECT fact_id FROM inbox"))
        if lost := [one for one in told if heard[one] != 1]:
            yield f"{hearer} did not act once on {len(lost)} {kind}"


def _parked(town: Town, services: Iterable[str]) -> Iterator[str]:
    for name in services:
        if held := parking.list_parked(town.carrier_url, name):
            yield f"{len(held)} messages of {name} are parked: {held[0].reason}"


def traces(town: Town, outcomes: list[Outcome], folders: Iterable[Path]) -> list[str]:
    """Where a file holds a word of a story, an address, a user agent or a digit of a receipt."""
    needles = {
        citizens.CANARY.encode(): "a story",
        citizens.ADDRESS.encode(): "a client's address",
        citizens.AGENT.encode(): "a user agent",
    }
    for outcome in outcomes:
        if outcome.receipt:
            needles[outcome.receipt.encode()] = "a receipt"
            needles[group(outcome.receipt).encode()] = "a receipt"
    found = []
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
            content = path.read_bytes()
            found += [f"{what} in {path}" for needle, what in needles.items() if needle in content]
            # A mail must bear its address; nothing else may.
            if citizens.MAILBOX.encode() in content and town.home / "mail" not in path.parents:
                found.append(f"a reporter's mail address in {path}")
    return sorted(set(found))
