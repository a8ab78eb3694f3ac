"""Files in a posted form: one at a time, in memory, never on a disk.

Werkzeug spools what is longer than 500 KB into a temporary file; that would be a reporter's photo,
open, on our disk. Here a file is held by whoever takes it until it is whole, then handed over and
forgotten before the next byte is read; a page that takes no files reads past them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, current_app, g, request

from shared.web.arriving import ArrivingLane
from shared.web.lanes import Busy

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "kentongan_takes_files"


@dataclass(repr=False)
class Arrived:
    """A file that is whole: its name as it was sent, its bytes, none of them when it `is_long`."""

    filename: str
    content: bytearray = field(default_factory=bytearray)
    is_long: bool = False


@dataclass(frozen=True)
class Takes:
    """How a page takes files: at most `file_bytes` each, `places` forms at once; `take` gets each
    file while the form is still arriving, and must not raise. Of whoever finds no place the
    words are read for the page that tells so, and no file is kept."""

    file_bytes: int
    places: ArrivingLane
    take: Callable[[Arrived], None]


def takes_files(takes: Takes) -> Callable[[View], View]:
    """Mark a POST view that takes files."""

    def mark(view: View) -> View:
        setattr(view, _MARK, takes)
        return view

    return mark


class FormRequest(Request):
    """A request whose files never touch a disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        takes = None if g.get("unread") else _takes(self)
        return cast(IO[bytes], _Held(takes, filename or ""))


class _Held(io.RawIOBase):
    """Where Werkzeug's parser writes one file; it rewinds when the file is whole."""

    def __init__(self, takes: Takes | None, filename: str) -> None:
        self._takes = takes
        self._file: Arrived | None = Arrived(filename)

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        one, takes = self._file, self._takes
        if one is not None and takes is not None and not one.is_long:
            if len(one.content) + len(piece) > takes.file_bytes:
                one.is_long, one.content = True, bytearray()
            else:
                one.content += piece
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        one, self._file = self._file, None
        # A file field nobody touched is sent as well: without a name, without a byte.
        if one is not None and self._takes is not None and (one.filename or one.content):
            self._takes.take(one)
        return 0


def bound_uploads_of(app: Flask) -> None:
    """Let forms with files take no more than their page's places, before a byte is read."""
    app.request_class = FormRequest

    @app.before_request
    def come_in() -> None:
        takes = _takes(request)
        if takes is None or request.mimetype != "multipart/form-data":
            return
        held = ExitStack()
        try:
            held.enter_context(takes.places.arriving(request.environ))
        except Busy:
            g.unread = True
            raise
        g.upload_place = held

    @app.teardown_request
    def leave(_fault: BaseException | None) -> None:
        held: ExitStack | None = g.pop("upload_place", None)
        if held is not None:
            held.close()


def _takes(asked: Request) -> Takes | None:
    view = current_app.view_functions.get(asked.endpoint or "")
    return getattr(view, _MARK, None) if asked.method == "POST" else None
