"""Flag a wave of near-identical reports when one more of them is opened."""

from __future__ import annotations

from services.triage.domain.waves import SPAN, Report, wave_of
from services.triage.store.cases import Case
from services.triage.store.waves import join_wave, recent_in_cluster
from shared.contracts.private import CaseFlaggedWave
from shared.messaging.tx import Tx


def flag_wave(tx: Tx, one: Case) -> None:
    """Note the wave this case makes or joins, and on each case that it belongs to one.

    Cases opened before keep their urgency and promises: what was promised is not taken back. From
    here on the wave counts once.
    """
    rows = recent_in_cluster(tx.connection, one.cluster, tx.at - SPAN, tx.at + SPAN)
    others = [
        Report.of(row.id, row.opened_at, row.disclosed, row.wave)
        for row in rows
        if row.id != one.id
    ]
    found = wave_of(Report.of(one.id, tx.at, one.disclosed), others)
    if found is None:
        return
    for id in found.new:
        join_wave(tx.connection, id, found.name)
        tx.record(CaseFlaggedWave(size=found.size), subject=id)
