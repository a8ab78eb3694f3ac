"""The one place where a refusal becomes a status: JSON for the API, a page for people."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask, Response, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from shared.runtime.errors import Conflict, NotFound, Refusal, TooMany, Unavailable
from shared.runtime.logs import log
from shared.web.audience import is_let_in
from shared.web.csrf import FormFromElsewhere
from shared.web.error_page import error_page, wait_words
from shared.web.problems import Problem, problem_of, problems_in

View = TypeVar("View", bound=Callable[..., Any])
Form = Callable[[Sequence[Problem]], ResponseReturnValue]

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
    (Refusal, 422),
)
_WAIT_SECONDS = {429: TooMany.wait_seconds, 503: Unavailable.wait_seconds}
_HTTP: dict[int, tuple[str, Any]] = {
    400: ("malformed", lazy_gettext("Permintaan tidak terbaca. Periksa isinya, lalu coba lagi.")),
    403: ("forbidden", lazy_gettext("Halaman ini bukan untuk Anda. Masuk dengan akun lain.")),
    404: ("not_found", lazy_gettext("Halaman ini tidak ada. Periksa alamatnya.")),
    405: ("method_not_allowed", lazy_gettext("Cara membukanya keliru. Buka dari tautannya.")),
    406: ("not_acceptable", lazy_gettext("Bentuk jawaban yang diminta tidak tersedia.")),
    408: ("too_slow", lazy_gettext("Kiriman terlalu lama. Coba lagi.")),
    411: ("length_required", lazy_gettext("Sebutkan panjang kiriman (Content-Length).")),
    413: ("too_large", lazy_gettext("Kiriman terlalu besar. Kurangi isinya, lalu kirim lagi.")),
    414: ("too_long", lazy_gettext("Alamat terlalu panjang.")),
    415: ("wrong_media_type", lazy_gettext("Jenis isi keliru. Kirim sebagai application/json.")),
    422: ("invalid", lazy_gettext("Ada isian yang belum sesuai.")),
    429: ("too_many", lazy_gettext("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.")),
    500: ("fault", lazy_gettext(
        "Ada kesalahan pada kami, bukan pada Anda. Coba lagi; yang sudah masuk tidak menjadi dua."
    )),
    503: ("unavailable", lazy_gettext("Layanan sedang tidak tersedia. Coba lagi sebentar lagi.")),
}  # fmt: skip
_MARK = "kentongan_form"
_FORM = "application/x-www-form-urlencoded"


class Text(Enum):
    """What becomes of the text of a refused form: its page shows it again, if the page has said
    how; or the error page keeps it as well; or nobody shows it."""

    RESHOWN = auto()
    KEPT = auto()
    DROPPED = auto()


def reshown_by(form: Form) -> Callable[[View], View]:
    """Mark a POST view with the function that shows its form again.

    `form(problems)` renders the form with what `request.form` holds; the error's status is set
    on its answer. Without it the asker gets an error page that keeps the text.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, form)
        return view

    return mark


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return next(status for kind, status in STATUS if isinstance(refusal, kind))


def translate_errors_of(app: Flask) -> None:
    """Answer every refusal and fault of `app`; log faults without path, message or values."""

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        return refused_as(refusal)

    @app.errorhandler(FormFromElsewhere)
    def foreign(refusal: FormFromElsewhere) -> ResponseReturnValue:
        # Another site chose its text: it is not shown again, so that nobody sends it unawares.
        return _answer(403, [problem_of(refusal)], text=Text.DROPPED)

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(PoolTimeout)
    def database_away(_fault: Exception) -> ResponseReturnValue:
        # It may have stored what was sent before it went away; sending again is safe everywhere.
        app.log_exception(sys.exc_info())
        return _answer(503, [problem_of(Unavailable())])

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        message = gettext(
            "Formulir ini sudah kedaluwarsa. Isian Anda masih ada; kirim sekali lagi."
        )
        return _answer(400, [Problem("stale_form", None, message)], text=Text.KEPT)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        answer = _answer(error.code, _problems_of(error))
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                answer.headers[name] = value
        return answer

    def note(info: Any) -> None:
        rule = request.url_rule.rule if request.url_rule else None
        log().error("web.fault", route=rule, fault=_where(info[0], info[2]))

    app.log_exception = note  # type: ignore[method-assign,assignment]


def refused_as(refusal: Refusal) -> Response:
    """The answer to a refusal: JSON for a program, else the page it was met on."""
    problems = [problem_of(refusal)]
    return _answer(status_of(refusal), problems, wait_seconds=refusal.wait_seconds)


def _where(kind: type[BaseException] | None, trace: Any) -> list[str]:
    frames = traceback.extract_tb(trace)[-6:]
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [*lines, kind.__name__ if kind else "?"]


def _problems_of(error: HTTPException) -> list[Problem]:
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages")
    if messages:
        found = [problem for below in messages.values() for problem in problems_in(below)]
        if found:
            return found
    code, sentence = _HTTP.get(status, _HTTP[400] if status < 500 else _HTTP[500])
    return [Problem(code, None, str(sentence))]


def _answer(
    status: int,
    problems: Sequence[Problem],
    *,
    text: Text = Text.RESHOWN,
    wait_seconds: int | None = None,
) -> Response:
    wait_seconds = wait_seconds or _WAIT_SECONDS.get(status)
    if wants_json():
        answer = make_response(jsonify(as_json(problems)), status)
    else:
        answer = _page(status, problems, text, wait_seconds)
    if wait_seconds is not None:
        answer.headers["Retry-After"] = str(wait_seconds)
    return answer


def wants_json() -> bool:
    """Whether this asker is a program: under /api/, or one that prefers JSON to HTML."""
    if request.path.startswith("/api/"):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def as_json(problems: Sequence[Problem]) -> dict[str, Any]:
    """`{"code", "field", "message", "errors": [{"code", "field", "message"}, …]}`."""
    return {**problems[0].as_json(), "errors": [problem.as_json() for problem in problems]}


def _page(
    status: int, problems: Sequence[Problem], text: Text, wait_seconds: int | None
) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    form: Form | None = getattr(view, _MARK, None)
    is_form = form is not None and request.method == "POST" and is_let_in()
    if form and is_form and text is not Text.DROPPED and status not in {413, 500}:
        answer = make_response(form(_with_wait(problems, wait_seconds)))
        answer.status_code = status
        return answer
    # The form itself may be what failed (500): the plain page carries what was sent.
    is_kept = text is Text.KEPT or (status == 500 and is_form and request.mimetype == _FORM)
    page = error_page(
        status,
        problems,
        wait_seconds=wait_seconds,
        kept=_typed() if is_kept else (),
        all_shown=text is Text.KEPT,
    )
    return make_response(page, status)


def _typed() -> list[tuple[str, str]]:
    return [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]


def _with_wait(problems: Sequence[Problem], wait_seconds: int | None) -> list[Problem]:
    first, *others = problems
    said = " ".join(part for part in (first.message, wait_words(wait_seconds)) if part)
    return [replace(first, message=said), *others]
