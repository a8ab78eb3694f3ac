"""Files of a posted form where no script runs: sealed while the form that brings them arrives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import g

from services.complaints.actions.seal_evidence import drop_evidence, seal_evidence
from services.complaints.domain.draft import MOST_FILES, KeptFile
from shared.media.kinds import MOST_BYTES
from shared.media.refusals import FileTooLarge
from shared.runtime.errors import Refusal, Refused
from shared.service import House
from shared.web.arriving import ArrivingLane
from shared.web.limits import MIB
from shared.web.problems import Problem, problem_of
from shared.web.uploads import Arrived, Takes

# Five files and the words of the page; whoever sends more is heard out, and told.
BODY_BYTES, HEARD_OUT_BYTES = 52 * MIB, 512 * MIB
_LONGEST_NAME = 80


class TooManyFiles(Refused):
    """Paling banyak 5 berkas. Hapus satu, lalu pilih lagi."""

    code = "too_many_files"


@dataclass(frozen=True, repr=False)
class Came:
    """One file of this request: the name it is shown by, the SHA-256 (hex) of its bytes as they
    were sent, and what became of it."""

    shown: str
    digest: str
    outcome: KeptFile | Refusal


class Taking:
    """Takes the files of one page's forms. `room()` says how many more may come to what this asker
    holds, None where the asker may bring none; `row()` the draft they go with
    when nobody sends it."""

    def __init__(
        self,
        house: House,
        places: ArrivingLane,
        room: Callable[[], int | None],
        row: Callable[[], bytes | None] | None = None,
    ) -> None:
        self._house, self._room, self._row = house, room, row
        self.takes = Takes(MOST_BYTES, places, self._take)

    def sealed(self) -> list[tuple[KeptFile, str]]:
        """What came and was sealed, with the digest of what was sent; nobody holds it yet."""
        return [(o, one.digest) for one in _came() if isinstance(o := one.outcome, KeptFile)]

    def hold(self, most: int = MOST_FILES) -> list[tuple[KeptFile, str]]:
        """Somebody holds the first `most` of what was sealed: they outlive the request. The rest
        are too many."""
        held = self.sealed()[:most]
        names = {file.name for file, _ in held}
        self.drop([file.name for file, _ in self.sealed() if file.name not in names])
        g.evidence_came = [
            one if isinstance(one.outcome, Refusal) else replace(one, outcome=TooManyFiles("files"))
            for one in _came()
            if isinstance(one.outcome, Refusal) or one.outcome.name not in names
        ]
        return held

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
        """At the end of a request: what came and nobody holds goes."""
        self.drop([file.name for file, _ in self.sealed()])

    def _take(self, one: Arrived) -> None:
        room = self._room()
        if room is None:
            return
        shown, digest = _shown(one.filename), hashlib.sha256(one.content).hexdigest()
        try:
            outcome: KeptFile | Refusal = self._sealed_one(one, shown, room)
        except Refusal as refusal:
            outcome = refusal
        g.evidence_came = [*_came(), Came(shown, digest, outcome)]

    def _sealed_one(self, one: Arrived, shown: str, room: int) -> KeptFile:
        if len(self.sealed()) >= room:
            raise TooManyFiles("files")
        if one.is_long:
            raise FileTooLarge("files")
        return seal_evidence(
            self._house.transactions,
            self._house.blobs,
            one.content,
            shown=shown,
            most_bytes=self._house.settings.evidence_bytes,
            draft=self._row() if self._row else None,
        )


def _came() -> list[Came]:
    came: list[Came] = g.get("evidence_came", [])
    return came


def _shown(filename: str) -> str:
    """The name without folders and what cannot be printed."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:_LONGEST_NAME] or "berkas"
