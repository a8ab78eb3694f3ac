"""schemathesis does its proof of work, so that what it sends is read and not only refused."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import requests
import schemathesis

from client.proving import CHALLENGE, COMPLAINTS
from shared.crypto.proof import HEADER, Challenge, solve


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Put a good proof where one was made up; where it was left out, it stays out."""
    if case.operation.path != COMPLAINTS or case.method != "POST" or HEADER not in case.headers:
        return
    sent = case.as_transport_kwargs(base_url=case.operation.base_url)
    fitting = {name: sent.get(name) for name in ("method", "url", "json", "data", "headers")}
    try:
        body = requests.Request(**fitting).prepare().body or b""
    except (ValueError, requests.RequestException):
        return
    content = body.encode() if isinstance(body, str) else bytes(body)
    what = {"for": hashlib.sha256(content).hexdigest()}
    told = httpx.post(f"{case.operation.base_url}{CHALLENGE}", json=what, timeout=20)
    case.headers[HEADER] = solve(Challenge.read(told.json()))
