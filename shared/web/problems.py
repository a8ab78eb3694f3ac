"""What is wrong with a request, as data: code, field and a sentence in the asker's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from shared.runtime.errors import Refusal


@dataclass(frozen=True)
class Problem:
    """One fault. `field` is the dotted path of the input, None for the whole request."""

    code: str
    field: str | None
    message: str

    def as_json(self) -> dict[str, str | None]:
        """`{"code", "field", "message"}`."""
        return asdict(self)


def problem_of(refusal: Refusal, within: str | None = None) -> Problem:
    """A refusal in the asker's language; `within` is the path it was met at."""
    field = ".".join(part for part in (within, refusal.field) if part) or None
    sentence = gettext(refusal.sentence)
    return Problem(refusal.code, field, sentence % refusal.params if refusal.params else sentence)


# marshmallow's own sentences → our code and sentence.
_SENTENCES: tuple[tuple[str, str, Any], ...] = (
    (r"Missing data for required field\.", "required", lazy_gettext("Isian ini wajib ada.")),
    (r"Field may not be null\.", "required", lazy_gettext("Isian ini tidak boleh kosong.")),
    (r"Unknown field\.", "unknown_field", lazy_gettext("Isian ini tidak dikenal. Hapus.")),
    (r"Invalid JSON body\.", "not_json", lazy_gettext("Isi permintaan bukan JSON yang benar.")),
    (r"Invalid input type\.", "wrong_type", lazy_gettext("Kirim sebuah objek JSON.")),
    (r"Not a valid (string|utf-8).*", "wrong_type", lazy_gettext("Isi dengan teks.")),
    (r"(Not a valid (integer|number)|Number too large).*", "wrong_type",
     lazy_gettext("Isi dengan angka bulat.")),
    (r"Not a valid boolean\.", "wrong_type", lazy_gettext("Isi dengan true atau false.")),
    (r"Not a valid list\.", "wrong_type", lazy_gettext("Isi dengan daftar.")),
    (r"Not a valid (mapping|dict).*", "wrong_type", lazy_gettext("Isi dengan sebuah objek.")),
    (r"Not a valid UUID\.", "wrong_form", lazy_gettext("Isi dengan UUID.")),
    (r"Not a valid (date|datetime|time).*", "wrong_form",
     lazy_gettext("Isi dengan tanggal ISO 8601.")),
    (r"Shorter than minimum length.*", "too_short", lazy_gettext("Isian ini terlalu pendek.")),
    (r"Longer than maximum length.*", "too_long", lazy_gettext("Isian ini terlalu panjang.")),
    (r"Length must be .*", "wrong_length", lazy_gettext("Panjang isian ini tidak sesuai.")),
    (r"Must be (greater|less|equal).*", "out_of_range", lazy_gettext("Angka ini di luar batas.")),
    (r"Must be one of.*", "unknown_choice", lazy_gettext("Pilih salah satu yang tersedia.")),
    (r"String does not match.*", "wrong_form", lazy_gettext("Bentuk isian ini tidak sesuai.")),
)  # fmt: skip


def problems_in(messages: Any, within: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Every fault in marshmallow's tree of messages.

    Leaves are sentences of marshmallow (translated by the table above), sentences of ours
    (message ids) or Refusals handed to ValidationError.
    """
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from problems_in(below, within if key == "_schema" else (*within, str(key)))
    elif isinstance(messages, list | tuple):
        for item in messages:
            yield from problems_in(item, within)
    elif isinstance(messages, Refusal):
        yield problem_of(messages, ".".join(within))
    else:
        code, sentence = _known(str(messages))
        yield Problem(code, ".".join(within) or None, sentence)


def _known(text: str) -> tuple[str, str]:
    for pattern, code, sentence in _SENTENCES:
        if re.fullmatch(pattern, text):
            return code, str(sentence)
    return "invalid", gettext(text)
