"""From a declaration and its settings to what runs: the house and the web application."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from shared.messaging.tx import Transactions
from shared.rulebook import load
from shared.runtime.blobs import Blobs
from shared.runtime.clock import Clock, SystemClock
from shared.runtime.database import Database
from shared.service.declaration import House, Service
from shared.service.readiness import readiness
from shared.service.settings import ServiceSettings
from shared.web.app import Frame, build


def open_house(service: Service, settings: ServiceSettings, *, clock: Clock | None = None) -> House:
    """Open the database, the blobs and the rulebook of one process."""
    clock = clock or SystemClock()
    database = Database(settings.database_url)
    return House(
        name=service.name,
        settings=settings,
        database=database,
        clock=clock,
        transactions=Transactions(database, clock, service.name, service.fact_step),
        blobs=Blobs(settings.blobs),
        rulebook=load(settings.rulebook),
    )


def create_app(service: Service, house: House) -> Flask:
    """The service's pages in the frame; raises UnstatedAudience for a page without audience."""
    if service.prepare is not None:
        service.prepare(house)
    frame = Frame(
        name=service.name,
        folder=service.folder,
        url=service.url(house.settings),
        session_key=house.settings.session_key,
        brand=house.settings.brand,
        body_bytes=service.body_bytes,
        layout=service.layout,
        checks=readiness(service, house),
        clock=house.clock,
        guard=service.guard(house) if service.guard else None,
    )
    return build(frame, service.pages(house))


def folder_of(file: str) -> Path:
    """The folder of a service, said in its service.py as `folder_of(__file__)`."""
    return Path(file).parent
