"""A small service with one page for every kind of answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_smorest
from flask import Blueprint, Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from shared.runtime.errors import Conflict, NotFound, Refused, TooMany, Unavailable
from shared.web.app import Frame, build
from shared.web.audience import audience
from shared.web.csrf import one_click
from shared.web.errors import reshown_by

TEMPLATES = {
    "form.html": """{% extends "frame.html" %}
{% import "fields.html" as f with context %}
{% block content %}<form method="post">{{ f.csrf() }}{{ f.summary() }}
{{ f.text("amount", "Jumlah", value=values.get("amount", ""), hint="Angka saja") }}
{{ f.area("story", "Cerita", value=values.get("story", "")) }}
{{ f.radios("paid", "Sudah dibayar?", [("yes", "Sudah"), ("no", "Belum", "Menolak")], "no") }}
{{ f.send("Kirim") }}</form>{% endblock %}""",
}


class NotAnAmount(Refused):
    """Jumlah harus berupa angka. Tulis misalnya 250000."""

    code = "amount_form"


class LineSchema(Schema):
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    name = fields.String(required=True)


class BodySchema(Schema):
    lines = fields.List(fields.Nested(LineSchema), required=True)


def demo_app(tmp: Path, **frame: Any) -> Flask:
    """The application; templates are written into `tmp`."""
    folder = tmp / "templates"
    folder.mkdir(exist_ok=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings: dict[str, Any] = {
        "name": "demo",
        "folder": tmp,
        "url": "http://127.0.0.1:8000",
        "session_key": b"k" * 32,
        "body_bytes": 50_000,
        **frame,
    }
    return build(Frame(**settings), [_pages(), _api()])


def _form(problems: Any = ()) -> ResponseReturnValue:
    return render_template("form.html", problems=problems, values=request.form)


def _pages() -> Blueprint:
    pages = Blueprint("demo", __name__)

    @pages.get("/")
    @audience("public")
    def index() -> ResponseReturnValue:
        return _form()

    @pages.post("/")
    @audience("public")
    @reshown_by(_form)
    def send() -> ResponseReturnValue:
        if not request.form["amount"].isdigit():
            raise NotAnAmount("amount")
        return redirect("/")

    @pages.post("/plain")
    @audience("public")
    def plain() -> ResponseReturnValue:
        return redirect("/")

    @pages.post("/stop")
    @audience("anyone-with-link")
    @one_click
    def stop() -> ResponseReturnValue:
        return "ok"

    @pages.get("/fault/<kind>")
    @audience("public")
    def fault(kind: str) -> ResponseReturnValue:
        kinds = {
            "missing": NotFound,
            "conflict": Conflict,
            "many": TooMany,
            "away": Unavailable,
            "bug": RuntimeError,
        }
        raise kinds[kind]("canary-in-a-message")

    return pages


def _api() -> Blueprint:
    api = flask_smorest.Blueprint("api", __name__, url_prefix="/api/v1")

    @api.route("/things", methods=["POST"])
    @api.arguments(BodySchema)
    @api.response(201, BodySchema)
    @audience("public")
    def things(body: dict[str, Any]) -> dict[str, Any]:
        return body

    blueprint: Blueprint = api
    return blueprint
