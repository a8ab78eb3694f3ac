"""What is told on a timeline of a reporter's name: asked for, answered, read, put away."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from services.triage.store.timeline import Happened
from services.triage.web import words
from services.triage.web.case.event import Event, Teller
from services.triage.web.names_words import ANSWERS, purpose_words
from shared.service import House


def _asked(house: House, one: Happened, who: str) -> Event:
    detail = purpose_words(house.rulebook, one.payload["purpose"])
    return Event(one.at, gettext("Nama pelapor diminta"), detail, who, "key", "am")


def _answered(_house: House, one: Happened, who: str) -> Event:
    title = words.word(ANSWERS, one.payload["answer"])
    return Event(one.at, title, gettext("Pelapor diberi tahu"), who, "key", "am")


def _reasoned(_house: House, one: Happened, who: str) -> Event:
    return Event(one.at, gettext("Alasan soal nama"), one.payload["reason"], who, "message")


def _read(_house: House, one: Happened, who: str) -> Event:
    opened = gettext("Nama diambil untuk dibaca")
    sealed = gettext("Nama tersegel diambil penjaga")
    title = opened if one.payload["what"] == "opened" else sealed
    return Event(one.at, title, "", who, "eye")


def _put_away(_house: House, one: Happened, who: str) -> Event:
    return Event(one.at, gettext("Nama yang terbuka sudah dihapus"), "", who, "lock")


NAME_TELLERS: Mapping[str, Teller] = {
    "name.asked": _asked,
    "name.answered": _answered,
    "name.reasoned": _reasoned,
    "name.read": _read,
    "name.put_away": _put_away,
}
