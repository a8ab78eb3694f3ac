"""gunicorn in this process: threads, no access log, nothing of the asker in an error log."""

from __future__ import annotations

import gc
import json
import logging
import os
import socket
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import errors as faults
from gunicorn.workers.gthread import ThreadWorker

from shared.service.settings import ServiceSettings
from shared.web.headers import NO_STORE, SECURITY_HEADERS

_MEMORY = Path("/dev/shm")  # noqa: S108 - heartbeat files only; nothing of a request
_STATUS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (faults.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (faults.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (faults.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (faults.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (faults.ParseException, HTTPStatus.BAD_REQUEST),
)


class _Discreet(ThreadWorker):  # type: ignore[misc]
    """Answers what is no HTTP with our own headers; gunicorn's way logs the asker's address."""

    def handle_error(self, _request: Any, client: socket.socket, _address: Any, fault: Any) -> None:
        status = next(
            (status for kind, status in _STATUS if isinstance(fault, kind)),
            HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("web.fault %s", type(fault).__name__)
        try:
            client.sendall(bare_answer(status))
        except OSError:
            return


def bare_answer(status: HTTPStatus) -> bytes:
    """A whole HTTP answer for a request that never reached a page."""
    message = "Permintaan tidak terbaca. / The request cannot be read."
    problem = {"code": "malformed", "field": None, "message": message}
    body = json.dumps({**problem, "errors": [problem]}).encode()
    headers = {
        **SECURITY_HEADERS,
        "Cache-Control": NO_STORE,
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, load: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._load, self._options = load, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        made = self._load()
        _spare_what_stays()
        return made


def _spare_what_stays() -> None:
    """Keep the garbage collector from what lives as long as the process, and from every request.

    A request leaves no cycles of note; looking for them was a tenth of intake's processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def serve(load: Callable[[], Flask], settings: ServiceSettings) -> int:
    """Serve until SIGTERM; a request under way is finished first. `load` runs in each worker."""
    logging.getLogger("gunicorn.error").setLevel(logging.ERROR)
    host, port = settings.bind
    options = {
        "bind": f"{host}:{port}",
        "worker_class": _Discreet,
        "workers": settings.workers,
        # What waits for a lane holds a thread; they are made when they are needed.
        "threads": settings.threads + settings.waiting,
        "worker_connections": 1000 + settings.threads + settings.waiting,
        "accesslog": None,
        "loglevel": "error",
        "worker_tmp_dir": str(_MEMORY) if os.access(_MEMORY, os.W_OK) else None,
        "graceful_timeout": 20,
        "timeout": 60,
        "keepalive": 5,
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "control_socket_disable": True,
    }
    _Server(load, options).run()
    return 0
