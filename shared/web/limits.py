"""How many bytes of a body one asker may send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

View = TypeVar("View", bound=Callable[..., Any])

KIB, MIB = 1024, 1024 * 1024
_FIELD_LIMIT_BYTES = MIB
_FIELD_LIMIT_COUNT = 200
_HEARD_OUT_BYTES = 16 * MIB
_MARK, _HEARD_MARK = "kentongan_body_bytes", "kentongan_heard_out_bytes"


def body_limit(size_bytes: int, *, heard_out_bytes: int = 0) -> Callable[[View], View]:
    """Let one view take bodies of up to `size_bytes` instead of its service's limit.

    Of a longer one `heard_out_bytes` are read and dropped, so that its sender meets the sentence.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, size_bytes)
        setattr(view, _HEARD_MARK, max(heard_out_bytes, _HEARD_OUT_BYTES))
        return view

    return mark


def limit_bodies_of(app: Flask, size_bytes: int) -> None:
    """Refuse a longer body with 413 before a byte of it is kept.

    A body that does not say its length is refused with 411: Werkzeug 3.1 cuts such a body at the
    limit without a word (LimitedStream.readall), and half a file would be kept as a whole one.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=size_bytes,
        MAX_FORM_MEMORY_SIZE=_FIELD_LIMIT_BYTES,
        MAX_FORM_PARTS=_FIELD_LIMIT_COUNT,
    )

    @app.before_request
    def measure() -> None:
        view = app.view_functions.get(request.endpoint or "")
        limit: int = getattr(view, _MARK, size_bytes)
        request.max_content_length = limit
        if request.content_length is None and "Transfer-Encoding" in request.headers:
            raise LengthRequired
        if request.content_length is not None and request.content_length > limit:
            heard: int = getattr(view, _HEARD_MARK, _HEARD_OUT_BYTES)
            hear_out(min(request.content_length, heard))
            raise RequestEntityTooLarge


def hear_out(size_bytes: int) -> None:
    """Read and drop what is still coming.

    A server that answers and closes while bytes wait unread makes the kernel reset the line: the
    sender would meet a cut connection instead of the sentence.
    """
    left = size_bytes
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 64 * KIB))):
        left -= len(piece)
