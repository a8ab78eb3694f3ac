"""Does the server's proof of work: always before filing, elsewhere when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator

import httpx

from client.refusals import NotKentongan
from shared.crypto.proof import HEADER, Challenge, ProofMissing, ProofStale, solve

COMPLAINTS = "/api/v1/complaints"
CHALLENGE = "/api/v1/challenge"
_API = "/api/v1/"
_SIGNATURE = "Kentongan-Signature"
_ASKS_AGAIN = frozenset({ProofMissing.code, ProofStale.code})
Told = Callable[[float], None]


class Proving(httpx.Auth):
    """A step of every request of one client; `on_progress` gets 0 to 1 while it computes.

    A proof is good for the exact bytes it was made for (ADR 18): the body of a complaint, the
    signature of a mailbox request.
    """

    requires_request_body = True
    requires_response_body = True

    def __init__(self, on_progress: Told = lambda _: None) -> None:
        self._on_progress = on_progress

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Prove first where it is known to be asked for, and once more where it is refused."""
        is_filing = request.method == "POST" and request.url.path.endswith(COMPLAINTS)
        if is_filing and HEADER not in request.headers:
            refused = yield from self._prove(request)
            if refused is not None:
                return
        answer = yield request
        if _asks(answer) and (yield from self._prove(request)) is None:
            yield request

    def _prove(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, httpx.Response | None]:
        """Set the header; the answer of a server that gave no challenge stands for the whole."""
        told = yield self._question(request)
        if not told.is_success:
            return told
        try:
            challenge = Challenge.read(told.json())
            request.headers[HEADER] = solve(challenge, self._on_progress)
        except ValueError:
            raise NotKentongan("to") from None
        return None

    def _question(self, request: httpx.Request) -> httpx.Request:
        signature = request.headers.get(_SIGNATURE, "")
        content = signature.encode() if signature else request.content
        below = request.url.path.partition(_API)[0]
        kept = ("User-Agent", "Accept-Language", "Host")
        return httpx.Request(
            "POST",
            request.url.copy_with(path=below + CHALLENGE, query=None),
            json={"for": hashlib.sha256(content).hexdigest()},
            headers={name: request.headers[name] for name in kept if name in request.headers},
        )


def _asks(answer: httpx.Response) -> bool:
    try:
        return answer.status_code == 422 and answer.json()["code"] in _ASKS_AGAIN
    except (ValueError, KeyError, TypeError):
        return False
