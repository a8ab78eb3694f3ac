"""Passkeys at the desk, as the page's scripts and a device handle them, played in Python."""

from __future__ import annotations

import base64
import hashlib

from werkzeug.test import TestResponse

from shared.crypto import person
from shared.crypto.passkey import handle_of
from tests.service.triage.desk import DEPLOYMENT, Browser, Desk, passphrase
from tests.service.triage.staff import secret, text
from tests.support.authenticator import Authenticator

ADD = "/akun/kunci-sandi"


def prf(device: Authenticator) -> bytes:
    """32 bytes only this device gives for this installation."""
    asked = device.id + person.prf_input(DEPLOYMENT)
    return hashlib.sha256(
        device.key.private_numbers().private_value.to_bytes(32, "big") + asked
    ).digest()


def asked(browser: Browser, path: str) -> str:
    """The challenge a script fetches."""
    challenge: str = browser.get(path).get_json()["challenge"]
    return challenge


def add(
    browser: Browser, name: str, device: Authenticator, *, phrase: str = "", **typed: str
) -> TestResponse:
    """What pasang_kunci.js does: prove the passphrase, make the passkey, wrap the seeds for it."""
    made = secret(name, phrase or passphrase(name))
    form = {"sebutan": "telepon saya", "kunci": text(made.auth_key), "jalur": '["internal"]'}
    if "bungkus" not in typed:
        wrapped = base64.b64decode(browser.get("/akun/kunci").get_json()["identity"])
        seeds = person.unwrap_identity(secret(name, passphrase(name)).kek, wrapped)
        form["bungkus"] = text(person.wrap_identity(person.kek_of_prf(prf(device)), seeds))
    answer = device.register(asked(browser, f"{ADD}/tantangan"))
    return browser.post(ADD, {**form, "pernyataan": answer, **typed}, page=ADD)


def with_passkey(desk: Desk, name: str = "rani", **told: int) -> Authenticator:
    """Somebody has added this device's passkey."""
    device = Authenticator(**told)  # type: ignore[arg-type]
    assert add(desk.client(name), name, device).location == "/masuk?kabar=kunci-sandi"
    return device


def enter(
    browser: Browser,
    device: Authenticator,
    name: str = "",
    phrase: str = "",
    *,
    owner: str = "rani",
) -> TestResponse:
    """The door's other button: the passkey alone, or beside a passphrase."""
    signed = device.sign(asked(browser, "/masuk/tantangan"), handle=handle_of(owner, DEPLOYMENT))
    form = {"pernyataan": signed}
    if name:
        form |= {"siapa": name, "kunci": text(secret(name, phrase or passphrase(name)).auth_key)}
    return browser.post("/masuk", form)


def take_off(browser: Browser, name: str, phrase: str = "") -> TestResponse:
    """Take the first passkey off."""
    page = browser.get(ADD).text.split("/lepas")[0].rpartition('"')[2]
    key = text(secret(name, phrase or passphrase(name)).auth_key)
    return browser.post(f"{page}/lepas", {"kunci": key})
