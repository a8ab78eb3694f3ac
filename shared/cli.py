"""The `kentongan` command: the operator's own words, and those other packages bring."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from shared.runtime.errors import Refusal
from shared.runtime.settings import Settings, SettingsFault, a_path, a_url, setting

# The operator's commands import the broker and the pages only when they run: a citizen's
# `kentongan report` starts without them (0.2 s instead of 1 s).
GROUP = "kentongan.commands"
SERVICES = click.Choice(("complaints", "triage", "notify", "ledger"))
REFUSED, UNREACHABLE = 3, 4


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


@main.group()
def parked() -> None:
    """Messages a service could not act on: look at them, give them back, drop them.

    The carrier is the one in KENTONGAN_CARRIER_URL (or the file KENTONGAN_CARRIER_URL_FILE);
    without it, the one `kentongan up` keeps in KENTONGAN_HOME (default var/).
    """


@parked.command("list")
@click.argument("service", type=SERVICES)
def list_parked(service: str) -> None:
    """One line a message of SERVICE: id, fact, reason, time."""
    with _reasons():
        for message in _parking().list_parked(_carrier(service), service):
            click.echo(f"{message.id}  {message.type}  {message.reason}  {message.at or '-'}")


@parked.command()
@click.argument("service", type=SERVICES)
@click.argument("message")
def show(service: str, message: str) -> None:
    """All that is known of MESSAGE without opening it; its body is sealed."""
    with _reasons():
        for name, value in asdict(_parking().show(_carrier(service), service, message)).items():
            click.echo(f"{name:12}{'-' if value is None else value}")


@parked.command()
@click.argument("service", type=SERVICES)
@click.argument("message", required=False)
@click.option("--all", "every", is_flag=True, help="Every parked message of SERVICE.")
def replay(service: str, message: str | None, every: bool) -> None:
    """Give MESSAGE, or all with --all, back to SERVICE; one it has acted on changes nothing."""
    if (message is None) != every:
        raise click.UsageError("name one message, or say --all")
    with _reasons():
        click.echo(f"{_parking().replay(_carrier(service), service, message)} given back")


@parked.command()
@click.argument("service", type=SERVICES)
@click.argument("message")
@click.confirmation_option(prompt="A dropped message is gone for good. Drop it?")
def drop(service: str, message: str) -> None:
    """Delete MESSAGE for good."""
    with _reasons():
        click.echo(f"{_parking().drop(_carrier(service), service, message)} dropped")


@dataclass(frozen=True)
class CarrierSettings(Settings):
    """Where the road is, for the operator's commands."""

    carrier_url: str | None = setting("KENTONGAN_CARRIER_URL", a_url, default=None, secret=True)
    home: Path = setting("KENTONGAN_HOME", a_path, default=Path("var"))


def _parking() -> ModuleType:
    from shared.messaging import parking

    return parking


def _carrier(service: str) -> str:
    try:
        settings = CarrierSettings.read(os.environ)
    except SettingsFault as fault:
        raise click.UsageError(str(fault)) from fault
    kept = settings.home / "keys" / f"carrier-url-{service}"
    if settings.carrier_url is None and not kept.is_file():
        raise click.UsageError(f"set KENTONGAN_CARRIER_URL; there is no {kept}")
    return settings.carrier_url or kept.read_text(encoding="utf-8").strip()


@contextmanager
def _reasons() -> Iterator[None]:
    """Say why in one line, and leave with the exit code that says what kind of reason it is."""
    from shared.messaging.carrier import AWAY

    try:
        yield
    except Refusal as refusal:
        click.echo(f"refused: {refusal.code}: {refusal.sentence}", err=True)
        raise SystemExit(REFUSED) from refusal
    except AWAY as fault:
        click.echo(f"the carrier cannot be reached ({type(fault).__name__})", err=True)
        raise SystemExit(UNREACHABLE) from fault
