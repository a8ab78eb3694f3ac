"""Pages sent compressed: only those that show nothing an asker chose.

A compressed answer's length tells of secrets that stand beside chosen words (BREACH). A page marked
here has no such words on GET: its address is all that is asked with, and one with a query other
than the language is sent as it is.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, request

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "kentongan_packed"
_LEVEL = 6
_LEAST_BYTES = 1000


def packed(view: View) -> View:
    """Mark a page that shows the same to everybody, so that GET may be answered with gzip."""
    setattr(view, _MARK, True)
    return view


def pack_pages_of(app: Flask) -> None:
    """Compress the marked pages of `app` for whoever takes gzip."""

    @app.after_request
    def pack(answer: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        if not getattr(view, _MARK, False):
            return answer
        answer.vary.add("Accept-Encoding")
        if _may_pack(answer):
            answer.set_data(gzip.compress(answer.get_data(), compresslevel=_LEVEL, mtime=0))
            answer.content_encoding = "gzip"
        return answer


def _may_pack(answer: Response) -> bool:
    return (
        request.method == "GET"
        and set(request.args) <= {"bahasa"}
        and answer.status_code == 200
        and answer.mimetype == "text/html"
        and len(answer.get_data()) >= _LEAST_BYTES
        and request.accept_encodings["gzip"] > 0
    )
