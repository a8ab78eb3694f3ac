"""What `kentongan up` may be told by its environment."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from shared.runtime.settings import Settings, a_path, a_url, setting

# Offsets from PORT_BASE; a service's worker shows its numbers 50 above its pages.
OFFSETS = {"complaints": 0, "triage": 100, "notify": 200, "ledger": 300}
METRICS_OFFSET = 50
SERVICES = tuple(OFFSETS)


def a_port_base(text: str) -> int:
    """A port with room for the others above it."""
    base = int(text)
    highest = 65_535 - max(OFFSETS.values()) - METRICS_OFFSET
    if not 1024 <= base <= highest:
        raise ValueError(f"must be a port from 1024 to {highest}")
    return base


def a_yes(text: str) -> bool:
    """0 or 1."""
    if text not in ("0", "1"):
        raise ValueError("must be 0 or 1")
    return text == "1"


@dataclass(frozen=True)
class UpSettings(Settings):
    """State folder, ports, demonstration and, for --servers, where the servers are."""

    home: Path = setting("KENTONGAN_HOME", a_path, default=Path("var"), help="State folder.")
    port_base: int = setting("PORT_BASE", a_port_base, default=8000, help="The public site's.")
    demo: bool = setting("DEMO", a_yes, default=True, help="1 loads fictitious people and cases.")
    demo_folder: Path = setting("KENTONGAN_DEMO", a_path, default=Path("deploy/demo"))
    postgres_url: str = setting(
        "KENTONGAN_POSTGRES_URL", a_url, default="postgresql://postgres@127.0.0.1:5432"
    )
    amqp_url: str = setting(
        "KENTONGAN_AMQP_URL", a_url, default="amqp://guest:guest@127.0.0.1:5672"
    )
    rabbitmqctl: str = setting("KENTONGAN_RABBITMQCTL", default="rabbitmqctl")

    def settled(self) -> UpSettings:
        """The same with the state folder as a whole path."""
        return dataclasses.replace(self, home=self.home.resolve())

    def port(self, service: str) -> int:
        """The port of a service's pages."""
        return self.port_base + OFFSETS[service]

    def metrics_port(self, service: str) -> int:
        """The private port of a service's worker."""
        return self.port(service) + METRICS_OFFSET

    def url(self, service: str) -> str:
        """Where a person reaches a service."""
        return f"http://127.0.0.1:{self.port(service)}"
