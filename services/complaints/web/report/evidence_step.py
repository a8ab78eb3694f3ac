"""Step 6 where no script runs: the files of the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import request

from services.complaints.domain.draft import MOST_FILES, Draft, Kept, KeptFile
from services.complaints.web.report.drafts import Drafts
from services.complaints.web.taking import Taking
from shared.service import House
from shared.web.arriving import ArrivingLane


class EvidenceStep:
    """The files of one process's visitors."""

    def __init__(self, house: House, drafts: Drafts, places: ArrivingLane) -> None:
        self._drafts = drafts
        self.taking = Taking(house, places, self._room, self._row)

    def _row(self) -> bytes | None:
        pocket = self._drafts.pocket()
        return pocket.name if pocket else None

    def change(self, before: Draft, change: Callable[[Draft], Draft]) -> Kept | None:
        """Change the draft and put in what came, take out what "Hapus" names.

        The bytes of every file that is not in the draft afterwards are forgotten.
        """
        came = [file for file, _ in self.taking.sealed()]
        after = self._drafts.change(lambda draft: _with_files(change(draft), came))
        held = {one.name for one in after.files} if isinstance(after, Draft) else set()
        gone = {one.name for one in (*before.files, *came)} - held
        self.taking.hold()
        self.taking.drop(tuple(gone))
        return after

    def _room(self) -> int | None:
        draft = self._drafts.here()
        return MOST_FILES - len(draft.files) if isinstance(draft, Draft) else None


def _with_files(draft: Draft, came: list[KeptFile]) -> Draft:
    dropped = request.form.get("drop", "")
    stay = [one for one in draft.files if one.name != dropped]
    return replace(draft, files=tuple([*stay, *came][:MOST_FILES]))
