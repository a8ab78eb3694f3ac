"""A file as it may travel: of a kind we take, whole, and without what tells on its maker."""

from __future__ import annotations

from shared.media.document import clean_document
from shared.media.kinds import JPEG, M4A, MOST_BYTES, MP3, MP4, PDF, PNG, ends_as_zip, media_of
from shared.media.movie import clean_movie
from shared.media.picture import clean_jpeg, clean_png
from shared.media.refusals import EmptyFile, FileTooLarge, TwoKinds
from shared.media.sound import clean_sound

_COPIED = {JPEG: clean_jpeg, PNG: clean_png, MP3: clean_sound}
_IN_PLACE = {M4A: clean_movie, MP4: clean_movie, PDF: clean_document}


def cleaned(content: bytearray) -> tuple[str, bytearray]:
    """(media type, the cleaned file); `content` itself may be changed.

    Raises EmptyFile, FileTooLarge, WrongKind, HeicPhoto, TwoKinds, TooManyPixels, BrokenFile.
    """
    if not content:
        raise EmptyFile("files")
    if len(content) > MOST_BYTES:
        raise FileTooLarge("files")
    media = media_of(content)
    return media, without_traces(media, content)


def without_traces(media: str, content: bytearray) -> bytearray:
    """The file without place, time, device and names, as far as its kind allows (ADR 16).

    `content` itself may be changed. Raises TwoKinds, TooManyPixels, BrokenFile.
    """
    if ends_as_zip(content):
        raise TwoKinds("files")
    if copied := _COPIED.get(media):
        return copied(content)
    _IN_PLACE[media](content)
    return content
