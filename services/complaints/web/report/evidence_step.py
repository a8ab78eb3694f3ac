"""Step 6 where no script runs: a file is sealed while the form that brings it still arrives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import g, request

from services.complaints.actions.seal_evidence import drop_evidence, seal_evidence
from services.complaints.domain.draft import MOST_FILES, Draft, Kept, KeptFile
from services.complaints.web.report.drafts import Drafts
from shared.media.kinds import MOST_BYTES
from shared.media.refusals import FileTooLarge
from shared.runtime.errors import Refusal, Refused
from shared.service import House
from shared.web.limits import MIB, Slots
from shared.web.problems import Problem, problem_of
from shared.web.uploads import Arrived, Takes

# Five files and the words of the page; whoever sends more is heard out, and told.
BODY_BYTES, HEARD_OUT_BYTES = 52 * MIB, 512 * MIB
_LONGEST_NAME = 80


class TooManyFiles(Refused):
    """Paling banyak 5 berkas. Hapus satu, lalu pilih lagi."""

    code = "too_many_files"


@dataclass(frozen=True)
class _Came:
    """One file of this request: the name it is shown by, and what became of it."""

    shown: str
    outcome: KeptFile | Refusal


class EvidenceStep:
    """The files of one process's visitors."""

    def __init__(self, house: House, drafts: Drafts) -> None:
        self._house, self._drafts = house, drafts
        places = Slots(house.settings.uploads, wait_seconds=2.0)
        self.takes = Takes(MOST_BYTES, places, self._take)

    def change(self, before: Draft, change: Callable[[Draft], Draft]) -> Kept | None:
        """Change the draft and put in what came, take out what "Hapus" names.

        The bytes of every file that is not in the draft afterwards are forgotten.
        """
        after = self._drafts.change(lambda draft: _with_files(change(draft)))
        held = {one.name for one in after.files} if isinstance(after, Draft) else set()
        gone = {one.name for one in (*before.files, *_sealed())} - held
        g.evidence_came = [one for one in _came() if isinstance(one.outcome, Refusal)]
        self.drop(tuple(gone))
        return after

    def problems(self) -> Sequence[Problem]:
        """Which files could not be taken, and why."""
        return [
            replace(told, field="files", message=f"“{one.shown}”: {told.message}")
            for one in _came()
            if isinstance(one.outcome, Refusal)
            for told in [problem_of(one.outcome)]
        ]

    def drop(self, names: Sequence[str]) -> None:
        """Forget these files."""
        drop_evidence(self._house.transactions, self._house.blobs, names)

    def leave(self, _fault: BaseException | None) -> None:
        """At the end of a request: what came and was not put into a draft goes."""
        self.drop([one.name for one in _sealed()])

    def _take(self, one: Arrived) -> None:
        draft = self._drafts.here()
        if not isinstance(draft, Draft):
            return
        shown = _shown(one.filename)
        try:
            outcome: KeptFile | Refusal = self._sealed_one(one, shown, draft)
        except Refusal as refusal:
            outcome = refusal
        g.evidence_came = [*_came(), _Came(shown, outcome)]

    def _sealed_one(self, one: Arrived, shown: str, draft: Draft) -> KeptFile:
        if len(draft.files) + len(_sealed()) >= MOST_FILES:
            raise TooManyFiles("files")
        if one.is_long:
            raise FileTooLarge("files")
        return seal_evidence(
            self._house.transactions,
            self._house.blobs,
            one.content,
            shown=shown,
            most_bytes=self._house.settings.evidence_bytes,
        )


def _with_files(draft: Draft) -> Draft:
    dropped = request.form.get("drop", "")
    stay = [one for one in draft.files if one.name != dropped]
    return replace(draft, files=tuple([*stay, *_sealed()][:MOST_FILES]))


def _came() -> list[_Came]:
    came: list[_Came] = g.get("evidence_came", [])
    return came


def _sealed() -> list[KeptFile]:
    return [one.outcome for one in _came() if isinstance(one.outcome, KeptFile)]


def _shown(filename: str) -> str:
    """The name without folders and what cannot be printed."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:_LONGEST_NAME] or "berkas"
