"""A citizen at a browser without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient

_INPUT = re.compile(r'name="(csrf_token|token|ticket|seq)" value="([^"]*)"')
_GROUPS = re.compile(r"<li>(\d{4})</li>")

STORY = "KENARI-42: petugas loket 2 minta uang supaya cepat"
FILLED: dict[str, Any] = {
    "service": "sim",
    "story": STORY,
    "found": "32.73.01",
    "office_kind": "satpas",
    "asked": "850 rb",
    "paid_how": "none",
    "coercion": "withhold",
    "timing": "ongoing",
    "wish": "anonymous",
    "do": "send",
}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's last form that has each."""
    return {name: unescape(text) for name, text in _INPUT.findall(page)}


def digits_on(page: str) -> str:
    """The 24 digits a receipt page shows, "" when it shows none."""
    return "".join(_GROUPS.findall(page))


class Citizen:
    """Opens the form, fills it in, sends it."""

    def __init__(self, client: FlaskClient, language: str = "id") -> None:
        self.client = client
        self.language = {"Accept-Language": language}

    def open_form(self) -> dict[str, str]:
        """The form's hidden fields."""
        return hidden(self.client.get("/lapor", headers=self.language).get_data(as_text=True))

    def send(self, form: dict[str, str], **changes: Any) -> Any:
        """Send the form filled in."""
        words = {**FILLED, **form, **changes}
        return self.client.post("/lapor", data=words, headers=self.language)

    def file(self, **changes: Any) -> str:
        """File a complaint; the 24 digits."""
        answer = self.send(self.open_form(), **changes)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200, page
        return digits_on(page)

    def open_mailbox(self, digits: str) -> Any:
        """Enter the digits."""
        form = hidden(self.client.get("/kotak", headers=self.language).get_data(as_text=True))
        return self.client.post(
            "/kotak", data={**form, "receipt": digits, "do": "open"}, headers=self.language
        )

    def reply(self, page: str, text: str) -> Any:
        """Answer on an opened mailbox page."""
        words = {**hidden(page), "text": text, "do": "reply"}
        return self.client.post("/kotak", data=words, headers=self.language)
