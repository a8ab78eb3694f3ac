"""The numbers an operator watches, on a private port of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import nan

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from shared.runtime.errors import Refusal
from shared.service.declaration import House, Service
from shared.service.road import road_gauges

_PRIVATE = "127.0.0.1"

# Each name is an alarm or a panel of docs/runbook.md. Values are read when asked for; one that
# cannot be read is NaN, which is an alarm as well.
Reading = Callable[[], float]


class Numbers(Collector):
    """Gauges `kentongan_<name>{service="…"}`, read at every scrape."""

    def __init__(self, service: str, readings: Mapping[str, Reading]) -> None:
        self._service = service
        self._readings = readings

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing beforehand: describing must not read a database."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Read every number once."""
        for name, read in self._readings.items():
            family = GaugeMetricFamily(f"kentongan_{name}", name, labels=["service"])
            family.add_metric([self._service], _value(read))
            yield family


def _value(read: Reading) -> float:
    try:
        return float(read())
    except (SQLAlchemyError, OSError, Refusal):
        return nan


def readings_of(service: Service, house: House) -> dict[str, Reading]:
    """The road's numbers and the service's own."""
    own = {name: partial(read, house) for name, read in service.gauges.items()}
    # Equal in every service, or an alarm: 48 bits, which a floating-point number holds exactly.
    rules = {"rulebook_version": lambda: float(int(house.rulebook.version, 16))}
    return {**road_gauges(house), **rules, **own}


def watch(service: Service, house: House) -> Callable[[], None]:
    """Serve them at http://127.0.0.1:KENTONGAN_METRICS_PORT/metrics; returns what stops it."""
    port = house.settings.metrics_port
    if port is None:
        return lambda: None
    registry = CollectorRegistry()
    registry.register(Numbers(service.name, readings_of(service, house)))
    server, thread = start_http_server(port, addr=_PRIVATE, registry=registry)

    def close() -> None:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)

    return close
