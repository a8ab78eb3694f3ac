"""Picture every page: `python -m tests.browser.screens FOLDER [DEMO_JSON]`.

Writes FOLDER/<page>-<width>-<light|dark>.png at 360 and 1280 px. With the demo.json of a running
system its pages are taken, otherwise a system is started for this.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.chromium import chromium
from tests.browser.walk import walk
from tests.support.system import Town

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def take(table: dict[str, Any], folder: Path) -> None:
    """Walk once and picture each page four times."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, person in walk(browser, table):
            print(name, flush=True)
            for width in WIDTHS:
                person.page.set_viewport_size({"width": width, "height": 800})
                for scheme in SCHEMES:
                    person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    path = folder / f"{name}-{width}-{scheme}.png"
                    person.page.screenshot(path=path, full_page=True)


def main(folder: Path, table: Path | None) -> None:
    """From the command line."""
    if table:
        return take(json.loads(table.read_text(encoding="utf-8")), folder)
    with tempfile.TemporaryDirectory() as home:
        town = Town(Path(home) / "var").start(seconds=240)
        try:
            return take(town.table, folder)
        finally:
            town.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
