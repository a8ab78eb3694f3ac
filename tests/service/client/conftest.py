"""The command line against the real public service, over a socket that can lose answers."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from services.complaints.service import SERVICE
from shared.service import create_app
from tests.service.complaints.world import World


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: the tests' output is for the tests."""


class Site:
    """The service behind a URL; `lose` answers are thrown away after the work is done."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lose: list[str] = []
        self.seen: list[str] = []
        self._server = make_server(
            "127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def crowd(self) -> None:
        """From now on every opening costs work, as when very many are opening mailboxes."""
        settings = dataclasses.replace(self.world.settings, free_openings=1)
        app = create_app(SERVICE, dataclasses.replace(self.world.house, settings=settings))
        app.test_client().get("/api/v1/mailbox", headers={"Kentongan-Signature": "x"})
        self.world.bare = app.wsgi_app

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        line = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        self.seen.append(line)
        answer = self.world.bare(environ, start)
        if any(line.startswith(lost) for lost in self.lose):
            self.lose = [lost for lost in self.lose if not line.startswith(lost)]
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The public service with every unit's key published, on SQLite and a free port."""
    world = World(
        f"sqlite:///{tmp_path / 'test.db'}", tmp_path, datetime(2026, 11, 23, 3, 32, tzinfo=UTC)
    )
    made = Site(world)
    yield made
    made.close()
    world.close()
