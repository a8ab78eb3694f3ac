"""The words of a notice: the same for every complaint, so that they tell nothing about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """Who a notice is for."""

    REPORTER = "reporter"
    UNIT = "unit"
    DESK = "desk"
    PERSON = "person"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Wording:
    """Subject and text of a notice; `text` takes %(page)s, %(stop)s and the desk's %(lines)s,
    `subject` their %(count)s."""

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

_DESK_ID = Wording(
    "Tenggat di meja Anda perlu dilihat",
    """\
Di meja Anda ada yang perlu dilihat:

%(lines)s

Masuk untuk melihatnya:
%(page)s

Surat ini sengaja tidak menyebut isi apa pun.

Alamat ini tidak lagi menerima surat dari meja? Buka:
%(stop)s
""",
)

_DESK_EN = Wording(
    "A deadline at your desk needs a look",
    """\
At your desk something needs a look:

%(lines)s

Sign in to see it:
%(page)s

This message says nothing else on purpose.

This address should no longer receive messages from the desk? Open:
%(stop)s
""",
)

_PERSON_ID = Wording(
    "%(count)s hal di meja Anda perlu perhatian",
    """\
Yang perlu Anda lihat:

%(lines)s

Masuk untuk melihatnya:
%(page)s

Surat ini sengaja tidak menyebut isi apa pun.

Tidak mau menerima surat seperti ini lagi? Buka:
%(stop)s
""",
)

_PERSON_EN = Wording(
    "At your desk, to look at: %(count)s",
    """\
What needs your look:

%(lines)s

Sign in to see it:
%(page)s

This message says nothing else on purpose.

Do not want messages like this any more? Open:
%(stop)s
""",
)

_CONFIRM_ID = Wording(
    "Alamat ini kini menerima peringatan meja Anda",
    """\
Alamat ini kini menerima peringatan dari meja Anda. Tidak ada yang perlu dilakukan.

Alamatnya diganti atau dihapus di halaman akun:
%(page)s/akun

Bukan Anda yang menyimpannya, atau tidak mau menerima surat lagi? Buka:
%(stop)s
""",
)

_CONFIRM_EN = Wording(
    "This address now receives your desk's warnings",
    """\
This address now receives warnings from your desk. There is nothing to do.

Change or remove it on your account page:
%(page)s/akun

It was not you, or you do not want these messages? Open:
%(stop)s
""",
)

_TABLE = {
    (Reader.REPORTER, "id"): _REPORTER_ID,
    (Reader.REPORTER, "en"): _REPORTER_EN,
    (Reader.UNIT, "id"): _UNIT_ID,
    (Reader.UNIT, "en"): _UNIT_EN,
    (Reader.DESK, "id"): _DESK_ID,
    (Reader.DESK, "en"): _DESK_EN,
    (Reader.PERSON, "id"): _PERSON_ID,
    (Reader.PERSON, "en"): _PERSON_EN,
    (Reader.CONFIRM, "id"): _CONFIRM_ID,
    (Reader.CONFIRM, "en"): _CONFIRM_EN,
}

LANGUAGES = frozenset(lang for _, lang in _TABLE)


def wording_for(reader: Reader, lang: str) -> Wording:
    """The words in `lang`, in Indonesian when we do not have that language."""
    return _TABLE.get((reader, lang)) or _TABLE[reader, "id"]


# Why the desk is called: by the contract desk.called. Whatever else waits is a new case.
_LINES = {
    "half": ("setengah waktunya terpakai", "half of its time is used up"),
    "most": ("empat perlima waktunya terpakai", "four fifths of its time is used up"),
    "breach": ("janjinya terlewat", "its promise was missed"),
    "unopened": ("mendesak dan belum dibuka siapa pun", "urgent, and nobody has opened it"),
    "away": ("naik ke meja Anda", "it climbed to your desk"),
    "superior": ("naik ke meja Anda", "it climbed to your desk"),
    "oversight": ("naik ke meja pengawas", "it climbed to the oversight desk"),
    "reminder": ("penyelia mengingatkan Anda", "your supervisor reminds you"),
    "offered": ("ditugaskan kepada Anda", "it was given to you"),
    "excused": ("keterlambatannya dimaklumi", "its delay was excused"),
}
_NEW_CASE = ("Ada kasus baru", "There is a new case")
_SOME_CASE = ("Satu kasus", "A case")


def line(why: str, number: str | None, lang: str) -> str:
    """One line of a call to the desk; without a number where its readers may not all know it."""
    column = lang == "en"
    if why not in _LINES:
        return _NEW_CASE[column]
    return f"{number or _SOME_CASE[column]}: {_LINES[why][column]}"


MOST_LINES = 30


def listed(lines: Sequence[str], lang: str) -> str:
    """The lines of one message; what is too much is counted."""
    more = len(lines) - MOST_LINES
    if more > 0:
        rest = (f"dan {more} lagi", f"and {more} more")[lang == "en"]
        lines = [*lines[:MOST_LINES], rest]
    return "\n".join(lines)
