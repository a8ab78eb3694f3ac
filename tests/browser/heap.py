"""The memory of a page."""

from __future__ import annotations

import json
import re

from playwright.sync_api import CDPSession


class Heap:
    """The memory of a page, after its garbage was taken out."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def holds(self, pattern: str) -> bool:
        """Whether some string in it matches."""
        pieces: list[str] = []
        self._session.on("HeapProfiler.addHeapSnapshotChunk", lambda e: pieces.append(e["chunk"]))
        self._session.send("HeapProfiler.enable")
        self._session.send("HeapProfiler.collectGarbage")
        self._session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        self._session.send("HeapProfiler.disable")
        strings = json.loads("".join(pieces))["strings"]
        return any(re.search(pattern, one) for one in strings)
