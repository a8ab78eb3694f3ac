"""The whole system, once embedded and once on servers of the run's own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresCluster
from tests.support.rabbit import RabbitNode
from tests.support.system import ROOT, Town

# Who handles the complaint, and who keeps the name its sender gives.
_UNITS = {"inspektorat-kota-bandung", "inspektorat-cianjur", "inspektorat-jabar", "lpsk"}


@pytest.fixture(scope="package", params=["embedded", "servers"])
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A running system of either kind, shared by the tests of this folder."""
    home = tmp_path_factory.mktemp(request.param)
    one = Town(home / "var") if request.param == "embedded" else _on_servers(request, home)
    one.start(seconds=240)
    yield one
    assert one.stop() == 0


def _on_servers(request: pytest.FixtureRequest, home: Path) -> Town:
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    node: RabbitNode = request.getfixturevalue("rabbit_node")
    return Town(
        home / "var",
        servers=True,
        env={
            "KENTONGAN_DEMO": str(small_demo(home / "demo")),
            "KENTONGAN_POSTGRES_URL": cluster.url.removesuffix("/postgres"),
            "KENTONGAN_AMQP_URL": node.url.removesuffix("/%2F"),
            "KENTONGAN_RABBITMQCTL": node.control_command(home / "rabbitmqctl"),
        },
    )


def small_demo(folder: Path) -> Path:
    """The people of three units and one complaint: starts in a third of the time."""
    folder.mkdir(parents=True)
    people = json.loads((ROOT / "deploy/demo/people.json").read_text(encoding="utf-8"))
    people["people"] = [one for one in people["people"] if one["unit"] in _UNITS]
    (folder / "people.json").write_text(json.dumps(people), encoding="utf-8")
    filed = json.loads((ROOT / "deploy/demo/complaints.json").read_text(encoding="utf-8"))
    filed["complaints"] = filed["complaints"][:1]
    (folder / "complaints.json").write_text(json.dumps(filed), encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def no_proxy() -> None:
    """Everything here is on this machine."""
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
