"""Who may see a page: stated at the page, refused at start-up where it is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[[frozenset[str]], ResponseReturnValue | None]

# Audiences that need nobody's name; any other one is decided by the service's guard.
OPEN = frozenset({"public", "reporter", "anyone-with-link", "signed-out"})

_MARK = "kentongan_audience"


class UnstatedAudience(Exception):
    """A route that does not say who may see it, or names people nobody can recognise."""


def audience(*who: str) -> Callable[[View], View]:
    """Mark a view function (or a MethodView class) with those who may see it.

    `@audience("investigator", "supervisor")` stands below the route decorator.
    """
    if not who:
        raise UnstatedAudience("an audience names at least one")

    def mark(view: View) -> View:
        setattr(view, _MARK, frozenset(who))
        return view

    return mark


def audience_of(view: Callable[..., Any]) -> frozenset[str] | None:
    """The audience a registered view function states, or None."""
    stated = getattr(view, _MARK, None) or getattr(getattr(view, "view_class", None), _MARK, None)
    return frozenset(stated) if stated else None


def guard_pages_of(app: Flask, guard: Guard | None) -> None:
    """Ask `guard` before every page that is not open, and before anything of that page is shown.

    `guard(audience)` returns None to let the asker in, an answer (a redirect to the sign-in
    page) or raises a Refusal.
    """

    @app.before_request
    def ask_guard() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        stated = audience_of(app.view_functions[request.endpoint])
        if guard is not None and stated is not None and not stated & OPEN:
            answer = guard(stated)
            if answer is not None:
                return answer
        g.let_in = True
        return None


def is_let_in() -> bool:
    """Whether the asker of this request may see its page; False until the guard has said so."""
    return bool(g.get("let_in", False))


def refuse_silent_routes_of(app: Flask, guard: Guard | None) -> None:
    """Refuse to start with a route that does not say who may see it, or that nobody can guard."""
    for rule in app.url_map.iter_rules():
        stated = audience_of(app.view_functions[rule.endpoint])
        if stated is None:
            raise UnstatedAudience(f"{rule.endpoint} ({rule.rule}) states no audience")
        if guard is None and not stated <= OPEN:
            raise UnstatedAudience(f"{rule.endpoint}: nobody here knows {sorted(stated)}")
