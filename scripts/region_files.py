"""The regions as static files for the page that asks nobody: `build` writes them, `check` compares.

regions.json    {"say": {"jabar": "jawa barat", …}, "32": ["Jawa Barat", "WIB", REGENCIES], …}
districts.json  {"32.03": DISTRICTS, …}
regions.LICENSE.txt   the notice that the names' licence (MIT) wants beside them

REGENCIES and DISTRICTS are names joined by "|", the first numbered 01 and each one more than the
one before; "71:Kota Bogor" sets the number.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from shared.rulebook.region_search import SAYS
from shared.rulebook.regions import Regions, load_regions

_FOLDER = Path(__file__).parents[1] / "services/complaints/static/build"


def files(regions: Regions) -> dict[str, bytes]:
    """Content by file name."""
    head: dict[str, Any] = {"say": SAYS}
    districts = {}
    for province in regions.provinces():
        head[province.code] = [province.name, province.zone, _packed(regions, province.code)]
        for regency in regions.children(province.code):
            if packed := _packed(regions, regency.code):
                districts[regency.code] = packed
    notice = resources.files("lokal") / "data" / "LICENSE-wilayah.txt"
    return {
        "regions.json": _json(head),
        "districts.json": _json(districts),
        "regions.LICENSE.txt": notice.read_bytes(),
    }


def _packed(regions: Regions, parent: str) -> str:
    parts, expected = [], 1
    for child in regions.children(parent):
        number = int(child.code.rpartition(".")[2])
        parts.append(child.name if number == expected else f"{number}:{child.name}")
        expected = number + 1
    return "|".join(parts)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def main(verb: str) -> int:
    """Returns the number of stale files when checking, else 0."""
    stale = {
        name: content
        for name, content in files(load_regions()).items()
        if not (_FOLDER / name).exists() or (_FOLDER / name).read_bytes() != content
    }
    for name, content in stale.items():
        if verb == "check":
            sys.stderr.write(f"stale, run make bundles: {name}\n")
        else:
            (_FOLDER / name).write_bytes(content)
    return len(stale) if verb == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
