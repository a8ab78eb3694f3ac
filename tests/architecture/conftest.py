"""Every service of the system, declared and built, and the source files of the repository."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from shared.crypto.age import new_identity, recipient_of
from shared.runtime.migrate import migrate
from shared.service import Service, create_app, open_house

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("complaints", "ledger", "notify", "triage")


def declared(name: str) -> Service:
    """A service as its service.py declares it."""
    service: Service = importlib.import_module(f"services.{name}.service").SERVICE
    return service


def an_environment(folder: Path) -> dict[str, str]:
    """Settings that every service accepts, for one machine."""
    identity = new_identity()
    recipient = recipient_of(identity)
    key = "000102030405060708090a0b0c0d0e0f" * 2
    return {
        "KENTONGAN_DATABASE_URL": f"sqlite:///{folder}/service.db",
        "KENTONGAN_CARRIER_URL": f"sqlite:///{folder}/carrier.db",
        "KENTONGAN_ROAD_KEY": key,
        "KENTONGAN_SESSION_KEY": key,
        "KENTONGAN_DEPLOYMENT": "architecture",
        "KENTONGAN_BLOBS": f"{folder}/blobs",
        "KENTONGAN_MAILDIR": f"{folder}/mail",
        "KENTONGAN_TRIAGE_IDENTITY": identity,
        "KENTONGAN_TRIAGE_RECIPIENT": recipient,
        "KENTONGAN_NOTIFY_IDENTITY": identity,
        "KENTONGAN_NOTIFY_RECIPIENT": recipient,
        "KENTONGAN_OVERSIGHT_RECIPIENT": recipient,
    }


@pytest.fixture(scope="session", params=NAMES)
def service(request: pytest.FixtureRequest) -> Service:
    """One service after the other."""
    return declared(request.param)


@pytest.fixture(scope="session")
def app(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Its web application on an empty database."""
    folder = tmp_path_factory.mktemp(service.name)
    house = open_house(service, service.settings.read(an_environment(folder)))
    migrate(service.migrations, house.database)
    yield create_app(service, house)
    house.database.dispose()


def sources(*roots: str) -> Iterator[tuple[str, ast.Module]]:
    """(path from the repository's root, syntax tree) of every Python file under `roots`."""
    for root in roots:
        for path in sorted((ROOT / root).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))
