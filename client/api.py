"""The public HTTP API, with retries that send the same bytes again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx

from client.proving import CHALLENGE, COMPLAINTS, Proving, Told
from client.refusals import NotKentongan, PlainHttp, ToldByServer, Unreachable
from shared.crypto.encoding import to_base64url
from shared.crypto.proof import Challenge, solve
from shared.crypto.receipt import ReceiptKeys
from shared.crypto.signing import request_string, sign

PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further attempt
AWAY = frozenset({429, 502, 503, 504})
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
MAILBOX = "/api/v1/mailbox"


@dataclass(frozen=True)
class UnitKey:
    """A unit's current public key."""

    epoch: int
    recipient: str


@dataclass(frozen=True)
class Directory:
    """Whom to seal to, as the server says; `units` (those that keep names among them) by id,
    `part_bytes` and `files` its limits."""

    deployment: str
    rulebook: str
    oversight: str
    notify: str
    units: Mapping[str, UnitKey]
    part_bytes: int
    files: int

    @classmethod
    def read(cls, value: Any) -> Directory:
        """From the JSON of GET /api/v1/directory; NotKentongan."""
        try:
            return cls(
                deployment=str(value["deployment"]),
                rulebook=str(value["rulebook"]),
                oversight=str(value["oversight"]),
                notify=str(value["notify"]),
                units={
                    str(unit["id"]): UnitKey(int(unit["epoch"]), str(unit["recipient"]))
                    for unit in value["units"]
                },
                part_bytes=min(int(value["limits"]["part"]), 1 << 20),
                files=int(value["limits"]["files"]),
            )
        except (KeyError, TypeError, ValueError):
            raise NotKentongan("to") from None


def check_address(url: str) -> str:
    """The address without a trailing slash; PlainHttp for unencrypted ones beyond this machine.

    Onion addresses are encrypted by themselves.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_safe = _is_here(host) or host.endswith(".onion")
    if parts.scheme not in {"http", "https"} or not host:
        raise NotKentongan("to")
    if parts.scheme == "http" and not is_safe:
        raise PlainHttp("to")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Api:
    """One server. Every call may raise Unreachable (after five attempts) and ToldByServer."""

    def __init__(
        self,
        address: str,
        language: str,
        *,
        pause: Callable[[float], None] = time.sleep,
        on_proof: Told = lambda _: None,
    ) -> None:
        self._pause, self._on_proof = pause, on_proof
        self.address = check_address(address)
        self._http = httpx.Client(
            base_url=self.address,
            timeout=_TIMEOUT,
            follow_redirects=False,
            auth=Proving(on_proof),
            headers={"User-Agent": "kentongan", "Accept-Language": language},
        )

    def close(self) -> None:
        self._http.close()

    def directory(self) -> Directory:
        return Directory.read(self._json("GET", "/api/v1/directory"))

    def file_complaint(self, body: bytes) -> dict[str, Any]:
        """{"case", "promised", "desk", "excluded"}; the same body twice is one complaint."""
        return self._json("POST", COMPLAINTS, content=body)

    def proof_for(self, body: bytes) -> str:
        """The header's value that lets this complaint in, good for half an hour."""
        what = {"for": hashlib.sha256(body).hexdigest()}
        told = self._json("POST", CHALLENGE, content=json.dumps(what).encode())
        try:
            return solve(Challenge.read(told), self._on_proof)
        except ValueError:
            raise NotKentongan("to") from None

    def upload(self, name: str, sealed: bytes, part_bytes: int) -> None:
        """All parts of a sealed file; a lost connection costs the part under way, no other."""
        for number, start in enumerate(range(0, len(sealed), part_bytes)):
            self._send(
                "PUT",
                f"/api/v1/evidence/{name}/{number}",
                content=sealed[start : start + part_bytes],
                headers={"Content-Type": "application/octet-stream"},
            )

    def mailbox(self, keys: ReceiptKeys) -> dict[str, Any]:
        """What the receipt opens, letters still sealed."""
        return self._json("GET", MAILBOX, headers=self._signed(keys, "GET", MAILBOX, b""))

    def decide(self, keys: ReceiptKeys, deed: str, said: Mapping[str, Any]) -> None:
        """Do something in the mailbox: "letters", "withdrawal", …; the same twice is once."""
        path, body = f"{MAILBOX}/{deed}", json.dumps(said).encode("ascii")
        self._json("POST", path, content=body, headers=self._signed(keys, "POST", path, body))

    def _signed(self, keys: ReceiptKeys, method: str, path: str, body: bytes) -> dict[str, str]:
        nonce = str(self._json("POST", f"{MAILBOX}/nonce").get("nonce", ""))
        signature = sign(keys.sign_seed, request_string(method, path, nonce, body))
        return {
            "Kentongan-Mailbox": to_base64url(keys.lookup),
            "Kentongan-Key": to_base64url(keys.sign_public),
            "Kentongan-Nonce": nonce,
            "Kentongan-Signature": to_base64url(signature),
        }

    def _json(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        headers = dict(what.pop("headers", {}))
        if "content" in what:
            headers["Content-Type"] = "application/json"
        answer = self._send(method, path, headers=headers, **what)
        try:
            value = answer.json()
        except ValueError:
            raise NotKentongan("to") from None
        if not isinstance(value, dict):
            raise NotKentongan("to")
        return value

    def _send(self, method: str, path: str, **what: Any) -> httpx.Response:
        told: ToldByServer | None = None
        for attempt in range(len(PAUSES) + 1):
            if attempt:
                self._pause(PAUSES[attempt - 1])
            try:
                answer = self._http.request(method, path, **what)
            except httpx.TransportError:
                told = None
                continue
            if answer.is_success:
                return answer
            told = _refusal(answer)
            if answer.status_code not in AWAY:
                raise told
        if told is not None:
            raise told
        raise Unreachable("to")


def _refusal(answer: httpx.Response) -> ToldByServer:
    try:
        value = answer.json()
        code, field, message = value["code"], value.get("field"), value.get("message")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise NotKentongan("to") from None
    return ToldByServer(answer.status_code, str(code), field and str(field), str(message or code))
