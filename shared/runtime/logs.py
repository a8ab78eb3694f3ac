"""JSON lines for the operator: what happened to the machine, never who or what was in it."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

_SILENT = ("werkzeug", "gunicorn.access", "kombu", "amqp", "pika", "alembic")


def configure(service: str, process: str = "") -> None:
    """Send structlog and the standard library's warnings to stderr, one JSON object a line.

    Libraries are held at WARNING: their chattier levels print addresses and bodies.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s", force=True)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service, process=process)


def log() -> Any:
    """The process's logger: `log().info("relay.away", seconds=3)`."""
    return structlog.get_logger()
