"""`python -m tests.bench [--seconds 10] [--only intake,form,road] [--mode servers,embedded]`."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import intake, road
from tests.bench.clocks import clocks
from tests.bench.desk_pages import desk_pages
from tests.bench.machine import load, machine
from tests.bench.report import table
from tests.bench.scene import THREADS, WEB, WORKERS, Scene
from tests.bench.siege import siege
from tests.chaos.town import Servers
from tests.support.postgres import PostgresCluster
from tests.support.rabbit import RabbitNode

PARTS = ("road", "intake", "form", "town", "siege", "clocks", "desk")
MODES = ("servers", "embedded")


def main(words: list[str]) -> int:
    """Measure, print the table, write the JSON; 1 when a complaint was refused or lost."""
    asked = _arguments(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    figures: dict[str, Any] = {
        "machine": machine(),
        "seconds": asked.seconds,
        "workers": WORKERS,
        "threads": THREADS,
    }
    os.environ["KENTONGAN_WORKERS"], os.environ["KENTONGAN_THREADS"] = str(WORKERS), str(THREADS)
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kentongan-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if "clocks" in asked.only and "servers" in asked.mode:
            _say(f"clocks: {asked.cases} open")
            figures["clocks"] = clocks(_made(folder / "clocks"), asked.cases)
        if "desk" in asked.only and "servers" in asked.mode:
            _say(f"desk: {asked.cases} cases")
            figures["desk"] = desk_pages(_made(folder / "desk"), asked.cases, asked.seconds)
        for mode in asked.mode if set(asked.only) - {"clocks", "desk"} else ():
            figures[mode] = _measure(mode, folder / mode, asked)
    figures["machine"]["load_after"] = load()
    print(table(figures))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 1 if _errors(figures) else 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _measure(mode: str, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir()
    figures: dict[str, Any] = {}
    with _servers(mode, folder) as servers:
        scene = Scene(folder / "home", servers)
        try:
            _say(f"{mode}: starting")
            scene.town.start()
            scene.directory  # noqa: B018 - asked before anything is stopped
            if "road" in asked.only:
                _say(f"{mode}: submit to visible")
                figures["visible"] = road.visible(
                    scene, per_second=asked.rate, seconds=2 * asked.seconds
                )
                _say(f"{mode}: road")
                figures["road"] = road.throughput(scene, asked.facts)
                scene.leave_only(WEB)
                figures["alone"] = road.alone(scene, folder, 2 * asked.facts)
            if {"intake", "form"} & set(asked.only):
                scene.leave_only(WEB)
            if "intake" in asked.only:
                _say(f"{mode}: intake by API")
                figures["intake"] = intake.by_api(scene, asked.seconds, folder)
            if "form" in asked.only:
                _say(f"{mode}: intake by form")
                figures["form"] = intake.by_form(scene, asked.seconds)
            if "town" in asked.only:
                _say(f"{mode}: intake beside everything else")
                scene.start_missing()
                figures["town"] = intake.with_everything(scene, asked.seconds)
            if "siege" in asked.only:
                _say(f"{mode}: 200 bots")
                scene.leave_only(WEB)
                figures["siege"] = siege(scene, asked.seconds)
        except BaseException:
            _say(scene.town.logs())
            raise
        finally:
            scene.town.stop()
    return figures


@contextlib.contextmanager
def _servers(mode: str, folder: Path) -> Iterator[Servers | None]:
    if mode == "embedded":
        yield None
        return
    with contextlib.ExitStack() as stack:
        for name in ("postgres", "rabbit"):
            (folder / name).mkdir()
        cluster = PostgresCluster(folder / "postgres")
        stack.callback(cluster.stop)
        cluster.start()
        node = RabbitNode(folder / "rabbit")
        stack.callback(node.stop)
        node.start()
        yield Servers(cluster, node)


def _errors(found: Any) -> int:
    """All errors anywhere in the figures."""
    if isinstance(found, dict):
        own = found.get("errors", 0)
        return int(own) + sum(_errors(below) for below in found.values())
    return sum(_errors(one) for one in found) if isinstance(found, list) else 0


def _say(words: str) -> None:
    print(time.strftime("%H:%M:%S"), words, file=sys.stderr, flush=True)


def _arguments(words: list[str]) -> argparse.Namespace:
    def some_of(known: tuple[str, ...]) -> Any:
        def read(text: str) -> tuple[str, ...]:
            chosen = tuple(text.split(","))
            if not set(chosen) <= set(known):
                raise argparse.ArgumentTypeError(f"some of {','.join(known)}")
            return chosen

        return read

    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="of each load")
    parser.add_argument("--facts", type=int, default=1000, help="complaints on the road at once")
    parser.add_argument("--rate", type=float, default=10, help="complaints/s, submit to visible")
    parser.add_argument("--cases", type=int, default=1_000_000, help="open clocks of the tick")
    parser.add_argument("--only", type=some_of(PARTS), default=PARTS, help=",".join(PARTS))
    parser.add_argument("--mode", type=some_of(MODES), default=MODES, help=",".join(MODES))
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
