"""Picture every page: `make screens`, or `python -m tests.browser.screens FOLDER [DEMO_JSON]`.

Writes FOLDER/<page>-<width>-<light|dark>.png: what one sees first at 360 and 1280 px, in so few
colours that all of them stay small together. With the demo.json of a running system its pages are
taken, otherwise a system is started for this.
"""

from __future__ import annotations

import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.chromium import chromium
from tests.browser.walk import walk
from tests.support.system import Town

SIZES = ((360, 740), (1280, 800))
SCHEMES = ("light", "dark")
_COLOURS = 28


def take(table: dict[str, Any], folder: Path) -> None:
    """Walk once and picture each page four times."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, person in walk(browser, table):
            print(name, flush=True)
            for width, height in SIZES:
                person.page.set_viewport_size({"width": width, "height": height})
                for scheme in SCHEMES:
                    person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    person.page.evaluate("() => scrollTo(0, 0)")
                    picture = person.page.screenshot(animations="disabled", caret="hide")
                    (folder / f"{name}-{width}-{scheme}.png").write_bytes(small(picture))


def small(picture: bytes) -> bytes:
    """The PNG in few colours, a wide one at half its size."""
    out = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        plain = image.convert("RGB")
    if plain.width > SIZES[0][0]:
        plain = plain.reduce(2)
    few = plain.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


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
