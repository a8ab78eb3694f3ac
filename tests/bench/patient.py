"""A browser's connection that notes every wait and, sent away from a full lane, comes again."""

from __future__ import annotations

import time
from collections import Counter

import httpx


class Patient(httpx.HTTPTransport):
    """Waits and answers of one visitor.

    A 503 is asked again after `again_seconds`, as one press of the busy page's button does; a
    person waits the five to ten seconds told, a bench has no time for it.
    """

    def __init__(self, again_seconds: float, until: float = float("inf")) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.told: Counter[str] = Counter()
        self._again_seconds, self._until = again_seconds, until

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, read to its end."""
        while True:
            began = time.monotonic()
            answer = super().handle_request(request)
            answer.read()
            self.waits.append(time.monotonic() - began)
            self.told[str(answer.status_code)] += 1
            if answer.status_code != 503 or time.monotonic() > self._until:
                return answer
            time.sleep(self._again_seconds)
