"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared.web.audience import audience


def health_pages(checks: Mapping[str, Callable[[], bool]]) -> Blueprint:
    """`/health/live` answers while the process runs; `/health/ready` only if every check holds.

    A failed check is named (`{"status": "away", "away": ["broker"]}`, status 503), nothing more.
    """
    pages = Blueprint("health", __name__, url_prefix="/health")

    @pages.get("/live")
    @audience("public")
    def live() -> ResponseReturnValue:
        return jsonify(status="ok")

    @pages.get("/ready")
    @audience("public")
    def ready() -> ResponseReturnValue:
        away = [name for name, holds in checks.items() if not holds()]
        if away:
            return jsonify(status="away", away=away), 503
        return jsonify(status="ok")

    return pages
