"""A service as data: what it shows, what it hears, what time alone makes it do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import Blueprint

from shared.runtime.blobs import Blobs
from shared.runtime.clock import Clock
from shared.runtime.database import Database
from shared.service.settings import ServiceSettings
from shared.web.audience import Guard
from shared.web.limits import MIB

if TYPE_CHECKING:
    from shared.contracts import Fact
    from shared.messaging.tx import Transactions, Tx
    from shared.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True)
class House:
    """What a service's pages, inbound functions and chores are handed.

    `settings` is the service's own settings class (typed Any so that each may use its fields).
    """

    name: str
    settings: Any
    database: Database
    clock: Clock
    transactions: Transactions
    blobs: Blobs
    rulebook: Rulebook


@dataclass(frozen=True)
class Chore:
    """Something done every `every_seconds` in the worker, each in its own thread.

    `run(house)` returns how many things it did; what it raises is logged and tried again.
    """

    name: str
    every_seconds: float
    run: Callable[[House], object]


Verb = Callable[[House, Sequence[str]], int]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service, declared in its service.py.

    `pages(house)` gives blueprints (flask-smorest's are described in OpenAPI). `inbound` maps a
    fact type to what happens on it, inside the transaction that also notes the fact as heard.
    `fact_step` coarsens the time of facts (complaints: one hour). `guard(house)` gives the
    function that decides audiences which are not open. `gauges` are the numbers its operator
    watches, read at every scrape. `url` picks where people reach it out of the settings.
    `layout` is the template its error pages extend. `prepare` runs once in each process before it
    serves. `verbs` are further words after `python -m services.<name>`; each returns the exit
    code.
    """

    name: str
    folder: Path
    settings: type[ServiceSettings]
    metadata: sa.MetaData
    pages: Callable[[House], Sequence[Blueprint]]
    inbound: Mapping[str, Callable[[Tx, Fact, House], None]] = field(default_factory=dict)
    chores: tuple[Chore, ...] = ()
    prepare: Callable[[House], None] | None = None
    guard: Callable[[House], Guard] | None = None
    gauges: Mapping[str, Callable[[House], float]] = field(default_factory=dict)
    fact_step: timedelta | None = None
    body_bytes: int = 2 * MIB
    layout: str = "frame.html"
    url: Callable[[Any], str] = lambda settings: str(settings.public_url)
    verbs: Mapping[str, Verb] = field(default_factory=dict)

    @property
    def migrations(self) -> Path:
        """The folder of its Alembic scripts."""
        return self.folder / "migrations"
