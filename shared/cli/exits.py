"""What the operator's commands have in common: whom they speak of, and how they end."""

from __future__ import annotations

import click

SERVICES = click.Choice(("complaints", "triage", "notify", "ledger"))
REFUSED, UNREACHABLE = 3, 4
