"""Read a JSON body once, strictly, and with its bytes at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, TypeVar, cast

import flask
import flask_smorest
from webargs import core
from webargs.flaskparser import FlaskParser, abort

View = TypeVar("View", bound=Callable[..., Any])


class Decorator(Protocol):
    """Takes a view and gives it back."""

    def __call__(self, view: View, /) -> View:
        """The same view, described."""
        ...


class _StrictParser(FlaskParser):
    """Refuses what Python's reader would take: NaN, doubled names, nesting without end."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs reads it as it stands
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": "exclude",
        "headers": "exclude",
    }

    def _raw_load_json(self, req: flask.Request) -> Any:
        if not req.is_json:
            abort(415)
        try:
            return json.loads(
                req.get_data(cache=True).decode("utf-8"),
                parse_constant=_refuse,
                object_pairs_hook=_object,
            )
        except (ValueError, RecursionError):
            abort(400, messages={"json": {"_schema": ["Invalid JSON body."]}})

    def load_json(self, req: flask.Request, schema: Any) -> Any:
        """The body's values; 400 when it is not JSON, 415 when it does not say it is."""
        loaded = self._raw_load_json(req)
        return core.missing if loaded is None else loaded


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _only_described(describe: Callable[[Any], Any]) -> Decorator:
    """What `describe` says of a view, and the view as it was: the library would call a wrapper
    around it for each sentence of its description, at every request."""

    def mark(view: View) -> View:
        view._apidoc = describe(view)._apidoc  # type: ignore[attr-defined]
        return view

    return mark


class ApiBlueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """A described blueprint that reads its bodies strictly."""

    ARGUMENTS_PARSER = _StrictParser()

    def route(self, rule: str, **more: Any) -> Decorator:
        """As the library's, with its type."""
        return cast(Decorator, super().route(rule, **more))

    def get(self, rule: str, **more: Any) -> Decorator:
        """A route for GET."""
        return self.route(rule, methods=["GET"], **more)

    def post(self, rule: str, **more: Any) -> Decorator:
        """A route for POST."""
        return self.route(rule, methods=["POST"], **more)

    def put(self, rule: str, **more: Any) -> Decorator:
        """A route for PUT."""
        return self.route(rule, methods=["PUT"], **more)

    def arguments(self, schema: Any, **more: Any) -> Decorator:
        """What the request must hold."""
        return cast(Decorator, super().arguments(schema, **more))

    def response(self, status: int, schema: Any = None, **more: Any) -> Decorator:
        """The answer when all is well."""
        return cast(Decorator, super().response(status, schema, **more))

    def alt_response(self, status: int, **more: Any) -> Decorator:
        """Another answer."""
        return _only_described(super().alt_response(status, **more))

    def doc(self, **more: Any) -> Decorator:
        """What the description says besides."""
        return _only_described(super().doc(**more))
