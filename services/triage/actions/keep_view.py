"""Keep filters of the queue under a name of one's own."""

from __future__ import annotations

from datetime import timedelta

from services.triage.store.people import Person
from services.triage.store.views import add_view, forget_dropped, views_of
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, Refused
from shared.runtime.ids import random_id

MOST = 20  # a bar of more names is slower to read than the filters themselves
LONGEST = 60
UNDO = timedelta(days=1)


class NamelessView(Refused):
    """Beri nama tampilan ini, paling panjang %(most)s huruf."""

    code = "nameless_view"


class ViewNameTaken(Conflict):
    """Anda sudah punya tampilan dengan nama ini. Pilih nama lain."""

    code = "view_name_taken"


class TooManyViews(Conflict):
    """Paling banyak %(most)s tampilan. Hapus yang tidak dipakai dulu."""

    code = "too_many_views"


def keep_view(tx: Tx, who: Person, name: str, query: str) -> None:
    """A view is a person's own convenience and no part of any case: no fact is recorded.

    Raises NamelessView, ViewNameTaken, TooManyViews.
    """
    name = name.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise NamelessView("nama", most=LONGEST)
    forget_dropped(tx.connection, who, name=name, before=tx.now - UNDO)
    if len(views_of(tx.connection, who)) >= MOST:
        raise TooManyViews("nama", most=MOST)
    if not add_view(tx.connection, who, random_id(), name, query):
        raise ViewNameTaken("nama")
