"""The settings of the ledger: those every service has, and none that could read an entry."""

from __future__ import annotations

from dataclasses import dataclass

from shared.runtime.settings import a_url, setting
from shared.service.settings import ServiceSettings


@dataclass(frozen=True)
class LedgerSettings(ServiceSettings):
    """Read from the environment by `services.ledger.__main__`, and nowhere else."""

    ledger_url: str = setting("KENTONGAN_LEDGER_URL", a_url, default="http://127.0.0.1:8300")
