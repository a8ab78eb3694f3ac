"""What holds for every page as a browser meets it, looked at in one walk past all of them."""

from __future__ import annotations

import pytest

from shared.web.headers import FRAMING_POLICY, NO_STORE, SECURITY_HEADERS
from tests.browser.people import Citizen
from tests.browser.seen import Seen, findings
from tests.browser.walk import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# Chromium says so itself when a page answers with one of these; it is what the page is for.
_REFUSED = ("the server responded with a status of 4",)
_EVERY = pytest.mark.parametrize("name", PAGES)


@_EVERY
def test_axe_finds_nothing_wide_and_narrow_light_and_dark(seen: dict[str, Seen], name: str) -> None:
    assert len(seen[name].axe) == 4
    assert not {how: found for how, found in seen[name].axe.items() if found}


@_EVERY
def test_nothing_sticks_out_from_320_pixels_up(seen: dict[str, Seen], name: str) -> None:
    assert seen[name].overflow == []


@_EVERY
def test_the_console_is_silent_and_the_policy_is_kept(seen: dict[str, Seen], name: str) -> None:
    assert [said for said in seen[name].said if not any(r in said for r in _REFUSED)] == []


@_EVERY
def test_nobody_else_is_asked_for_anything(seen: dict[str, Seen], name: str) -> None:
    hosts = {host.split(":")[0] for host in seen[name].hosts}

    assert hosts == {"127.0.0.1"}
    assert seen[name].host in seen[name].hosts


@_EVERY
def test_one_session_cookie_and_nothing_else_is_kept(seen: dict[str, Seen], name: str) -> None:
    cookies = seen[name].cookies

    assert set(seen[name].stores.values()) == {0}
    assert len(cookies) <= 1
    for cookie in cookies:
        assert cookie["expires"] == -1, "gone with the browser's window"
        assert cookie["httpOnly"]
        assert cookie["sameSite"] in {"Lax", "Strict"}


@_EVERY
def test_every_answer_carries_the_headers(seen: dict[str, Seen], name: str) -> None:
    headers = seen[name].headers

    assert headers["cache-control"] == NO_STORE
    # The case page (a sent letter leads there), and it alone, shows opened files in frames.
    framing = (
        {"Content-Security-Policy": FRAMING_POLICY}
        if name.startswith(("case", "letter-sent"))
        else {}
    )
    # Where a passkey is added, and there alone, the browser may be asked for one.
    asks = SECURITY_HEADERS["Permissions-Policy"].replace("create=()", "create=(self)")
    keys = {"Permissions-Policy": asks} if name == "passkeys" else {}
    for header, value in {**SECURITY_HEADERS, **framing, **keys}.items():
        assert headers.get(header.lower()) == value


def test_axe_sees_what_is_wrong(citizen: Citizen) -> None:
    citizen.begin()
    assert findings(citizen.page) == []

    citizen.page.evaluate("() => document.querySelector('label[for=f-service]').remove()")

    assert [one for one in findings(citizen.page) if "f-service" in one]
