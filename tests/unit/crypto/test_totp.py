"""One-time codes as RFC 6238 writes them down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.crypto import totp

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 23, 3, 0, 15, tzinfo=UTC)


# RFC 6238 Appendix B, the rows of SHA-1.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_of_the_standard(seconds: int, code: str) -> None:
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))

    assert totp.code_of(SECRET, step, digits=8) == code


@pytest.mark.parametrize(("late", "fits"), [(-60, False), (-30, True), (0, True), (30, True),
                                            (60, False)])  # fmt: skip
def test_a_clock_may_be_one_step_off_and_no_more(late: int, fits: bool) -> None:
    code = totp.code_of(SECRET, totp.step_at(NOW + timedelta(seconds=late)))

    assert (totp.matching_step(SECRET, code, NOW) is not None) == fits


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "é" * 6])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert totp.matching_step(SECRET, typed, NOW) is None


def test_an_app_reads_the_address() -> None:
    assert totp.address(SECRET, "rani", "uji coba") == (
        "otpauth://totp/uji%20coba:rani?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=uji%20coba"
    )
    assert totp.spelled(SECRET).startswith("GEZD GNBV ")
