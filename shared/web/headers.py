"""The headers every answer carries, whatever its route and status."""

from __future__ import annotations

from flask import Flask, Response, g

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
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


def set_headers_on(app: Flask, *, https: bool) -> None:
    """Set them on every answer. Register first: what is registered first has the last word."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        keep = g.get("kept", False) and response.status_code == 200
        for name, value in SECURITY_HEADERS.items():
            if not (keep and name in _OF_DOCUMENTS):
                response.headers[name] = value
        if g.get("frames", False) and response.status_code == 200:
            response.headers["Content-Security-Policy"] = FRAMING_POLICY
        if https:
            response.headers["Strict-Transport-Security"] = HSTS
        response.headers["Cache-Control"] = FOR_EVER if keep else NO_STORE
        return response
