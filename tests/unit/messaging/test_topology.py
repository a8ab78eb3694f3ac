"""Who may tell and hear what, as the contracts say it."""

from __future__ import annotations

import re

import pytest

from shared.contracts.facts import PUBLIC
from shared.messaging import topology


def test_binding_keys_name_the_one_source() -> None:
    assert topology.binding_keys(["reply.received", "commitments.sent"]) == [
        "*.commitments.sent",
        "complaints.reply.received",
    ]


@pytest.mark.parametrize("service", topology.services())
def test_a_service_may_bind_exactly_what_it_acts_on(service: str) -> None:
    _, read = topology.permissions(service).topics["facts"]

    bound = {key for one in PUBLIC for key in topology.binding_keys([one.type])}
    allowed = {key for key in bound if re.search(read, key)}

    assert allowed == set(topology.binding_keys(topology.types_for(service)))
    assert not re.search(read, "#")


@pytest.mark.parametrize("service", topology.services())
def test_a_service_may_write_only_keys_of_its_own(service: str) -> None:
    others = [other for other in topology.services() if other != service]
    for write, _ in topology.permissions(service).topics.values():
        assert re.search(write, f"{service}.case.opened")
        assert not any(re.search(write, f"{other}.case.opened") for other in others)


@pytest.mark.parametrize("service", topology.services())
def test_a_service_may_make_only_its_own_queues(service: str) -> None:
    may = topology.permissions(service)

    assert re.search(may.configure, f"{service}.inbound")
    for name in ("facts", "parking", "", "amq.default", "other.inbound", f"x{service}.inbound"):
        assert not re.search(may.configure, name)


def test_everybody_who_is_told_something_is_a_listener() -> None:
    assert topology.listeners("complaints") == ["ledger", "notify", "triage"]
    assert topology.listeners("notify") == ["ledger"]
