"""On servers each service has its own database and may speak on the road only in its own name."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import pika
import pika.exceptions
import psycopg
import pytest

from tests.support.system import Town

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(400),
    pytest.mark.parametrize("town", ["servers"], indirect=True),
]


def _url(town: Town, name: str) -> str:
    return (town.home / "keys" / name).read_text(encoding="utf-8").strip()


def test_a_role_reaches_its_own_database_only(town: Town) -> None:
    own = urlsplit(_url(town, "database-url-notify"))
    other = urlsplit(_url(town, "database-url-triage"))

    psycopg.connect(urlunsplit(own)).close()
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(urlunsplit(own._replace(path=other.path)))


def test_a_service_cannot_write_anothers_facts(town: Town) -> None:
    road = pika.BlockingConnection(pika.URLParameters(_url(town, "carrier-url-notify")))
    channel = road.channel()
    channel.confirm_delivery()

    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel.basic_publish("facts", "triage.case.opened", b"forged", mandatory=True)
    road.close()


def test_a_service_cannot_read_anothers_queue(town: Town) -> None:
    road = pika.BlockingConnection(pika.URLParameters(_url(town, "carrier-url-notify")))

    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"):
        road.channel().basic_get("triage.inbound")
    road.close()
