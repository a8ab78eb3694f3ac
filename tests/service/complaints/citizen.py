"""A citizen at a browser without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient

_INPUT = re.compile(r'name="(csrf_token|draf|at|ticket|seq|round|held)" value="([^"]*)"')
_GROUPS = re.compile(r"<li>(\d{4})</li>")

STORY = "KENARI-42: petugas loket 2 minta uang supaya cepat"
# Step by step, what is written there.
STEPS: dict[int, dict[str, Any]] = {
    1: {"service": "sim", "story": STORY, "coercion": "withhold"},
    2: {"found": "32.73.01"},
    3: {"office_kind": "satpas"},
    4: {"asked": "850 rb", "paid_how": "none"},
    5: {"timing": "ongoing"},
    6: {},
    7: {"wish": "anonymous"},
}
FILLED: dict[str, Any] = {name: text for step in STEPS.values() for name, text in step.items()}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's last form that has each."""
    return {name: unescape(text) for name, text in _INPUT.findall(page)}


def digits_on(page: str) -> str:
    """The 24 digits a receipt page shows, "" when it shows none."""
    return "".join(_GROUPS.findall(page))


class Citizen:
    """Walks the steps, or writes everything at once; sends it."""

    def __init__(self, client: FlaskClient, language: str = "id") -> None:
        self.client = client
        self.language = {"Accept-Language": language}

    def see(self, path: str) -> Any:
        """Open a page."""
        return self.client.get(path, headers=self.language)

    def begin(self, **words: Any) -> Any:
        """Start a report, with words that came along."""
        form = hidden(self.see("/lapor").text)
        return self.client.post("/lapor", data={**form, **words}, headers=self.language)

    def press(self, number: int, do: str = "next", **words: Any) -> Any:
        """Write on a step's page and press a button there."""
        form = hidden(self.see(f"/lapor/{number}").text)
        return self.post(number, {**form, "do": do, **words})

    def post(self, number: int, form: dict[str, Any]) -> Any:
        """Send a step's page as it is."""
        return self.client.post(f"/lapor/{number}", data=form, headers=self.language)

    def walk(self, **changes: Any) -> Any:
        """From the first step to the last, page by page; the last step's page."""
        self.begin()
        for number, words in STEPS.items():
            answer = self.press(number, **{**words, **changes})
            assert answer.headers.get("Location") == f"/lapor/{number + 1}", answer.text
        return self.see("/lapor/8")

    def write(self, **changes: Any) -> dict[str, str]:
        """Everything in one go; the hidden fields of the last step."""
        self.begin(**{**FILLED, **changes})
        return hidden(self.see("/lapor/8").text)

    def send(self, form: dict[str, str], **more: Any) -> Any:
        """Press "send" on the last step."""
        return self.post(8, {**form, "do": "send", "noted": "1", **more})

    def file(self, **changes: Any) -> str:
        """File a complaint; the 24 digits."""
        answer = self.send(self.write(**changes))
        assert answer.status_code == 200, answer.text
        return digits_on(answer.text)

    def open_mailbox(self, digits: str) -> Any:
        """Enter the digits."""
        form = hidden(self.see("/kotak").text)
        return self.client.post(
            "/kotak", data={**form, "receipt": digits, "do": "open"}, headers=self.language
        )

    def reply(self, page: str, text: str) -> Any:
        """Answer on an opened mailbox page."""
        words = {**hidden(page), "text": text, "do": "reply"}
        return self.client.post("/kotak", data=words, headers=self.language)
