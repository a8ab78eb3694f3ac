"""An operator is told everything that is wrong with the settings, at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from shared.runtime.settings import Settings, SettingsFault, a_key, a_port, setting


@dataclasses.dataclass(frozen=True)
class Door(Settings):
    port: int = setting("DOOR_PORT", a_port)
    key: bytes = setting("DOOR_KEY", a_key, secret=True)
    name: str = setting("DOOR_NAME", default="front")


KEY = "00112233445566778899aabbccddeeff" * 2


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsFault) as fault:
        Door.read({"DOOR_PORT": "99999"})

    assert [line.split(":")[0] for line in fault.value.faults] == ["DOOR_PORT", "DOOR_KEY"]


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")

    door = Door.read({"DOOR_PORT": "8000", "DOOR_KEY_FILE": str(tmp_path / "key")})

    assert door.key == bytes.fromhex(KEY)
    assert door.name == "front"


@pytest.mark.parametrize("text", ["changeme", "", "secret", "00" * 32, "not hexadecimal"])
def test_a_placeholder_is_no_secret(text: str) -> None:
    with pytest.raises(SettingsFault):
        Door.read({"DOOR_PORT": "8000", "DOOR_KEY": text})


def test_a_secret_is_never_printed() -> None:
    door = Door.read({"DOOR_PORT": "8000", "DOOR_KEY": KEY})

    assert KEY not in repr(door)
    assert repr(bytes.fromhex(KEY)) not in repr(door)
