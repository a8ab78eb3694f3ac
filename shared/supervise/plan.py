"""Which processes there are, and what each is told; values in, values out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.supervise.keys import Keys
from shared.supervise.settings import SERVICES, UpSettings

# Passed on as they stand when the person who starts us set them.
HANDED_ON = (
    "PATH",
    "HOME",
    "TZ",
    "KENTONGAN_BRAND",
    "KENTONGAN_DRAFTS_PER_SECOND",
    "KENTONGAN_FORMS_PER_SECOND",
    "KENTONGAN_FREE_OPENINGS",
    "KENTONGAN_GATHER_MINUTES",
    "KENTONGAN_MAIL_FROM",
    "KENTONGAN_MOST_DRAFTS",
    "KENTONGAN_PROOF_COST",
    "KENTONGAN_RULEBOOK",
    "KENTONGAN_SMTP_URL",
    "KENTONGAN_SMTP_URL_FILE",
    "KENTONGAN_THREADS",
    "KENTONGAN_WAITING",
    "KENTONGAN_WORKERS",
)


@dataclass(frozen=True)
class Process:
    """One child: its name, its command, its whole environment and the URL that says it is ready."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    ready_url: str


@dataclass(frozen=True)
class Stores:
    """Where one service keeps its rows and meets the road (URLs with their passwords)."""

    database_url: str
    carrier_url: str


def embedded_stores(home: Path) -> dict[str, Stores]:
    """SQLite files: one database a service, one carrier between them."""
    carrier = f"sqlite:///{home / 'road' / 'carrier.db'}"
    return {
        service: Stores(f"sqlite:///{home / service / f'{service}.db'}", carrier)
        for service in SERVICES
    }


def environment(
    service: str, settings: UpSettings, keys: Keys, handed: Mapping[str, str]
) -> dict[str, str]:
    """What one service's processes are told; secrets as the files they lie in."""
    home = settings.home
    env = {name: handed[name] for name in HANDED_ON if name in handed}
    env |= {
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "KENTONGAN_HOME": str(home),
        "KENTONGAN_DATABASE_URL_FILE": str(keys.file(f"database-url-{service}")),
        "KENTONGAN_CARRIER_URL_FILE": str(keys.file(f"carrier-url-{service}")),
        "KENTONGAN_ROAD_KEY_FILE": str(keys.file("road")),
        "KENTONGAN_SESSION_KEY_FILE": str(keys.file(f"session-{service}")),
        "KENTONGAN_DEPLOYMENT": keys.deployment,
        "KENTONGAN_BIND": f"127.0.0.1:{settings.port(service)}",
        "KENTONGAN_METRICS_PORT": str(settings.metrics_port(service)),
        "KENTONGAN_BLOBS": str(home / "blobs"),
        "KENTONGAN_PUBLIC_URL": settings.url("complaints"),
        "KENTONGAN_DESK_URL": settings.url("triage"),
        "KENTONGAN_STOP_URL": settings.url("notify"),
        "KENTONGAN_LEDGER_URL": settings.url("ledger"),
        "KENTONGAN_OVERSIGHT_RECIPIENT": keys.read("recipient-oversight"),
        "KENTONGAN_TRIAGE_RECIPIENT": keys.recipient("triage"),
        "KENTONGAN_NOTIFY_RECIPIENT": keys.recipient("notify"),
    }
    if service in ("triage", "notify"):
        name = f"KENTONGAN_{service.upper()}_IDENTITY_FILE"
        env[name] = str(keys.file(f"identity-{service}"))
    if service == "notify":
        env["KENTONGAN_MAILDIR"] = str(home / "mail")
    return env


def processes(settings: UpSettings, keys: Keys, handed: Mapping[str, str]) -> list[Process]:
    """Four services' pages and workers."""
    return [
        Process(
            name=f"{service}-{verb}",
            argv=(sys.executable, "-m", f"services.{service}", verb),
            env=environment(service, settings, keys, handed),
            ready_url=_ready_url(service, verb, settings),
        )
        for verb in ("web", "worker")
        for service in SERVICES
    ]


def _ready_url(service: str, verb: str, settings: UpSettings) -> str:
    if verb == "web":
        return f"{settings.url(service)}/health/ready"
    return f"http://127.0.0.1:{settings.metrics_port(service)}/metrics"
