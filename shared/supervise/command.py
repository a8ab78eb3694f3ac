"""The command itself: set up, start, file the demonstration, say ready, watch, end."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

import shared
from shared.runtime.settings import SettingsFault
from shared.supervise.children import Stopped
from shared.supervise.settings import UpSettings
from shared.supervise.system import System


@click.command()
@click.option(
    "--servers", is_flag=True, help="On PostgreSQL and RabbitMQ instead of files of its own."
)
def up(servers: bool) -> None:
    """Run the whole system on this machine until Ctrl-C.

    Makes what it needs in the state folder (KENTONGAN_HOME, default var/), listens from PORT_BASE
    (default 8000; desk +100, stop links +200, ledger +300) and, unless DEMO=0, loads fictitious
    people and complaints. With --servers it makes its own databases and broker users on
    KENTONGAN_POSTGRES_URL and KENTONGAN_AMQP_URL. For development and demonstrations: one person
    on this machine can read every key in the state folder.
    """
    try:
        settings = UpSettings.read(os.environ)
    except SettingsFault as fault:
        raise click.ClickException(str(fault)) from fault
    try:
        _run(settings, servers=servers)
    except Stopped as fault:
        raise click.ClickException(str(fault)) from fault


def _run(settings: UpSettings, *, servers: bool) -> None:
    root = Path(shared.__file__).parents[1]
    stopping = _asked_to_stop()
    system = System(settings.settled(), root, os.environ, _say)
    try:
        with _alone(system.settings):
            system.start(servers=servers)
            while True:
                system.watch()
                time.sleep(0.2)
    except KeyboardInterrupt:
        _say("stopping")
    finally:
        stopping.append(True)
        system.stop()
    _say("stopped")


def _asked_to_stop() -> list[bool]:
    """SIGTERM is treated as Ctrl-C; once the list holds anything, another one changes nothing."""
    stopping: list[bool] = []

    def ask(_number: int, _frame: FrameType | None) -> None:
        if not stopping:
            stopping.append(True)
            raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stopping


@contextmanager
def _alone(settings: UpSettings) -> Iterator[None]:
    """One system a state folder."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.home / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped(f"{settings.home} is in use by another kentongan up") from None
        yield


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
