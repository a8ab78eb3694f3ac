"""Files to bring along: cleaned and sealed on this machine, sent in parts."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from client.api import Api, Directory
from client.ending import note
from client.filing import SealedFile
from client.refusals import TooManyFiles
from client.words import say
from shared.crypto.attachment import seal_attachment
from shared.media.cleaning import without_traces
from shared.media.kinds import media_of
from shared.media.refusals import WrongKind


def seal_files(paths: Sequence[Path], directory: Directory, language: str) -> list[SealedFile]:
    """Every file under a key of its own; raises TooManyFiles, TooLong, and what media refuses."""
    if len(paths) > directory.files:
        raise TooManyFiles("attach", most=directory.files)
    return [_sealed(path, language) for path in paths]


def send_files(api: Api, files: Sequence[SealedFile], directory: Directory) -> None:
    """Upload them, before the letter or report that names them."""
    for file in files:
        api.upload(file.attachment.name, file.sealed, directory.part_bytes)


def _sealed(path: Path, language: str) -> SealedFile:
    content = bytearray(path.read_bytes())
    try:
        media = media_of(content)
    except WrongKind:
        note(say(language, "file_as_is") % path.name)
        media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return SealedFile(*seal_attachment(bytes(content), media))
    return SealedFile(*seal_attachment(bytes(without_traces(media, content)), media))
