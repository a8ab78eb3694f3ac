"""gunicorn in this process: threads, no access log, nothing of the asker in an error log."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from shared.service.settings import ServiceSettings

_MEMORY = Path("/dev/shm")  # noqa: S108 - heartbeat files only; nothing of a request


class _Discreet(logging.Filter):
    """gunicorn names the asker's address and path in its warnings; keep the first words only."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = str(record.msg)
        for start in ("Invalid request", "Error handling request"):
            if text.startswith(start):
                record.msg, record.args, record.exc_info = start, (), None
        return True


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, load: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._load, self._options = load, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._load()


def serve(load: Callable[[], Flask], settings: ServiceSettings) -> int:
    """Serve until SIGTERM; a request under way is finished first. `load` runs in each worker."""
    logging.getLogger("gunicorn.error").addFilter(_Discreet())
    host, port = settings.bind
    options = {
        "bind": f"{host}:{port}",
        "worker_class": "gthread",
        "workers": settings.workers,
        "threads": settings.threads,
        "accesslog": None,
        "loglevel": "warning",
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
