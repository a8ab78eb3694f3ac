"""The numbers an operator watches on the road."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from shared.messaging.carrier import AWAY, depths
from shared.messaging.tables import ROAD
from shared.runtime.database import Database


@dataclass(frozen=True)
class RoadGauges:
    """`inbound` and `parked` are None while the carrier is away or the queue does not stand."""

    unsent: int
    oldest_unsent_seconds: float
    inbound: int | None
    parked: int | None


class RoadWatch:
    """Reads the gauges; ask it regularly, every few seconds.

    No row says when a fact was recorded (that would be a clock time of a reporter on disk), so
    the age of the oldest unsent fact counts from when this watch first saw it unsent.
    """

    def __init__(
        self,
        database: Database,
        carrier_url: str,
        service: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._url = carrier_url
        self._service = service
        self._monotonic = monotonic
        self._oldest: tuple[int | None, float] = (None, 0.0)

    def read(self) -> RoadGauges:
        """The gauges now. Raises OperationalError when the database is away."""
        fact = ROAD.fact
        query = sa.select(sa.func.count(), sa.func.min(fact.c.position)).where(sa.not_(fact.c.sent))
        with self._database.read() as connection:
            unsent, oldest = connection.execute(query).one()
        now = self._monotonic()
        if oldest != self._oldest[0]:
            self._oldest = (oldest, now)
        try:
            queues = depths(self._url, self._service)
        except AWAY:
            queues = {"inbound": None, "parked": None}
        age = now - self._oldest[1] if oldest is not None else 0.0
        return RoadGauges(unsent, age, queues["inbound"], queues["parked"])
