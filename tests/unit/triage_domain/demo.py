"""The demonstration's complaints, as triage would see them."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.rulebook import Disclosed, load, read_disclosed

FILE = Path(__file__).parents[3] / "deploy" / "demo" / "complaints.json"
RULEBOOK = load()


@dataclass(frozen=True)
class Demo:
    """`expected` is the priority domain.md promises for this text, None where it promises none."""

    id: str
    disclosed: Disclosed
    at: datetime
    reports_90d: int
    expected: str | None


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["complaints"]
    return found


def demos() -> list[Demo]:
    return [
        Demo(
            id=entry["id"],
            disclosed=read_disclosed(RULEBOOK, entry["disclosed"]),
            at=datetime.fromisoformat(entry["filed_at"]),
            reports_90d=entry["reports_90d"],
            expected=entry.get("expected_priority"),
        )
        for entry in entries()
    ]
