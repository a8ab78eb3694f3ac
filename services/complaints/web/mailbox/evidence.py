"""Files for a case that runs, where no script does: sealed as they arrive, sent with a letter."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, request

from services.complaints.actions.accept_evidence_part import claim_evidence, drop_parts
from services.complaints.actions.receive_reply import receive_reply, reply_digest
from services.complaints.domain.draft import MOST_FILES
from services.complaints.web.intake import Intake
from services.complaints.web.mailbox.held import Held, read_held
from services.complaints.web.mailbox.letters import Opening, next_letter, typed_number, typed_text
from services.complaints.web.taking import Taking
from shared.runtime.errors import Refused


class NoFile(Refused):
    """Pilih berkasnya dulu, lalu kirim."""

    code = "no_file"


class LetterFiles:
    """The files that letters of one process's visitors bring."""

    def __init__(self, intake: Intake) -> None:
        self.taking = Taking(intake.house, intake.uploads, lambda: MOST_FILES)

    def here(self, opening: Opening) -> Sequence[Held]:
        """What the posted page held and what came with it, without what "Hapus" names."""
        if "letter_files" not in g:
            g.letter_files = self._gathered(opening)
        held: Sequence[Held] = g.letter_files
        return held

    def _gathered(self, opening: Opening) -> list[Held]:
        before, dropped = read_held(opening), request.form.get("drop", "")
        stay = [one for one in before if one.file.name != dropped]
        came = [Held(*one) for one in self.taking.hold(MOST_FILES - len(stay))]
        self.taking.drop([one.file.name for one in before if one not in stay])
        return [*stay, *came]

    def send(self, opening: Opening, held: Sequence[Held]) -> None:
        """Send them in the next letter, once however often the page is sent.

        Raises NoFile, StoryTooLong, WrongSeq, TooLong, BlobMissing.
        """
        text, seq = typed_text("text", may_be_empty=True), typed_number("seq")
        if not held:
            raise NoFile("files")
        said = "\x00".join([text, *(one.digest for one in held)])
        digest = reply_digest(opening.receipt, seq, f"files\x00{said}")
        letter = next_letter(opening, seq, text, digest, files=[one.file for one in held])
        blobs = opening.house.blobs
        claim_evidence(blobs, letter.evidence)
        with opening.house.transactions.begin() as tx:
            receive_reply(tx, **opening.who, reply=letter)
        if letter.evidence:
            drop_parts(blobs, letter.evidence)
        else:  # the same letter came in before: what was sealed anew is nobody's
            self.taking.drop([one.file.name for one in held])
