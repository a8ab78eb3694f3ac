"""The words of a notice: the same for every complaint, so that they tell nothing about one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """Who a notice is for."""

    REPORTER = "reporter"
    UNIT = "unit"


@dataclass(frozen=True)
class Wording:
    """Subject and text of a notice; `text` takes %(page)s and %(stop)s."""

    subject: str
    text: str


_REPORTER_ID = Wording(
    "Ada kabar untuk kode Anda",
    """\
Ada kabar untuk kode Anda.

Buka halaman ini dan masukkan 24 angka Anda:
%(page)s

Surat ini sengaja tidak menyebut isi apa pun. Jangan membalasnya: balasan tidak dibaca.
Tulis balasan Anda di halaman tadi.

Tidak mau menerima surat seperti ini lagi? Buka:
%(stop)s
""",
)

_REPORTER_EN = Wording(
    "There is news for your code",
    """\
There is news for your code.

Open this page and enter your 24 digits:
%(page)s

This message says nothing else on purpose. Do not reply to it: replies are not read.
Write your answer on that page.

Do not want messages like this any more? Open:
%(stop)s
""",
)

_UNIT_ID = Wording(
    "Ada kasus baru di meja Anda",
    """\
Ada kasus baru di meja Anda.

Masuk untuk melihat antrean dan tenggatnya:
%(page)s

Surat ini sengaja tidak menyebut isi apa pun.

Alamat ini tidak lagi menerima surat untuk unit Anda? Buka:
%(stop)s
""",
)

_UNIT_EN = Wording(
    "There is a new case at your desk",
    """\
There is a new case at your desk.

Sign in to see the queue and its deadlines:
%(page)s

This message says nothing else on purpose.

This address should no longer receive messages for your unit? Open:
%(stop)s
""",
)

_TABLE = {
    (Reader.REPORTER, "id"): _REPORTER_ID,
    (Reader.REPORTER, "en"): _REPORTER_EN,
    (Reader.UNIT, "id"): _UNIT_ID,
    (Reader.UNIT, "en"): _UNIT_EN,
}

LANGUAGES = frozenset(lang for _, lang in _TABLE)


def wording_for(reader: Reader, lang: str) -> Wording:
    """The words in `lang`, in Indonesian when we do not have that language."""
    return _TABLE.get((reader, lang)) or _TABLE[reader, "id"]
