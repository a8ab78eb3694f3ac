"""The JSON API's description (OpenAPI 3) and the shape of its refusals."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import flask_smorest
import marshmallow as ma
from flask import Blueprint, Flask
from marshmallow import fields

from shared.web.audience import audience


class ProblemSchema(ma.Schema):
    """One fault: machine code, dotted path of the field, a sentence saying what to do."""

    code = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)


class RefusalSchema(ProblemSchema):
    """A refused request: its first fault, and all of them."""

    errors = fields.List(fields.Nested(ProblemSchema), required=True)


class _Api(flask_smorest.Api):  # type: ignore[misc]
    ERROR_SCHEMA = RefusalSchema

    def _register_error_handlers(self) -> None:
        """Refusals are translated in one place, web/errors.py."""


def register_pages(app: Flask, pages: Sequence[Blueprint], service: str) -> None:
    """Register pages; those of flask-smorest are described at /api/v1/openapi.json."""
    described = [page for page in pages if isinstance(page, flask_smorest.Blueprint)]
    for page in pages:
        if page not in described:
            app.register_blueprint(page)
    if not described:
        return
    app.config.update(
        API_TITLE=f"Kentongan {service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = _Api(app)
    for page in described:
        api.register_blueprint(page)
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            app.view_functions[endpoint] = _open(view)


def _open(view: Callable[..., Any]) -> Callable[..., Any]:
    @audience("public")
    @functools.wraps(view)
    def page(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return page
