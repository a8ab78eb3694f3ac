"""Who is asking: the person behind the session cookie, and what their role may open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import quote

from flask import abort, g, redirect, request, session
from flask.typing import ResponseReturnValue

from services.triage.store.people import Person, session_person
from shared.service import House

TOKEN = "meja"  # noqa: S105 - the cookie's field, not a secret


def token_hash(token: str) -> bytes:
    """What the database keeps of a session token (256 random bits need no slow hash)."""
    return hashlib.sha256(token.encode()).digest()


def guard(house: House) -> Callable[[frozenset[str]], ResponseReturnValue | None]:
    """Decide audiences: "person" is anybody signed in, any other word is a role."""

    def decide(audience: frozenset[str]) -> ResponseReturnValue | None:
        who = _asker(house)
        if who is None:
            if request.method != "GET":
                return redirect("/masuk", 303)
            return redirect(f"/masuk?ke={quote(request.path)}", 303)
        g.person = who
        if not audience & {"person", who.role}:
            abort(403)
        return None

    return decide


def asker() -> Person:
    """The person the guard let in."""
    who: Person = g.person
    return who


def _asker(house: House) -> Person | None:
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    with house.database.read() as connection:
        return session_person(connection, token_hash(token), house.clock.now())
