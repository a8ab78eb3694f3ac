"""Who is asking: the person behind the session cookie, and what their role may open."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from flask import abort, g, redirect, request, session
from flask.typing import ResponseReturnValue

from services.triage.actions.read_case import UnknownCase
from services.triage.domain.demand import Demand, demand_of
from services.triage.store.cases import Case, find_case
from services.triage.store.factors import has_factor
from services.triage.store.people import (
    ADMINISTRATOR,
    AUDITOR,
    KEY_OFFICER,
    Person,
    session_person,
)
from shared.service import House
from shared.web.error_page import error_page
from shared.web.problems import Problem

# Who works no case: "person" does not mean them; where they come in.
_FRONT = {KEY_OFFICER: "/orang", AUDITOR: "/jejak", ADMINISTRATOR: "/pengaturan"}
# Where somebody of whom a second factor is demanded may go: to set one up, and out.
_SETTING_UP = re.compile(r"/keluar|/akun(/kunci|/kode(/.*)?|/kunci-sandi(/.*)?)?")
TOKEN = "meja"  # noqa: S105 - the cookie's field, not a secret


def token_hash(token: str) -> bytes:
    """What the database keeps of a session token (256 random bits need no slow hash)."""
    return hashlib.sha256(token.encode()).digest()


def guard(house: House) -> Callable[[frozenset[str]], ResponseReturnValue | None]:
    """Decide audiences: "staff" is anybody signed in, "person" whoever works cases, any other word
    a role. A key officer's front page is the list of people, an auditor's the trail, an
    administrator's the set-up. To somebody of whom a second factor is demanded nothing opens
    but the pages to set one up."""

    def decide(audience: frozenset[str]) -> ResponseReturnValue | None:
        who = _asker(house)
        if who is None:
            if request.method != "GET":
                return redirect("/masuk", 303)
            return redirect(f"/masuk?ke={quote(request.path)}", 303)
        g.person, g.demand = who, _demand(house, who)
        if g.demand and g.demand.is_now and not _SETTING_UP.fullmatch(request.path):
            return redirect("/akun", 303)
        if request.path == "/" and who.role in _FRONT:
            return redirect(_FRONT[who.role], 303)
        if not audience & {"staff", who.role, *(() if who.role in _FRONT else ("person",))}:
            abort(403)
        return None

    return decide


def asker() -> Person:
    """The person the guard let in."""
    who: Person = g.person
    return who


def case_of_form(house: House, problems: Sequence[Problem]) -> Case | str:
    """The case whose form is shown, or again shown because of `problems`.

    A form is also shown again when nobody may see its case (or nobody is signed in): then this is
    the plain error page. Raises UnknownCase where there is no problem to show yet.
    """
    number, who = str((request.view_args or {}).get("number", "")), g.get("person")
    if who is not None:
        with house.database.read() as connection:
            one = find_case(connection, who, number)
        if one is not None:
            return one
    if not problems:
        raise UnknownCase
    status = 404 if problems[0].code == UnknownCase.code else 400
    return error_page(status, problems)


def case_form(
    house: House, show: Callable[[Case, Sequence[Problem]], str]
) -> Callable[[Sequence[Problem]], str]:
    """The function that shows a form of the case in the address, and shows it again with what is
    wrong; `show` gets the case as the asker may see it."""

    def form(problems: Sequence[Problem]) -> str:
        one = case_of_form(house, problems)
        return one if isinstance(one, str) else show(one, problems)

    return form


def _asker(house: House) -> Person | None:
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    with house.database.read() as connection:
        return session_person(connection, token_hash(token), house.clock.now())


def _demand(house: House, who: Person) -> Demand | None:
    day = house.settings.second_factor_from
    if day is None:
        return None
    with house.database.read() as connection:
        return demand_of(day, house.clock.now(), has_one=has_factor(connection, who.name))
