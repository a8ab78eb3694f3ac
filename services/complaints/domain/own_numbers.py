"""Numbers in a text that may be the reporter's own: NIK and telephone numbers."""

from __future__ import annotations

import re

# PPKKCC DDMMYY SSSS: province, regency, district, birthday (+40 for women), serial; the number of
# a family card is built alike. Old regency codes live on in old numbers, so only the province is
# looked at. Digits may be grouped by single spaces, dots or dashes.
_SIXTEEN = re.compile(r"(?:^|\D)(\d(?:[ .-]?\d){15})(?!\d)", re.ASCII)
_NIK = re.compile(
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])(?!00)\d\d(?!00)\d\d"
    r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d(?!0000)\d{4}",
    re.ASCII,
)
# The operator's digits stand together ("0812"), as in no date and no sum: "08-12-2025 09.30".
_PHONE = re.compile(
    r"(?:^|[^\d.,])(?:"
    r"(?:0|(?:\+|00)62\)?[ .-]?(?:\(?0\)?[ .-]?)?)8[1-35-9]\d(?:[ .-]?\d){6,9}"
    r"|628[1-35-9]\d(?:[ -]?\d){6,9}"
    r"|\+62\)?[ .-]?\(?[2-7]\d{1,2}\)?(?:[ .-]?\d){5,8}"
    r")(?!\d)",
    re.ASCII,
)


def has_nik(text: str) -> bool:
    """Whether sixteen digits in it can be a NIK or the number of a family card."""
    return any(
        _NIK.fullmatch(re.sub(r"[ .-]", "", found.group(1))) for found in _SIXTEEN.finditer(text)
    )


def has_phone(text: str) -> bool:
    """Whether digits in it can be an Indonesian mobile number, or any one after +62."""
    return _PHONE.search(text) is not None
