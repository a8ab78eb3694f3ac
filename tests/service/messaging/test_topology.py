"""One broker user a service: it tells its own facts and reads its own queues, nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from amqp.exceptions import AccessRefused
from kombu.exceptions import ChannelError

from shared.messaging import topology
from shared.messaging.carrier import Outgoing, connect
from shared.messaging.rabbit import RabbitPublisher
from tests.service.messaging.road import Road
from tests.service.messaging.test_leased import _publish
from tests.support.rabbit import RabbitNode


@pytest.fixture
def urls(swept_vhost: str, rabbit_node: RabbitNode) -> Iterator[dict[str, str]]:
    """A URL for the user of each of two services, with no rights but those of `permissions`."""
    with connect(swept_vhost) as connection:
        topology.declare_road(connection)
    server, _, vhost = swept_vhost.rpartition("/")
    users = {service: f"{service}-{uuid.uuid4().hex[:6]}" for service in ("complaints", "triage")}
    for service, user in users.items():
        may = topology.permissions(service)
        rabbit_node.ctl("add_user", user, "secret")
        rabbit_node.ctl("set_permissions", "-p", vhost, user, may.configure, may.write, may.read)
        for exchange, (write, read) in may.topics.items():
            words = ("set_topic_permissions", "-p", vhost, user, exchange, write, read)
            rabbit_node.ctl(*words)
    yield {s: server.replace("guest:guest", f"{u}:secret") + "/" + vhost for s, u in users.items()}
    for user in users.values():
        rabbit_node.ctl("delete_user", user)


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
        topology.declare(connection, "triage", topology.types_for("triage"))
        _publish(connection, "triage.case.opened")
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
        with pytest.raises((AccessRefused, ChannelError)):
            _publish(connection, "complaints.reply.received")


def test_binding_keys_name_the_one_source(road: Road) -> None:
    assert topology.binding_keys(["reply.received", "commitments.sent"]) == [
        "*.commitments.sent",
        "complaints.reply.received",
    ]
