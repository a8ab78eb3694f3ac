"""Nothing a reporter typed, and nothing of the reporter, is found in any file of the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.crypto.receipt import derive
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.world import DEPLOYMENT, World

STORY_CANARY = "KENARI-CERITA-7731"
REPLY_CANARY = "KENARI-BALASAN-8842"
ADDRESS = "kenari-9953@contoh.id"
ADDRESS_OF_MACHINE = "203.0.113.77"
BROWSER = "PerambanKenari/5.5"


def every_byte(world: World, folder: Path) -> bytes:
    found = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    if world.house.database.is_sqlite:
        return found
    dump = []
    with world.house.database.read() as connection:
        for table in ("complaint", "letter", "progress", "fact", "inbox", "commit_key", "draft"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                dump += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return found + b"\n".join(dump)


@pytest.fixture
def traces(world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> tuple[str, bytes]:
    """The digits of a complaint that was filed and replied to, and every byte kept or printed."""
    world.browser.environ_base["REMOTE_ADDR"] = ADDRESS_OF_MACHINE
    world.browser.environ_base["HTTP_USER_AGENT"] = BROWSER
    world.browser.environ_base["HTTP_X_FORWARDED_FOR"] = ADDRESS_OF_MACHINE
    citizen = Citizen(world.browser)
    digits = citizen.file(
        story=f"{STORY_CANARY} diminta uang", who="ORANG-KENARI", wish="contact", email=ADDRESS
    )
    page = citizen.open_mailbox(digits).get_data(as_text=True)
    assert STORY_CANARY in page
    assert citizen.reply(page, REPLY_CANARY).status_code == 200
    citizen.begin(story=STORY_CANARY, asked="entah")
    citizen.press(4, asked="entah KENARI")
    printed = capfd.readouterr()
    return digits, every_byte(world, tmp_path) + (printed.out + printed.err).encode()


def test_no_word_no_address_no_digit_is_kept(traces: tuple[str, bytes]) -> None:
    digits, kept = traces
    keys = derive(digits, DEPLOYMENT)
    needles = [
        STORY_CANARY,
        REPLY_CANARY,
        ADDRESS,
        ADDRESS_OF_MACHINE,
        BROWSER,
        "ORANG-KENARI",
        digits,
        digits[:12],
        digits[12:],
        " ".join(digits[i : i + 4] for i in range(0, 24, 4)),
    ]

    assert len(kept) > 20_000
    for needle in needles:
        assert needle.encode() not in kept
    for secret in (keys.prk, keys.sign_seed, keys.once_key):
        assert secret not in kept
        assert secret.hex().encode() not in kept


def test_no_row_tells_the_minute(world: World, traces: tuple[str, bytes]) -> None:
    with world.house.database.read() as connection:
        times = connection.exec_driver_sql("SELECT at FROM fact").scalars().all()

    assert times
    assert all("03:00:00" in str(at) for at in times)
