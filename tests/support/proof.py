"""An honest sender's proof of work for tests: the real challenge, the real check, a low cost."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.test import Client

from client.proving import CHALLENGE, COMPLAINTS, Proving
from shared.crypto.proof import HEADER, Challenge, solve

CHEAP = "64"  # KENTONGAN_PROOF_COST of a test's own system
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]

_ENVIRON = "HTTP_" + HEADER.upper().replace("-", "_")


class HonestSender:
    """A WSGI application whose askers all do their work, unless they bring a proof of their own."""

    def __init__(self, app: Wsgi) -> None:
        self.app = app
        self._asker = Client(app)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """The application's answer."""
        is_filing = (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", COMPLAINTS)
        if is_filing and _ENVIRON not in environ:
            content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ = {**environ, "wsgi.input": io.BytesIO(content), _ENVIRON: self.prove(content)}
        return self.app(environ, start)

    def prove(self, content: bytes) -> str:
        """The header's value for these bytes."""
        what = {"for": hashlib.sha256(content).hexdigest()}
        return solve(Challenge.read(self._asker.post(CHALLENGE, json=what).get_json()))


__all__ = ["CHEAP", "HonestSender", "Proving"]
