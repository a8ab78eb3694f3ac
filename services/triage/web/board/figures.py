"""A number on the board, and the cases it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the address of the cases it counts."""

    name: str
    number: int
    to: str
