"""What the embedded system's databases hold, read beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def count(home: Path, service: str, table: str) -> int:
    """Rows of one table."""
    file = home / service / f"{service}.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as books:
        return int(books.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def files_with(home: Path, words: str) -> list[str]:
    """The files under `home` in which `words` stand in plain bytes."""
    wanted = words.encode()
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(path.relative_to(home)) for path in files if wanted in path.read_bytes()]
