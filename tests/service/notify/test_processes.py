"""The worker and the web of notify as real processes on the embedded carrier."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.notify.service import SERVICE
from services.notify.store import road
from shared.contracts.facts import CaseMoved, ContactLeft
from shared.contracts.promises import NEW_CASE, DeskCalled
from shared.crypto import age
from shared.crypto.sealing import seal_json
from shared.messaging.carrier import connect
from shared.messaging.relay import Relay
from shared.messaging.topology import declare_road
from shared.messaging.tx import Transactions, Tx
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database
from shared.runtime.migrate import migrate
from shared.service.settings import road_keys
from tests.service.notify.post_office import PostOffice
from tests.service.notify.room import EVENTS_KEY, KEY_HEX, UNIT, b64
from tests.support.ports import free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def env(tmp_path: Path, identity: str) -> dict[str, str]:
    """The settings of the processes, with a migrated database."""
    url = f"sqlite:///{tmp_path}/notify.db"
    migrate(SERVICE.migrations, Database(url))
    return {
        "PATH": os.environ["PATH"],
        "KENTONGAN_DATABASE_URL": url,
        "KENTONGAN_CARRIER_URL": f"sqlite:///{tmp_path}/carrier.db",
        "KENTONGAN_ROAD_KEY": KEY_HEX,
        "KENTONGAN_SESSION_KEY": KEY_HEX,
        "KENTONGAN_DEPLOYMENT": "uji",
        "KENTONGAN_BLOBS": str(tmp_path / "blobs"),
        "KENTONGAN_NOTIFY_IDENTITY": identity,
        "KENTONGAN_MAILDIR": str(tmp_path / "maildir"),
        "KENTONGAN_BIND": f"127.0.0.1:{free_port()}",
    }


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    yield office
    office.close()


@contextmanager
def running(env: dict[str, str], verb: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "services.notify", verb]
    process = subprocess.Popen(command, env=env, cwd=Path(__file__).parents[3])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(holds: Callable[[], object], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def tell(env: dict[str, str], folder: Path, *, reporters: int) -> None:
    """Send contacts, and when they are kept the news, as complaints and triage would."""
    subjects = {str(uuid.uuid4()): f"pelapor{n}@contoh.example" for n in range(reporters)}
    with connect(env["KENTONGAN_CARRIER_URL"]) as connection:
        declare_road(connection)
    with telling(env, folder, "complaints") as tx:
        for subject, to in subjects.items():
            contact = {"address": to, "lang": "id", "events_key": b64(EVENTS_KEY)}
            sealed = seal_json(contact, age.recipient_of(env["KENTONGAN_NOTIFY_IDENTITY"]))
            tx.record(ContactLeft("id"), subject=subject, parts={"contact": sealed})
    heard = Database(env["KENTONGAN_DATABASE_URL"])
    assert until(lambda: _count(heard, "address WHERE sealed NOTNULL") == reporters)
    with telling(env, folder, "triage") as tx:
        for subject in subjects:
            tx.record(DeskCalled("KTG-2026-11-0001", NEW_CASE, UNIT, []), subject=subject)
            tx.record(CaseMoved("received", "verifying", []), subject=subject)
    assert until(lambda: _count(heard, "notice") == 2 * reporters)
    heard.dispose()


@contextmanager
def telling(env: dict[str, str], folder: Path, source: str) -> Iterator[Tx]:
    """A transaction of another service; what it records is relayed at its end."""
    database = Database(f"sqlite:///{folder}/{source}.db")
    tables = [road.fact, road.inbox, road.commit_key]
    road.fact.metadata.create_all(database.engine, tables=tables)
    transactions = Transactions(database, SystemClock(), source)
    with transactions.begin() as tx:
        yield tx
    relay = Relay(transactions, env["KENTONGAN_CARRIER_URL"], road_keys(KEY_HEX))
    assert until(lambda: relay.step() and _count(database, "fact WHERE sent = 0") == 0)
    relay.close()
    database.dispose()


def _count(database: Database, what: str) -> int:
    with database.read() as connection:
        return len(connection.exec_driver_sql(f"SELECT 1 FROM {what}").all())


def test_a_notice_reaches_the_maildir(env: dict[str, str], tmp_path: Path) -> None:
    with running(env, "worker"):
        tell(env, tmp_path, reporters=1)

        assert until(lambda: len(list((tmp_path / "maildir").glob("new/*"))) == 2)


def test_every_notice_arrives_although_server_and_worker_die(
    env: dict[str, str], tmp_path: Path, office: PostOffice
) -> None:
    env = {**env, "KENTONGAN_SMTP_URL": office.url}
    office.slow = 0.2
    wanted = {f"pelapor{number}@contoh.example" for number in range(8)}
    with running(env, "worker"):
        tell(env, tmp_path, reporters=8)  # nobody listens at the mail server's port yet
    office.open()
    with running(env, "worker"):
        assert until(lambda: len(office.mails) >= 3)  # killed in the middle of sending

    with running(env, "worker"):
        assert until(lambda: wanted <= {mail["X-Envelope"] for mail in office.mails})

    copies = [mail["Message-ID"] for mail in office.mails]
    assert len(copies) - len(set(copies)) <= 1


def test_the_stop_site_answers(env: dict[str, str]) -> None:
    url = f"http://{env['KENTONGAN_BIND']}/berhenti/{'A' * 32}"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, data=b"List-Unsubscribe=One-Click") as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    with running(env, "web"):
        assert until(answers)
