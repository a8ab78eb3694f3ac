"""Forms answer only the page they came from (OWASP ASVS 5.0 §3.5.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect

from shared.runtime.errors import Refused

View = TypeVar("View", bound=Callable[..., Any])

_ONE_CLICK = "kentongan_one_click"


class FormFromElsewhere(Refused):
    """Formulir ini dikirim dari situs lain. Buka formulirnya di sini, lalu isi sendiri."""

    code = "form_from_elsewhere"


def one_click(view: View) -> View:
    """Mark a POST that a mail program sends by itself (RFC 8058): its secret is in its link."""
    setattr(view, _ONE_CLICK, True)
    return view


def is_exempt(path: str, view: Callable[..., Any] | None) -> bool:
    """Whether a POST to `path` needs no token: the API (no cookies there) and one-click stops."""
    return path.startswith("/api/") or getattr(view, _ONE_CLICK, False)


class _Protection(CSRFProtect):  # type: ignore[misc]
    def _is_exempt(self) -> bool:
        view = current_app.view_functions.get(request.endpoint or "")
        return is_exempt(request.path, view)


def protect_forms_of(app: Flask) -> None:
    """Demand the session's token with every POST outside /api/.

    A token lives as long as its session: a reporter may write for hours. The referrer is not
    asked for, because our own pages send none; a browser that says the request comes from another
    site (Sec-Fetch-Site) is refused as well.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method != "POST" or request.endpoint is None:
            return
        if is_exempt(request.path, app.view_functions.get(request.endpoint)):
            return
        if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
            raise FormFromElsewhere

    _Protection(app)
