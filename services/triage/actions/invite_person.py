"""Ask somebody to make their keys: a single-use link, shown once to the key officer who made it."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from services.triage.store.people import ADMINISTRATOR, AUDITOR, KEY_OFFICER, ROLES, Person
from services.triage.store.staff import Invitation, add_invitation, members, name_stands
from shared.contracts.staff import PersonInvited
from shared.crypto.person import normalise_name
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

LINK_LASTS = timedelta(hours=48)
LONGEST_TITLE = 80
OVERSEES_ALL = "desk_nasional"  # the kind of unit auditors and administrators belong to
FIRST_OFFICERS = 2  # a reset needs two different ones
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,35}", re.ASCII)


class NameTaken(Conflict):
    """Nama masuk ini sudah pernah dipakai. Pilih nama lain."""

    code = "name_taken"


class MalformedName(Refused):
    """Nama masuk terdiri dari 2-36 huruf kecil, angka, titik, atau tanda hubung."""

    code = "malformed_name"


class TitleMissing(Refused):
    """Tulis nama petugas seperti yang dikenal rekan kerjanya, paling banyak 80 huruf."""

    code = "title_missing"


class UnknownRole(Refused):
    """Pilih perannya dari daftar."""

    code = "unknown_role"


class OutOfReach(Refused):
    """Unit itu bukan unit Anda atau di bawahnya. Pilih unit dari daftar."""

    code = "out_of_reach"


class OfficersEnough(Refused):
    """Unit ini sudah punya petugas kunci. Undangan berikutnya dibuat oleh mereka, di meja kerja."""

    code = "officers_enough"


@dataclass(frozen=True)
class Asked:
    """A person to invite, as typed; `ties` are unit ids."""

    name: str
    title: str
    unit: str
    role: str
    ties: tuple[str, ...]


def reach(rulebook: Rulebook, who: Person) -> tuple[str, ...]:
    """The units whose people this key officer looks after: their own and all below it.

    Anybody else's reach is their own unit, to look at.
    """
    if who.role != KEY_OFFICER:
        return (who.unit,)
    units = rulebook.units
    return tuple(
        one.id for one in units if who.unit in {one.id, *(up.id for up in units.above(one.id))}
    )


def invite_person(tx: Tx, rulebook: Rulebook, who: Person, asked: Asked) -> str:
    """Keep the invitation; returns the token of its link, which is kept nowhere.

    Raises MalformedName, NameTaken, TitleMissing, UnknownRole, OutOfReach, UnknownUnit.
    """
    if asked.unit not in reach(rulebook, who):
        raise OutOfReach("unit")
    return _invite(tx, rulebook, asked, by=who.name)


def invite_first_officer(tx: Tx, rulebook: Rulebook, asked: Asked) -> str:
    """The operator's way to a new installation's first two key officers; OfficersEnough after."""
    standing = members(tx.connection, [rulebook.units.unit(asked.unit).id])
    if sum(one.who.role == KEY_OFFICER for one in standing) >= FIRST_OFFICERS:
        raise OfficersEnough("unit")
    return _invite(tx, rulebook, asked, by=None)


def new_link(tx: Tx, who: Person, ties: tuple[str, ...], *, by: str | None, renews: bool) -> str:
    """A single-use link for `who`, valid 48 hours; an earlier one ends."""
    token = secrets.token_urlsafe(32)
    asked = Invitation(who, ties, renews, tx.now + LINK_LASTS)
    add_invitation(tx.connection, link_hash(token), asked, by)
    return token


def link_hash(token: str) -> bytes:
    """What is kept of a link (256 random bits need no slow hash)."""
    return hashlib.sha256(token.encode()).digest()


def check_role(rulebook: Rulebook, unit: str, role: str) -> None:
    """Raises UnknownRole; also for an auditor, who sees facts of all units, or an administrator of
    the rules of all units, elsewhere than at the national desk."""
    is_here = role not in (AUDITOR, ADMINISTRATOR) or rulebook.units.unit(unit).kind == OVERSEES_ALL
    if role not in ROLES or not is_here:
        raise UnknownRole("peran")


def _invite(tx: Tx, rulebook: Rulebook, asked: Asked, *, by: str | None) -> str:
    name = normalise_name(asked.name)
    title = " ".join(asked.title.split())
    if not _NAME.fullmatch(name):
        raise MalformedName("nama")
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise TitleMissing("sebutan")
    check_role(rulebook, asked.unit, asked.role)
    for unit in (asked.unit, *asked.ties):
        rulebook.units.unit(unit, "unit" if unit == asked.unit else "ikatan")
    if name_stands(tx.connection, name):
        raise NameTaken("nama")
    person = Person(name, title, asked.unit, asked.role)
    token = new_link(tx, person, asked.ties, by=by, renews=False)
    tx.record(PersonInvited(name, asked.unit, asked.role), by=by)
    return token
