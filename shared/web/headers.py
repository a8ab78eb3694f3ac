"""The headers every answer carries, whatever its route and status."""

from __future__ import annotations

import functools
from typing import Any

from flask import Flask, Response, g

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
# A page on which a person adds a passkey.
_NO_KEYS, _OWN_KEYS = "publickey-credentials-create=()", "publickey-credentials-create=(self)"
# A page that shows opened files: frames of bytes it holds itself, whose documents take this policy
# over. "data:" fetches nothing.
FRAMING_POLICY = (
    CONTENT_SECURITY_POLICY.replace("img-src 'self' blob:", "img-src 'self' blob: data:")
    + "; media-src data:; frame-src blob:"
)
_SENSORS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-create", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _SENSORS),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Styles and scripts have no sensors and no frame; a page of 15 KB cannot spare half a KB for each.
_OF_DOCUMENTS = frozenset({"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"})
HSTS = "max-age=63072000; includeSubDomains"
NO_STORE = "no-store"
FOR_EVER = "public, max-age=31536000, immutable"


def keep_for_ever() -> None:
    """Let the asker's browser keep this answer; for files whose address is their hash."""
    g.kept = True


def let_frame_files() -> None:
    """Let this page show files it has opened in frames of its own."""
    g.frames = True


def let_make_passkeys() -> None:
    """Let this page ask the browser for a new passkey."""
    g.makes_passkeys = True


class Answer(Response):
    """An answer and the headers that stand on every one of its kind.

    They join what a view has set at the very last, as one list: setting them one by one, each
    checked anew, was a twentieth of taking a complaint in.
    """

    standing: tuple[tuple[str, str], ...] = ()

    def get_wsgi_response(self, environ: Any) -> Any:
        """Body, status and headers; of a standing header only the standing value is sent."""
        body, status, headers = super().get_wsgi_response(environ)
        names = {name.lower() for name, _ in self.standing}
        kept = [one for one in headers if one[0].lower() not in names]
        return body, status, [*kept, *self.standing]


def set_headers_on(app: Flask, *, https: bool) -> None:
    """Set them on every answer. Register first: what is registered first has the last word."""
    app.response_class = Answer

    @functools.cache
    def standing(*, keep: bool, frames: bool, makes_passkeys: bool) -> tuple[tuple[str, str], ...]:
        headers = {k: v for k, v in SECURITY_HEADERS.items() if not (keep and k in _OF_DOCUMENTS)}
        if frames:
            headers["Content-Security-Policy"] = FRAMING_POLICY
        if makes_passkeys:
            policy = SECURITY_HEADERS["Permissions-Policy"]
            headers["Permissions-Policy"] = policy.replace(_NO_KEYS, _OWN_KEYS)
        if https:
            headers["Strict-Transport-Security"] = HSTS
        headers["Cache-Control"] = FOR_EVER if keep else NO_STORE
        return tuple(headers.items())

    @app.after_request
    def set_headers(response: Answer) -> Answer:
        is_whole = response.status_code == 200
        response.standing = standing(
            keep=is_whole and g.get("kept", False),
            frames=is_whole and g.get("frames", False),
            makes_passkeys=g.get("makes_passkeys", False),
        )
        return response
