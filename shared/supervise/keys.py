"""Development keys: made once, kept as files only their owner can read.

In production each service is handed only its own as a mounted secret, and the oversight identity
never touches a server: it is made and kept offline, only its recipient is configured.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from shared.crypto.age import new_identity, recipient_of
from shared.crypto.approval import approver_key

SESSIONS = ("complaints", "triage", "notify", "ledger")
IDENTITIES = ("triage", "notify")


class Keys:
    """The files under `folder`; `make` fills in what is missing and never replaces one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Write each missing key as a file of mode 0600 in a folder of mode 0700."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.keep("deployment", secrets.token_hex(4))
        self.keep("road", secrets.token_hex(32))
        for service in SESSIONS:
            self.keep(f"session-{service}", secrets.token_hex(32))
        for name in IDENTITIES:
            if not self.file(f"identity-{name}").exists():
                self.keep(f"identity-{name}", new_identity())
        self.put("approval-key", approver_key(self.read("identity-triage")))
        if not self.file("recipient-oversight").exists():  # the identity may have gone offline
            identity = self.keep("identity-oversight", new_identity())
            self.keep("recipient-oversight", recipient_of(identity))

    def keep(self, name: str, text: str) -> str:
        """Write `name` unless it stands already; returns what stands."""
        try:
            handle = os.open(self.file(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.read(name)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
        return text

    def put(self, name: str, text: str) -> Path:
        """Write `name` anew (an address that may change between starts); returns its file."""
        path = self.file(name)
        path.unlink(missing_ok=True)
        self.keep(name, text)
        return path

    def read(self, name: str) -> str:
        """The text of one key."""
        return self.file(name).read_text(encoding="utf-8").strip()

    def file(self, name: str) -> Path:
        """Where one key lies."""
        return self.folder / name

    @property
    def deployment(self) -> str:
        """This installation's own name, part of every receipt's derivation."""
        return self.read("deployment")

    def recipient(self, name: str) -> str:
        """The public half of an identity."""
        return recipient_of(self.read(f"identity-{name}"))
