"""The way in that the form and the API share: admit by current keys, submit in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from services.complaints.actions.accept_evidence_part import claim_evidence, drop_parts
from services.complaints.actions.directory import UnitKeys
from services.complaints.actions.submit import (
    Submitted,
    seal_disclosed,
    submit,
    submit_at_once,
    was_told,
)
from services.complaints.domain.admission import NoKey, Router, StaleKey, admit
from services.complaints.domain.filing import Answer, Filing
from shared.runtime.errors import Refusal
from shared.service import House
from shared.web.arriving import ArrivingLane
from shared.web.lanes import Bucket, Busy, Lane


class SendingBusy(Busy):
    """Sedang ramai. Laporan Anda aman di sini, tetapi belum terkirim; kirim lagi sebentar lagi."""

    code = "sending_busy"


class BeginningBusy(Busy):
    """Sedang ramai. Laporan baru belum bisa dimulai; tunggu sebentar, lalu coba lagi."""

    code = "beginning_busy"


class OpeningBusy(Busy):
    """Sedang ramai. Kotak Anda aman; buka lagi sebentar lagi."""

    code = "opening_busy"


class FilesBusy(Busy):
    """Sedang ramai. Berkas ini belum terkirim; isian lain aman. Pilih lagi sebentar lagi."""

    code = "files_busy"


Write = Callable[[Connection], object]
_LANES = 5


@dataclass(frozen=True)
class Intake:
    """What taking a complaint in needs, and the lanes by which requests come to it (ADR 18).

    Who has no JavaScript lets us do the Argon2, in two lanes: `sending` and `opening` a mailbox;
    `beginning` bounds how many drafts are begun (web/report/beginning.py bounds how many lie here).
    `uploads` are the forms with files that may arrive at once, whichever page they come from.
    `pages` and `api` are the lanes of everything else; web/crowd.py says who takes which.
    """

    house: House
    keys: UnitKeys
    router: Router
    sending: Lane
    opening: Lane
    beginning: Lane
    uploads: ArrivingLane
    pages: Lane
    api: Lane

    @classmethod
    def of(cls, house: House) -> Intake:
        """The intake of one process."""
        keys = UnitKeys(house.database, house.clock)
        settings, pace = house.settings, house.settings.forms_per_second
        begun = settings.drafts_per_second
        waiting, half = settings.waiting // _LANES, max(1, settings.threads // 2)
        return cls(
            house,
            keys,
            Router(house.rulebook),
            sending=Lane(
                settings.derivations,
                waiting=waiting,
                pace=Bucket(pace, 2 * pace),
                full=SendingBusy,
            ),
            opening=Lane(1, waiting=waiting, pace=Bucket(pace, 2 * pace), full=OpeningBusy),
            beginning=Lane(1, waiting=waiting, pace=Bucket(begun, 20 * begun), full=BeginningBusy),
            uploads=ArrivingLane(settings.uploads, full=FilesBusy),
            pages=Lane(half, waiting=waiting),
            # The queue bounds this wait; a stall of the machine or the database is better waited
            # out than refused (measured 2026-11-22: two of 254 filings at load 9, nobody flooding).
            api=Lane(half, waiting=waiting, wait_seconds=5.0),
        )

    def take_in(self, filing: Filing, together_with: Write | None = None) -> Submitted:
        """Admit and submit; what came in before is answered alike though keys have moved.

        `together_with` writes what shall stand exactly when the complaint stands.
        """
        house = self.house
        try:
            answer = self._admit(filing)
            claim_evidence(house.blobs, filing.evidence)
        except Refusal as refusal:
            return self.told_before(filing, refusal)
        disclosed = seal_disclosed(filing, house.settings.triage_recipient)
        if together_with is None and submit_at_once(house.transactions, filing, answer, disclosed):
            return Submitted(answer, True)
        with house.transactions.begin() as tx:
            done = submit(tx, filing, answer, disclosed)
            if together_with is not None:
                together_with(tx.connection)
        drop_parts(house.blobs, filing.evidence)
        return done

    def told_before(self, filing: Filing, otherwise: Refusal) -> Submitted:
        """The first answer to a filing that came in before; raises `otherwise` for a new one."""
        with self.house.database.read() as connection:
            told = was_told(connection, filing)
        if told is None:
            raise otherwise
        return Submitted(told, False)

    def _admit(self, filing: Filing) -> Answer:
        """By the kept keys, and once more by fresh ones when those look too old."""
        at = self.house.clock.now().replace(minute=0, second=0, microsecond=0)
        try:
            return admit(filing, router=self.router, keys=self.keys.current(), at=at)
        except (NoKey, StaleKey):
            return admit(filing, router=self.router, keys=self.keys.fresh(), at=at)
