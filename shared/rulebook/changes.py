"""What differs between two rulebooks, row by row, for a person to read before it applies."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from shared.rulebook.loading import FILES
from shared.rulebook.reading import read_toml

Rows = Mapping[str, Any]
_KEYS = ("id", "code", "day")
NAMED = 6  # rows of a table that a short account names; the rest is counted


@dataclass(frozen=True)
class Change:
    """`table` is a file and its table ("units.toml unit"), `key` the row's; `before` and `after`
    hold the fields that differ, None where the row is not there at all."""

    table: str
    key: str
    before: Rows | None
    after: Rows | None

    def __str__(self) -> str:
        where = f"{self.table} {self.key}".rstrip()
        if self.before is None or self.after is None:
            row = self.after or self.before or {}
            told = "; ".join(f"{name}: {_said(value)}" for name, value in row.items())
            return f"{'+' if self.before is None else '-'} {where}: {told}"
        names = sorted({*self.before, *self.after})
        told = "; ".join(
            f"{n}: {_said(self.before.get(n))} -> {_said(self.after.get(n))}" for n in names
        )
        return f"~ {where}: {told}"


def changes(old: Path, new: Path) -> list[Change]:
    """From the tables in folder `old` to those in `new`, in file order; raises BrokenRulebook."""
    return [change for name in sorted(FILES) for change in _of_file(name, old, new)]


def _of_file(name: str, old: Path, new: Path) -> Iterator[Change]:
    before, after = _tables(old / name), _tables(new / name)
    for table in dict.fromkeys([*before, *after]):
        were, are = before.get(table, {}), after.get(table, {})
        for key in dict.fromkeys([*were, *are]):
            if change := _change(f"{name} {table}".rstrip(), key, were.get(key), are.get(key)):
                yield change


def _change(table: str, key: str, before: Rows | None, after: Rows | None) -> Change | None:
    if before == after:
        return None
    if before is None or after is None:
        return Change(table, key, before, after)
    differ = [n for n in {*before, *after} if before.get(n) != after.get(n)]
    was, becomes = ({n: row[n] for n in differ if n in row} for row in (before, after))
    return Change(table, key, was, becomes)


def _tables(path: Path) -> dict[str, dict[str, Rows]]:
    """Table name → row key → row. What stands outside a table is one row of the table ""."""
    if path.suffix == ".csv":
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        return {"": _keyed(rows)}
    found: dict[str, dict[str, Rows]] = {}
    loose: dict[str, Any] = {}
    for name, value in read_toml(path).items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            found[name] = _keyed(value)
        else:
            loose[name] = value
    return {"": {"": loose}, **found}


def _keyed(rows: list[dict[str, Any]]) -> dict[str, Rows]:
    """By id, code or day; rows without one by their place."""
    keyed: dict[str, Rows] = {}
    for place, row in enumerate(rows, start=1):
        own = next((str(row[name]) for name in _KEYS if name in row), "")
        keyed[own if own and own not in keyed else f"{own}#{place}"] = row
    return keyed


def _said(value: object) -> str:
    text = "(none)" if value is None else str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."


Marks = dict[str, dict[str, str]]


def marks(folder: Path) -> Marks:
    """Table → row key → 8 hex digits over the row: enough to tell later what changed."""
    return {
        f"{name} {table}".rstrip(): {key: _mark(row) for key, row in rows.items()}
        for name in sorted(FILES)
        for table, rows in _tables(folder / name).items()
    }


def in_short(before: Marks, after: Marks) -> list[str]:
    """`units.toml unit: 1 added, 2 changed, 0 removed: itjen-x, …` for each table that differs."""
    told = []
    for table in sorted({*before, *after}):
        were, are = before.get(table, {}), after.get(table, {})
        added, removed = sorted(are.keys() - were.keys()), sorted(were.keys() - are.keys())
        changed = sorted(key for key in were.keys() & are.keys() if were[key] != are[key])
        if keys := [*added, *changed, *removed]:
            counts = f"{len(added)} added, {len(changed)} changed, {len(removed)} removed"
            names = ", ".join(filter(None, keys[:NAMED])) + (", …" if len(keys) > NAMED else "")
            told.append(f"{table}: {counts}" + (f": {names}" if names else ""))
    return told


def _mark(row: Rows) -> str:
    text = json.dumps(row, sort_keys=True, default=str, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:8]
