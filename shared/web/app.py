"""One Flask application: a service's pages inside the frame."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from flask import Blueprint, Flask, request
from flask.json.provider import DefaultJSONProvider

from shared.runtime.clock import Clock, SystemClock
from shared.web.api import register_pages
from shared.web.audience import Guard, guard_pages_of, refuse_silent_routes_of
from shared.web.csrf import protect_forms_of
from shared.web.errors import translate_errors_of
from shared.web.files import SHARED_FOLDERS, static_pages
from shared.web.headers import set_headers_on
from shared.web.health import health_pages
from shared.web.i18n import LANGUAGES, asker_language, speak
from shared.web.limits import MIB, limit_bodies_of
from shared.web.packing import pack_pages_of
from shared.web.sessions import Sessions
from shared.web.uploads import bound_uploads_of
from shared.web.words import teach_words

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the frame must know of a service.

    `folder` holds its templates/, static/ and locale/; `url` is where people reach it;
    `checks` are what readiness depends on; `guard` decides audiences that are not open; `clock`
    tells error pages when to come back.
    """

    name: str
    folder: Path
    url: str
    session_key: bytes
    brand: str = "Kentongan"
    body_bytes: int = 2 * MIB
    layout: str = "frame.html"
    checks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    guard: Guard | None = None
    clock: Clock = field(default_factory=SystemClock)


class _Json(DefaultJSONProvider):
    """Flask's JSON in one spelling, made once: compact, as it is sent, letters as they are."""

    ensure_ascii, compact = False, True

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self._encode = json.JSONEncoder(
            default=self.default, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode

    def dumps(self, obj: Any, **more: Any) -> str:
        """The text of `obj`."""
        return self._encode(obj)


class _App(Flask):
    json_provider_class = _Json

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is async; looking whether one is cost as much as reading the body."""
        return func


def build(frame: Frame, pages: Sequence[Blueprint]) -> Flask:
    """The application; raises UnstatedAudience for a page that does not say who may see it."""
    app = _App(f"kentongan.{frame.name}", static_folder=None, template_folder=None)
    app.secret_key, app.session_interface = frame.session_key, Sessions()
    https = urlsplit(frame.url).scheme == "https"
    app.config.update(
        SESSION_COOKIE_NAME="k",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=https or not _is_loopback(frame.url),
        SESSION_PERMANENT=False,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    app.extensions["kentongan_clock"] = frame.clock
    set_headers_on(app, https=https)
    pack_pages_of(app)
    bound_uploads_of(app)
    limit_bodies_of(app, frame.body_bytes)
    speak(app, {frame.name: frame.folder / "locale"})
    guard_pages_of(app, frame.guard)
    protect_forms_of(app)
    translate_errors_of(app)
    teach_words(app)
    _teach_templates(app, frame)
    folders = {**SHARED_FOLDERS, frame.name: frame.folder / "static"}
    register_pages(app, [static_pages(folders), health_pages(frame.checks), *pages], frame.name)
    refuse_silent_routes_of(app, frame.guard)
    return app


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "::1", "localhost"}


def _teach_templates(app: Flask, frame: Frame) -> None:
    app.jinja_loader = jinja2.ChoiceLoader(
        [jinja2.FileSystemLoader(frame.folder / "templates"), jinja2.FileSystemLoader(_TEMPLATES)]
    )
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def frame_words() -> dict[str, Any]:
        return {
            "brand": frame.brand,
            "layout": frame.layout,
            "language": asker_language(),
            "languages": LANGUAGES,
            "path": request.path,
            "problems": (),
        }
