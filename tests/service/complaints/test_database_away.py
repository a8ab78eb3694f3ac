"""Without its database the service says so, keeps what was typed, and goes on when it is back."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.service.complaints.citizen import STORY, Citizen
from tests.service.complaints.conftest import AT
from tests.service.complaints.world import World, random_receipt
from tests.support.postgres import PostgresCluster


@pytest.fixture
def world(postgres_url: str, tmp_path: Path) -> World:
    return World(postgres_url, tmp_path, AT)


def rename(cluster: PostgresCluster, before: str, after: str) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ends, (before,))
        connection.execute(f'ALTER DATABASE "{before}" RENAME TO "{after}"'.encode())


def test_what_was_typed_outlives_a_database_that_goes_away(
    world: World, postgres_url: str, postgres_cluster: PostgresCluster
) -> None:
    name = make_url(postgres_url).database or ""
    citizen = Citizen(world.browser)
    digits = citizen.file()
    page = citizen.open_mailbox(digits).get_data(as_text=True)
    form, body = citizen.write(), world.filing(random_receipt()[1])

    rename(postgres_cluster, name, f"{name}_away")
    refused = [world.send(body), citizen.send(form), citizen.reply(page, "Balasan saya")]
    kept = citizen.post(1, {**form, "story": STORY})
    rename(postgres_cluster, f"{name}_away", name)
    again = [world.send(body), citizen.send(form), citizen.reply(page, "Balasan saya")]

    assert [answer.status_code for answer in refused] == [503, 503, 503]
    assert refused[0].get_json()["code"] == "unavailable"
    assert refused[0].headers["Retry-After"]
    assert "Tekan sekali lagi" in refused[1].text
    assert (kept.status_code, STORY in kept.text) == (503, True)
    assert "Balasan saya" in refused[2].get_data(as_text=True)
    assert [answer.status_code for answer in again] == [201, 200, 200]
    assert world.count("complaint") == 3
    world.close()
