"""Sums of rupiah as people write and say them.

    sum     = group+                    each smaller than the scale before it
    group   = number [scale] | "sejuta" | "goban" | "setengah" scale
    number  = 250 | 250.000 | 1,5 | "dua ratus lima puluh" | "satu setengah" | "dua koma lima"

Refused as ambiguous: three digits after a dot or comma before a scale ("1.500 juta"), two kinds of
grouping in one number, a lone fraction ("1,5"), ranges, Hokkien numbers without scale ("cepek" is
100 or 100 thousand), "puluhan ribu". A lone small number is read as it stands; whoever shows it
asks back (domain/questions.py). The page's twin is static/src/lapor/amount.js, on the vectors of
tests/vectors/amount.json.
"""

from __future__ import annotations

import re

from shared.runtime.errors import Refused

MOST_RUPIAH = 10**12
_MOST_LETTERS = 250  # the longest sum in words has 213

_SCALES = {
    **dict.fromkeys(("ribu", "rb", "rbu", "rebu", "k", "ceng", "thousand"), 10**3),
    **dict.fromkeys(("juta", "jt", "jeti", "million"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "mlr", "m", "billion"), 10**9),
    **dict.fromkeys(("triliun", "trilyun", "t", "trillion"), 10**12),
}
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ONE = {str(n): n for n in range(1, 10)} | {word: n for n, word in enumerate(_DIGITS) if n}
_TENS = {"belas": (1, 10, 1), "puluh": (10, 0, 10), "ratus": (100, 0, 100)}  # factor, plus, room
_WHOLE = {"sepuluh": (10, 1), "sebelas": (11, 1), "seratus": (100, 100)}  # value, room left
_HOKKIEN = {"jigo": 25, "gocap": 50, "cepek": 100, "gopek": 500}
_COINED = {"seceng": 1, "noceng": 2, "goceng": 5, "ceban": 10, "noban": 20, "goban": 50}  # x 1,000

_FRAME = re.compile(
    r"(?:(?:sekitar|kira-kira|kurang lebih|kurleb) )?(?:(?:rp|idr)\b[. ]*|rp)?"
    r"(.*?)(?:[.,]-{1,2})? ?(?:rupiah|perak)?\.?"
)
_TOKEN = re.compile(r"\d{1,3}(?: \d{3})+(?![\d.,])|\d[\d.,]*|[a-z]+(?:-an)?", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]00)?", re.ASCII)
_PLAIN = re.compile(r"(0|[1-9]\d*)(?:[.,](\d{1,2}))?", re.ASCII)


class MalformedAmount(Refused):
    """Tulis satu jumlah dalam rupiah, misalnya 250.000, 250 rb, atau dua ratus ribu."""

    code = "amount"


def parse_amount(text: str, field: str = "asked") -> int | None:
    """Rupiah from 0 to 10^12, or None for an empty text; raises MalformedAmount."""
    said = re.sub(r"\s+", " ", text).strip().lower()
    if not said:
        return None
    framed = _FRAME.fullmatch(said) if len(said) <= _MOST_LETTERS else None
    inner = framed.group(1).strip() if framed else ""
    tokens = _TOKEN.findall(inner)
    is_all = "".join(tokens).replace(" ", "") == inner.replace(" ", "")
    amount = _Sum(tokens).read() if tokens and is_all else None
    if amount is None:
        raise MalformedAmount(field)
    return amount


class _Sum:
    """Reads tokens from left to right; `exact` is off after a fraction, which ends a sum."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]
        self.exact = True

    def read(self) -> int | None:
        if self.left in (["0"], ["nol"]):
            return 0
        total, ceiling = 0, MOST_RUPIAH + 1
        while self.left:
            part, scale = self._group()
            if not 0 < part < ceiling:
                return None
            total += part
            if scale > 1 and self.exact and self.left == ["setengah"]:
                self.left.pop()
                total += scale // 2
            ceiling = scale if self.exact else 1
        return total if total <= MOST_RUPIAH else None

    def _group(self) -> tuple[int, int]:
        """Rupiah and the scale they were counted in; 0 for nonsense."""
        word = self.left[-1]
        scale = _scale(word[2:]) if word.startswith("se") else 0
        coined = _COINED.get(word, 0) * 1_000
        if scale or coined:
            self.left.pop()
            return scale or coined, scale or 1_000
        hundredths, may_scale, must_scale = self._number()
        scale = _scale(self.left[-1]) if self.left else 0
        if scale:
            self.left.pop()
        if (scale and not may_scale) or (must_scale and not scale):
            return 0, 1
        return hundredths * (scale or 1) // 100, scale or 1

    def _number(self) -> tuple[int, bool, bool]:
        """Hundredths, and whether a scale may or must follow."""
        word = self.left[-1]
        if word in _HOKKIEN:
            self.left.pop()
            return _HOKKIEN[word] * 100, True, True
        if word not in _ONE and _GROUPED.fullmatch(word):
            self.left.pop()
            digits = re.sub(r"[., ]", "", re.sub(r"[.,]00$", "", word))
            return int(digits) * 100, False, False
        plain = _PLAIN.fullmatch(word)
        if plain and (len(word) > 1 or word == "0"):
            self.left.pop()
            cents = (plain.group(2) or "").ljust(2, "0")
            self.exact = cents == "00"
            return int(plain.group(1)) * 100 + int(cents), True, not self.exact
        hundredths = self._spoken() * 100
        if hundredths < 10_000 and self._next("setengah"):
            self.exact = False
            return hundredths + 50, True, True
        if hundredths and self._next("koma"):
            return self._after_comma(hundredths)
        return hundredths, True, False

    def _spoken(self) -> int:
        """A number below 1,000 in words; each part must fit the room the part before left."""
        value, room = 0, 1_000
        while self.left:
            word = self.left[-1]
            rank = _TENS.get(self.left[-2]) if len(self.left) > 1 and word in _ONE else None
            if rank:
                part, after = _ONE[word] * rank[0] + rank[1], rank[2]
            else:
                part, after = _WHOLE.get(word) or (_ONE.get(word, 0), 1)
            if not 0 < part < room:
                break
            del self.left[-2 if rank else -1 :]
            value, room = value + part, after
        return value

    def _after_comma(self, hundredths: int) -> tuple[int, bool, bool]:
        self.exact = False
        for worth in (10, 1):
            if self.left and self.left[-1] in _DIGITS:
                hundredths += _DIGITS.index(self.left.pop()) * worth
        return hundredths, True, True

    def _next(self, word: str) -> bool:
        """Takes the word if it is the next one."""
        if not self.left or self.left[-1] != word:
            return False
        self.left.pop()
        return True


def _scale(word: str) -> int:
    """ "ribu", also "ribuan" and "rb-an" ("about 50 thousand"); 0 when it is none."""
    return _SCALES.get(word) or _SCALES.get(re.sub(r"-?an$", "", word)) or 0
