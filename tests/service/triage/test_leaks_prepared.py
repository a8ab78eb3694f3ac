"""A unit for which headers are prepared learns nothing by it: as test_leaks.py asks."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.service.triage.desk import Desk
from tests.service.triage.test_leaks import SLOTS, _answers, _town
from tests.service.triage.test_rerouting import FREE


def test_the_unit_that_headers_are_prepared_for_learns_nothing_of_it(tmp_path: Path) -> None:
    """Sari works in the unit for which every case of another unit is, or is not, prepared."""
    told = []
    for kind in ("alike", "prepared"):
        folder = tmp_path / kind
        folder.mkdir()
        with _town(folder, kind) as town:
            with town.desk.house.transactions.begin() as tx:
                move = sa.text("UPDATE person SET unit = :unit WHERE name = 'sari'")
                tx.connection.execute(move, {"unit": FREE})
            assert _count(town.desk) == (SLOTS if kind == "prepared" else 0)
            told.append(_answers(town, "sari"))
    without, prepared = told

    assert [ask for ask in without if prepared[ask] != without[ask]] == []


def _count(desk: Desk) -> int:
    found: int = desk.rows("SELECT count(*) FROM handover")[0][0]
    return found
