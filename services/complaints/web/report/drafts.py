"""The draft of whoever asks: its key is in the session's cookie and nowhere else (ADR 14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, session
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from services.complaints.actions.keep_draft import (
    change_draft,
    drop_draft,
    open_draft,
    put_draft,
)
from services.complaints.actions.seal_evidence import drop_evidence
from services.complaints.domain.base64url import from_base64url
from services.complaints.domain.draft import Draft, Kept, KeptFile, is_fresh
from services.complaints.domain.typed import Typed
from shared.crypto.encoding import to_base64url
from shared.crypto.pocket import Pocket
from shared.service import House

_FIELD = "draf"


def draft_key() -> str | None:
    """The key in the asker's cookie, as it stands there; whether its draft is still here, the
    database knows."""
    key: str | None = session.get(_FIELD)
    return key


@dataclass(frozen=True)
class Drafts:
    """The drafts of one process's visitors."""

    house: House

    def pocket(self) -> Pocket | None:
        """What the asker's key opens; None for whoever has begun nothing."""
        key = from_base64url(draft_key() or "", 32)
        return None if key is None else Pocket(key)

    def is_of_this_page(self) -> bool:
        """Whether the posted page was made for the draft the cookie opens, or opened once."""
        pocket = self.pocket()
        return pocket is not None and request.form.get("draf") == pocket.tag

    def begin(self, typed: Typed) -> Draft:
        """A new draft with these words; what the asker had begun before is gone."""
        now, pocket, before = self.house.clock.now(), Pocket.new(), self.pocket()
        draft = Draft.begun(now, typed)
        with self.house.database.begin() as connection:
            put_draft(connection, pocket, draft, now)
            gone = () if before is None else self._dropped(connection, before)
        self._forget(gone)
        session[_FIELD] = to_base64url(pocket.key)
        return draft

    def here(self) -> Kept | None:
        """What there is; None when it is gone. Looking at it keeps it for another hour."""
        pocket, now = self.pocket(), self.house.clock.now()
        if pocket is None:
            return None
        with self.house.database.read() as connection:
            kept = open_draft(connection, pocket, now)
        if isinstance(kept, Draft) and not is_fresh(kept, now):
            return self.change(lambda draft: draft)
        return kept

    def change(self, change: Callable[[Draft], Kept]) -> Kept | None:
        """Change the draft; None when it is gone, and what was sent stays sent."""
        pocket = self.pocket()
        if pocket is None:
            return None
        with self.house.database.begin() as connection:
            return change_draft(connection, pocket, change, self.house.clock.now())

    def drop(self) -> None:
        """Forget the key, by which the draft is lost, and the draft's row if the database is there.

        Nobody who leaves waits for a database that does not answer.
        """
        pocket = self.pocket()
        session.pop(_FIELD, None)
        if pocket is None:
            return
        try:
            with self.house.database.begin() as connection:
                gone = self._dropped(connection, pocket)
            self._forget(gone)
        except SQLAlchemyError:
            return

    def _dropped(self, connection: Connection, pocket: Pocket) -> tuple[KeptFile, ...]:
        """Drop the draft; the files that went with it."""
        kept = open_draft(connection, pocket, self.house.clock.now())
        drop_draft(connection, pocket)
        return kept.files if isinstance(kept, Draft) else ()

    def _forget(self, files: tuple[KeptFile, ...]) -> None:
        names = [one.name for one in files]
        drop_evidence(self.house.transactions, self.house.blobs, names)
