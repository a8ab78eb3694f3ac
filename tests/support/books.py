"""What the embedded system's databases hold, read beside it."""

from __future__ import annotations

import sqlite3
import time

from tests.chaos.town import Town

_TABLES = (
    ("complaints", "complaint"),
    ("complaints", "letter"),
    ("triage", "case"),
    ("triage", "letter"),
    ("triage", "move"),
)


def rows(town: Town) -> dict[str, int]:
    """How many complaints, cases, letters and moves stand in the books."""
    return {f"{service}.{table}": _count(town, service, table) for service, table in _TABLES}


def quiet_rows(town: Town, seconds: float = 30) -> dict[str, int]:
    """`rows`, once every complaint has become its case and every letter is on both sides."""
    deadline = time.monotonic() + seconds
    while not _is_at_rest(found := rows(town)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the road did not come to rest: {found}")
        time.sleep(0.2)
    return found


def _is_at_rest(found: dict[str, int]) -> bool:
    # The desk keeps the complaint itself as a letter; the mailbox reads it from its fact.
    letters = found["triage.case"] + found["complaints.letter"]
    is_opened = found["complaints.complaint"] == found["triage.case"]
    return is_opened and found["triage.letter"] == letters


def _count(town: Town, service: str, table: str) -> int:
    file = town.database_url(service).removeprefix("sqlite:///")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as books:
        return int(books.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
