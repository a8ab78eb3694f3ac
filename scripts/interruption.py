"""Build the proxy's own pages into deploy/nginx/: `make interruption`.

tests/architecture/test_interruption.py builds them again and compares.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from shared.rulebook import load
from shared.web.interruption import interruption_pages, nginx_headers

NGINX = Path(__file__).parents[1] / "deploy/nginx"


def built(brand: str = "Kentongan") -> dict[Path, str]:
    """Text by path."""
    pages = interruption_pages(load().wording.doors.values(), brand)
    made = {NGINX / "gangguan" / name: text for name, text in pages.items()}
    return {**made, NGINX / "headers.conf": nginx_headers()}


def main() -> None:
    """From the command line."""
    asked = argparse.ArgumentParser(description="Build the proxy's own pages.")
    asked.add_argument("--brand", default="Kentongan")
    for path, text in built(asked.parse_args().brand).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
