"""Languages: which one the asker gets, and the catalogues behind it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_app_context, request, session
from flask_babel import Babel, Domain, get_locale
from werkzeug.datastructures import LanguageAccept

SHARED_LOCALE = Path(__file__).parent / "locale"
_SESSION_FIELD = "bahasa"


@dataclass(frozen=True)
class Language:
    """One language of the pages: BCP 47 code, its own name, the label of the switch."""

    code: str
    name: str
    label: str


# Our own registry: Babel knows id, jv, su, but not min, ban, bug, ace. A language appears here
# only when its whole path is translated. The first is the language of the source strings.
LANGUAGES = (Language("id", "Bahasa Indonesia", "ID"), Language("en", "English", "EN"))
CODES = tuple(language.code for language in LANGUAGES)


def choose(asked: str | None, kept: str | None, accepts: LanguageAccept) -> str:
    """The asker's language: the switch, then the session, then Accept-Language, then Indonesian."""
    for code in (asked, kept):
        if code in CODES:
            return str(code)
    for wanted, quality in accepts:
        code = wanted.split("-")[0].lower()
        # "in" was Indonesian's code before 1989; old Android phones still send it.
        code = "id" if code == "in" else code
        if quality > 0 and code in CODES:
            return code
    return LANGUAGES[0].code


def spoken() -> str:
    """The code of the language spoken now: the asker's, or the one of `force_locale`.

    Asked hundreds of times a page, so what flask-babel has kept for the request is read at first.
    """
    here = g._get_current_object() if has_app_context() else None  # past the proxy, once
    kept = getattr(here, "_flask_babel", None)
    locale = getattr(kept, "babel_locale", None) or get_locale()
    return locale.language if locale and locale.language in CODES else LANGUAGES[0].code


def asker_language() -> str:
    """The language of the present request; the API knows only Accept-Language."""
    if request.path.startswith("/api/"):
        return choose(None, None, request.accept_languages)
    asked = request.args.get("bahasa")
    return choose(asked, session.get(_SESSION_FIELD), request.accept_languages)


def speak(app: Flask, catalogues: dict[str, Path]) -> None:
    """Give `app` its languages; `catalogues` maps a gettext domain to its locale folder."""
    domain = _Catalogues({"shared": SHARED_LOCALE, **catalogues})
    babel = _Babel(domain)
    babel.init_app(app, default_locale="id", locale_selector=asker_language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: domain.get_translations().ugettext(text),
        ngettext=lambda one, many, n: domain.get_translations().ungettext(one, many, n),
        newstyle=True,
    )

    @app.before_request
    def remember() -> None:
        asked = request.args.get("bahasa")
        if asked in CODES and not request.path.startswith("/api/"):
            session[_SESSION_FIELD] = asked

    @app.after_request
    def say_language(response: Response) -> Response:
        if response.mimetype in {"text/html", "application/json"}:
            response.headers["Content-Language"] = asker_language()
            if "Vary" in response.headers:
                response.vary.add("Accept-Language")
            else:
                response.headers["Vary"] = "Accept-Language"
        return response


class _Babel(Babel):  # type: ignore[misc]
    def __init__(self, domain: Domain) -> None:
        super().__init__()
        self._domain = domain

    @property
    def domain_instance(self) -> Domain:
        return self._domain


class _Catalogues(Domain):  # type: ignore[misc]
    """Every catalogue in one, compiled in memory from the .po files.

    Reading .po at start-up (0.1 s) means no stale .mo and nothing written beside the code.
    """

    def __init__(self, folders: dict[str, Path]) -> None:
        super().__init__()
        self._loaded = {code: _load(code, folders) for code in CODES}

    def get_translations(self) -> NullTranslations:
        return self._loaded[spoken()]


def _load(code: str, folders: dict[str, Path]) -> NullTranslations:
    merged = Translations()
    for domain, folder in folders.items():
        path = folder / code / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists():
            continue
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=code, domain=domain))
        compiled.seek(0)
        catalogue = Translations(compiled, domain=domain)
        merged.merge(catalogue)
        merged.plural = catalogue.plural  # merge() forgets it
    return merged
