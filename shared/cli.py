"""The `kentongan` command: the operator's own words, and those other packages bring."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import click

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
                raise click.ClickException(
                    f"{cmd_name} is not installed here: {fault.name}"
                ) from fault
            return found if isinstance(found, click.Command) else None
        return None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kentongan")
def main() -> None:
    """Report an illegal levy, follow it with its receipt, or run the whole system."""
