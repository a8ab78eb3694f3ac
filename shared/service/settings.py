"""The settings every service has; a service's own class adds what only it needs."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared.crypto.errors import MalformedKey
from shared.crypto.road import RoadKeys
from shared.runtime.settings import (
    Settings,
    a_count,
    a_key,
    a_path,
    a_port,
    a_url,
    an_address,
    setting,
)


def road_keys(text: str) -> RoadKeys:
    """32-byte keys, comma-separated, the sealing one first; each as 64 hex digits or base64."""
    try:
        return RoadKeys.of([_key(one.strip()) for one in text.split(",")])
    except MalformedKey as fault:
        raise ValueError("must be different keys of 32 random bytes") from fault


def _key(text: str) -> bytes:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    return base64.b64decode(text, validate=True)


_MACHINE = "http://127.0.0.1"


@dataclass(frozen=True)
class ServiceSettings(Settings):
    """Read from the environment by the service's own `__main__`, and nowhere else."""

    database_url: str = setting(
        "KENTONGAN_DATABASE_URL", a_url, help="sqlite:////path/x.db or postgresql://…", secret=True
    )
    carrier_url: str = setting(
        "KENTONGAN_CARRIER_URL", a_url, help="sqlite:////path/carrier.db or amqp://…", secret=True
    )
    road_key: RoadKeys = setting(
        "KENTONGAN_ROAD_KEY", road_keys, help="Seals what travels between services.", secret=True
    )
    session_key: bytes = setting(
        "KENTONGAN_SESSION_KEY", a_key, help="Signs session cookies.", secret=True
    )
    deployment: str = setting("KENTONGAN_DEPLOYMENT", help="This installation's own name.")
    blobs: Path = setting("KENTONGAN_BLOBS", a_path, help="Folder of sealed evidence.")
    rulebook: Path | None = setting(
        "KENTONGAN_RULEBOOK", a_path, default=None, help="Folder of rules; ours when unset."
    )
    bind: tuple[str, int] = setting("KENTONGAN_BIND", an_address, default=("127.0.0.1", 8000))
    metrics_port: int | None = setting("KENTONGAN_METRICS_PORT", a_port, default=None)
    workers: int = setting("KENTONGAN_WORKERS", a_count, default=1)
    threads: int = setting("KENTONGAN_THREADS", a_count, default=8)
    waiting: int = setting(
        "KENTONGAN_WAITING",
        a_count,
        default=1,
        help="Requests of one process that may wait for a lane, each in a thread of its own.",
    )
    public_url: str = setting("KENTONGAN_PUBLIC_URL", a_url, default=f"{_MACHINE}:8000")
    desk_url: str = setting("KENTONGAN_DESK_URL", a_url, default=f"{_MACHINE}:8100")
    stop_url: str = setting("KENTONGAN_STOP_URL", a_url, default=f"{_MACHINE}:8200")
    exit_url: str | None = setting(
        "KENTONGAN_EXIT_URL",
        a_url,
        default=None,
        help="Where quick exit leads; an empty page of ours when unset.",
    )
    brand: str = setting("KENTONGAN_BRAND", default="Kentongan", help="The name on every page.")

    @classmethod
    def of_this_process(cls) -> Self:
        """Read from the process's own environment; raises SettingsFault naming all faults."""
        return cls.read(os.environ)
