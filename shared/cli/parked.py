"""`kentongan parked`: what a service could not act on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import click

from shared.cli.exits import REFUSED, SERVICES, UNREACHABLE
from shared.runtime.errors import Refusal
from shared.runtime.settings import Settings, SettingsFault, a_path, a_url, setting


@click.group()
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
