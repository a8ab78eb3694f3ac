"""The `kentongan` command: the operator's own words, and those other packages bring."""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points
from typing import Any

import click

from shared.cli.exits import SERVICES
from shared.cli.parked import parked
from shared.cli.rewrap import rewrap
from shared.cli.rulebook import rulebook

# The operator's commands import the broker and the pages only when they run: a citizen's
# `kentongan report` starts without them (0.2 s instead of 1 s).
GROUP = "kentongan.commands"


class _Commands(click.Group):
    """A group that also holds the commands of installed packages (entry points of GROUP).

    So the command-line reporter stays a package of its own: nothing here imports it.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        brought = [point.name for point in entry_points(group=GROUP)]
        return sorted({*super().list_commands(ctx), *brought})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for point in entry_points(group=GROUP, name=cmd_name):
            try:
                found: Any = point.load()
            except ImportError as fault:
                return _absent(cmd_name, str(fault.name))
            return found if isinstance(found, click.Command) else None
        return None


def _absent(name: str, module: str) -> click.Command:
    """A command whose package is not installed here: listed, and it says so when it is called."""

    def say() -> None:
        raise click.ClickException(f"{name} is not installed here ({module} is missing)")

    return click.Command(name, callback=say, help=f"Not installed here ({module} is missing).")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kentongan")
def main() -> None:
    """Report an illegal levy, follow it with its receipt, or run the whole system.

    Exit codes: 0 done, 2 wrong use, 3 refused (the reason is printed), 4 cannot be reached.
    """


@main.command()
@click.argument("service", type=SERVICES)
def migrate(service: str) -> None:
    """Bring the database of SERVICE to its newest shape.

    Reads the settings of that service from the environment, as `python -m services.SERVICE` does.
    """
    from shared.service import run

    declared = importlib.import_module(f"services.{service}.service").SERVICE
    raise SystemExit(run(declared, ["migrate"]))


main.add_command(parked)
main.add_command(rewrap)
main.add_command(rulebook)
