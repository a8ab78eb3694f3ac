"""Debian's Firefox ESR as Tor Browser's level "Safest": no JavaScript, no SVG, no web fonts.

Driven over Marionette, the line Firefox itself listens on. Playwright drives only a Firefox of its
own making, Selenium needs a geckodriver that Debian 12 does not have, and Mozilla's own client
(PyPI marionette-driver) brings nine packages of its test harness for the ten commands used here.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.support.ports import free_port

_SAFEST = {
    "javascript.enabled": False,
    "svg.disabled": True,
    "gfx.downloadable_fonts.enabled": False,
}
# Nothing of the maker's is asked for, and nothing is announced on the first start.
_QUIET = {
    "app.update.auto": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "id",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
_KEY = "element-6066-11e4-a52e-4f735466cecf"  # what WebDriver calls an element


def program() -> str | None:
    """The path of Firefox ESR, or None when it is not installed."""
    return shutil.which("firefox-esr")


class Firefox:
    """One window with a new profile in `folder`; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        wanted = {**_SAFEST, **_QUIET, "marionette.port": port}
        lines = [f'user_pref("{name}", {json.dumps(one)});' for name, one in wanted.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        words = [program() or "", "--headless", "--marionette", "--no-remote", "--profile", folder]
        self._process = subprocess.Popen(
            words,
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._line = _connect(port).makefile("rwb")
        self._count = 0
        self._hear()
        self._do("WebDriver:NewSession")

    def close(self) -> None:
        """End the browser."""
        self._line.close()
        self._process.terminate()
        self._process.wait(timeout=20)

    def open(self, url: str) -> None:
        """Go to an address and wait for its page."""
        self._do("WebDriver:Navigate", url=url)

    @property
    def url(self) -> str:
        """Where it is."""
        return str(self._do("WebDriver:GetCurrentURL")["value"])

    def texts(self, css: str) -> list[str]:
        """What is to be read in each element, as a person sees it."""
        return [
            str(self._do("WebDriver:GetElementText", id=one)["value"]) for one in self._find(css)
        ]

    def is_seen(self, css: str) -> bool:
        """Whether the first such element shows itself."""
        found = self._find(css)
        return bool(found and self._do("WebDriver:IsElementDisplayed", id=found[0])["value"])

    def fill(self, css: str, text: str) -> None:
        """Type into an empty field."""
        self._do("WebDriver:ElementSendKeys", id=self._one(css), text=text)

    def press(self, css: str) -> None:
        """Click; when that leads to another page, wait for it."""
        self._do("WebDriver:ElementClick", id=self._one(css))

    def _one(self, css: str) -> str:
        found = self._find(css)
        assert found, f"no {css} on {self.url}: {self.texts('main')}"
        return found[0]

    def _find(self, css: str) -> list[str]:
        found = self._do("WebDriver:FindElements", using="css selector", value=css)
        return [one[_KEY] for one in found]

    def _do(self, command: str, **what: Any) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, command, what]).encode()
        self._line.write(b"%d:%b" % (len(message), message))
        self._line.flush()
        _, number, fault, answer = self._hear()
        assert (number, fault) == (self._count, None), f"{command}: {fault}"
        return answer

    def _hear(self) -> Any:
        length = b""
        while (letter := self._line.read(1)) != b":":
            length += letter
        return json.loads(self._line.read(int(length)))


def _connect(port: int) -> socket.socket:
    deadline = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
