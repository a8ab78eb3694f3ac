"""The one table `kentongan up` prints: where to go, who to be, which receipt to type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shared.crypto.receipt import group
from shared.supervise.settings import UpSettings

Json = dict[str, Any]
_SHOWN = 8
_WIDTH = 96


def table(settings: UpSettings, people: list[Json], receipts: list[Json], written: Path) -> str:
    """Rows of at most 96 columns; everybody else is in demo.json."""
    rows = [
        ("public site", settings.url("complaints")),
        ("desk", settings.url("triage")),
        ("stop links", settings.url("notify")),
        ("ledger", settings.url("ledger")),
        ("mail goes to", str(settings.home / "mail")),
        ("logs", str(settings.home / "logs")),
        ("for programs", str(written)),
    ]
    lines = ["", *(f"  {name:<14} {value}" for name, value in rows)]
    if people:
        lines += ["", "  desk people (FIKTIF; these passphrases are public)"]
        lines += [_person(one) for one in people[:_SHOWN]]
        lines += _rest(len(people), "people", written)
    if receipts:
        lines += ["", "  demo complaints (FIKTIF) and their receipts"]
        lines += [f"  {one['id']:<6} {group(one['receipt'])}" for one in receipts]
    rule = "-" * _WIDTH
    return "\n".join([rule, *lines[1:], rule])


def _person(one: Json) -> str:
    return f"  {one['name']:<10} {one['passphrase']:<36} {one['role']:<13} {one['unit']}"


def _rest(count: int, what: str, written: Path) -> list[str]:
    if count <= _SHOWN:
        return []
    return [f"  … and {count - _SHOWN} more {what} in {written.name}"]
