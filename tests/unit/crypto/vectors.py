"""Reads tests/vectors: literal bytes that the browser's tests read too."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parents[2] / "vectors"


def load(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def unbase64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def why(case: dict[str, Any]) -> str:
    return str(case["why"])


def unpacked(case: dict[str, Any]) -> bytes:
    """A record's plaintext, stored without its zeros."""
    return unbase64(case["head"]).ljust(case["length"], b"\x00")
