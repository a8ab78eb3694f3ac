"""Keys are made once, stay, and only their owner may read them."""

from __future__ import annotations

from pathlib import Path

from shared.crypto.age import recipient_of
from shared.supervise.keys import Keys


def test_keys_are_private_and_never_replaced(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    keys.make()
    before = {path.name: path.read_text() for path in keys.folder.iterdir()}

    keys.make()

    assert {path.name: path.read_text() for path in keys.folder.iterdir()} == before
    assert {path.stat().st_mode & 0o777 for path in keys.folder.iterdir()} == {0o600}
    assert keys.folder.stat().st_mode & 0o777 == 0o700


def test_the_oversight_identity_may_leave_the_machine(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    keys.make()
    recipient = recipient_of(keys.read("identity-oversight"))
    keys.file("identity-oversight").unlink()

    keys.make()

    assert keys.read("recipient-oversight") == recipient
    assert not keys.file("identity-oversight").exists()
