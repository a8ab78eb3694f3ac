"""Notices into a local Maildir, where no mail server is configured."""

from __future__ import annotations

import os
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from services.notify.channels import ChannelDown


class MaildirChannel:
    """Writes each notice to `directory`/new; the folder is made at the first one.

    The standard library's Maildir names a file after the instant and this machine. Ours is named
    after its Message-ID, so a notice sent twice is one file; its times say the hour of its Date.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def send(self, mail: EmailMessage, to: str) -> None:
        """Deliver durably: into tmp/, synced, renamed into new/, the folder synced."""
        name = f"{str(mail['Message-ID']).strip('<>').partition('@')[0]}.kentongan"
        hour = parsedate_to_datetime(str(mail["Date"])).timestamp()
        try:
            folder = self._directory
            for part in ("tmp", "new", "cur"):
                (folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
            if not any((folder / "cur").glob(f"{name}*")):
                _write(folder / "tmp" / name, mail.as_bytes(), hour)
                (folder / "tmp" / name).replace(folder / "new" / name)
                _sync(folder / "new")
        except OSError as fault:
            raise ChannelDown from fault


def _write(path: Path, content: bytes, at: float) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    os.utime(path, (at, at))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
