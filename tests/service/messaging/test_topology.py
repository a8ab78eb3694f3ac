"""One broker user a service: it tells its own facts and reads its own queues, nothing else."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from amqp.exceptions import AccessRefused

from shared.messaging import topology
from shared.messaging.carrier import Outgoing, connect
from shared.messaging.rabbit import RabbitPublisher
from shared.supervise import rights
from tests.service.messaging.test_leased import _publish
from tests.support.rabbit import RabbitNode


@pytest.fixture
def urls(rabbit_node: RabbitNode, tmp_path: Path) -> dict[str, str]:
    """A URL for each service's user on a virtual host that holds what `definitions` says."""
    vhost = f"test-{uuid.uuid4().hex[:12]}"
    users = {service: (f"{vhost}-{service}", "secret") for service in topology.services()}
    file = tmp_path / "definitions.json"
    file.write_text(json.dumps(rights.definitions(vhost, users)), encoding="utf-8")
    rabbit_node.ctl("import_definitions", str(file))
    at = f"127.0.0.1:{rabbit_node.port}/{vhost}"
    urls = {service: f"amqp://{name}:{word}@{at}" for service, (name, word) in users.items()}
    for service, url in urls.items():
        with connect(url) as connection:
            topology.declare(connection, service, topology.types_for(service))
    return urls


def refused(connection: Any, act: Any) -> bool:
    """Whether the broker refuses it for want of a right."""
    try:
        with connection.channel() as channel:
            act(channel)
    except AccessRefused:
        return True
    return False


def test_a_service_may_do_its_own_work_and_no_more(urls: dict[str, str]) -> None:
    relay = RabbitPublisher(urls["complaints"], topology.listeners("complaints"))
    assert relay.publish([Outgoing("id-1", "complaints.reply.received", b"b")]) == {"id-1"}
    relay.close()

    with connect(urls["triage"]) as connection:
        _publish(connection, "triage.case.opened")
        _publish(connection, "triage.replay", "parking")
        with connection.channel() as channel:
            assert channel.basic_get("triage.inbound") is not None
        for act in (
            lambda channel: channel.basic_get("complaints.inbound"),
            lambda channel: channel.basic_get("ledger.inbound"),
            lambda channel: channel.queue_delete("complaints.inbound"),
            lambda channel: channel.queue_bind(
                "triage.inbound", "facts", "complaints.contact.left"
            ),
            lambda channel: channel.queue_bind("triage.inbound", "facts", "#"),
            lambda channel: channel.exchange_delete("facts"),
            lambda channel: channel.queue_declare("another"),
        ):
            assert refused(connection, act)
        for exchange, key in (
            ("facts", "complaints.reply.received"),
            ("parking", "complaints.replay"),
            ("", "complaints.inbound"),
        ):
            with pytest.raises(AccessRefused):
                _publish(connection, key, exchange)
