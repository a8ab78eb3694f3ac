"""An investigator at the desk: what the browser does, done in Python with the same cryptography."""

from __future__ import annotations

import base64
import html
import json
import re
import time
from typing import Any

import httpx

from shared.crypto import person, record, sealing, unseal


class Desk:
    """Signed in as one person. Keys stay here, as they stay in the browser's memory."""

    def __init__(self, url: str, who: dict[str, Any]) -> None:
        self.page = httpx.Client(base_url=url, timeout=30, follow_redirects=True)
        self.who = who
        door = self.page.get("/masuk").text
        self._secret = person.stretch(who["name"], who["passphrase"], _named(door, "deployment"))
        key = base64.urlsafe_b64encode(self._secret.auth_key).rstrip(b"=").decode()
        self._send("/masuk", door, siapa=who["name"], kunci=key, ke="/")

    def queue(self) -> list[str]:
        """The numbers of the cases on the first page of the queue."""
        return re.findall(r'href="/kasus/([A-Z0-9-]+)"', self.page.get("/").text)

    def wait_for(self, words: str, *, seconds: float = 60) -> str:
        """The number of the case whose story holds `words`, once it is on the queue."""
        deadline, opened = time.monotonic() + seconds, set[str]()
        while time.monotonic() < deadline:
            for number in self.queue():
                if number not in opened and words in self.story(number):
                    return number
                opened.add(number)
            time.sleep(0.3)
        raise AssertionError(f"no such case within {seconds} s; seen {sorted(opened)}")

    def story(self, number: str) -> str:
        """Unlock the case and read the story."""
        return self.letters(number)["in", 0]["story"]

    def letters(self, number: str) -> dict[tuple[str, int], dict[str, str]]:
        """Unlock and open everything in the case, each checked to be in its place."""
        locked = self._get(f"/kasus/{number}/kunci").json()
        seeds = person.unwrap_identity(self._secret.kek, base64.b64decode(locked["identity"]))
        mine = person.identity_of(seeds)
        identities = [
            unseal.decrypt(base64.b64decode(key), mine).decode() for key in locked["unit_keys"]
        ]
        case = _named(self._get(f"/kasus/{number}").text, "kasus")
        found: dict[tuple[str, int], dict[str, str]] = {}
        last = {"in": "", "out": ""}
        for place in locked["letters"]:
            direction, seq = place["direction"], place["seq"]
            sealed = self._get(place["url"]).content
            header, body = unseal.open_record(sealed, identities)
            record.check_place(header, case, direction, seq, last[direction])
            last[direction] = record.sha256_hex(sealed)
            found[direction, seq] = body
        return found

    def move(self, number: str, to_state: str, **more: str) -> httpx.Response:
        """Post the move form; the answer is the case page, or the form with its problems."""
        path = f"/kasus/{number}/pindah"
        form = self._get(path).text
        return self._send(path, form, ke=to_state, versi=_field(form, "versi"), **more)

    def write(self, number: str, text: str) -> httpx.Response:
        """Seal a letter to the reporter as the page does and send it."""
        path = f"/kasus/{number}/surat"
        form = self._get(path).text
        place = json.loads(_named(form, "tempat"))
        sealed = sealing.seal_letter(**place, direction="out", text=text)
        amplop = base64.b64encode(sealed).decode()
        return self._send(path, form, seq=_field(form, "seq"), amplop=amplop)

    def _get(self, path: str) -> httpx.Response:
        return self.page.get(path).raise_for_status()

    def _send(self, path: str, form: str, **fields: str) -> httpx.Response:
        token = _field(form, "csrf_token")
        return self.page.post(path, data={"csrf_token": token, **fields})


def _field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return html.unescape(found[1])


def _named(page: str, name: str) -> str:
    """The value of a data- attribute."""
    found = re.search(rf'data-{name}="([^"]*)"', page)
    assert found, f"the page has no data-{name}"
    return html.unescape(found[1])
