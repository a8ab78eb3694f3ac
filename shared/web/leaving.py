"""Leaving without a trace: an empty page, and the browser told to forget the rest."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, session
from flask.typing import ResponseReturnValue

from shared.web.audience import audience

_FORGET = '"cache", "cookies", "storage"'


def leave_no_trace(to: str | None = None) -> Response:
    """A neutral page, or the way to `to`; session and kept pages are gone (Clear-Site-Data)."""
    session.clear()
    answer = make_response(redirect(to, 303) if to else render_template("left.html"))
    answer.headers["Clear-Site-Data"] = _FORGET
    return answer


def leaving_pages(to: str | None) -> Blueprint:
    """/keluar, where the quick exit of every page leads."""
    pages = Blueprint("leaving", __name__)

    @pages.get("/keluar")
    @audience("public")
    def leave() -> ResponseReturnValue:
        return leave_no_trace(to)

    return pages
