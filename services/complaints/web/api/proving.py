"""Proof of work before what costs us: POST /api/v1/challenge, and the check of an answer."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from services.complaints.web.api.json_body import ApiBlueprint
from services.complaints.web.api.refusals import refuses
from services.complaints.web.api.schemas import AskedSchema, ChallengeSchema
from shared.crypto.proof import (
    HEADER,
    LONGEST,
    Challenge,
    ProofStale,
    check_proof,
    new_challenge,
    proof_key,
)
from shared.runtime.errors import Refused
from shared.service import House
from shared.web.audience import audience
from shared.web.lanes import Bucket

View = TypeVar("View", bound=Callable[..., Any])

# As long as a receipt page: a connection in the hills comes and goes.
LIVES = timedelta(minutes=30)
# Sixty filings at once, one a second after that, are a quiet day for one process.
QUIET_FILINGS, QUIET_PER_SECOND = 60, 1.0
STEEPEST = 4
SIGNATURE = "Kentongan-Signature"  # on every request to a mailbox
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    "description": "The answer to a challenge for this very body: base64 of ALTCHA's JSON payload.",
}


class Proving:
    """The challenges and checks of one process; it keeps no list, only how busy it is."""

    def __init__(self, house: House) -> None:
        self._clock = house.clock
        self._cost: int = house.settings.proof_cost
        self._refused = 0
        self._key = proof_key(house.settings.session_key)
        self.filings = Bucket(QUIET_PER_SECOND, QUIET_FILINGS)
        free: int = house.settings.free_openings
        self._openings = Bucket(free / 60, free)

    def challenge(self, what: bytes) -> Challenge:
        """A challenge for the content whose SHA-256 is `what`."""
        until = self._clock.now() + LIVES
        return new_challenge(self._key, what, expires_at=until, most=self.most_tries())

    def most_tries(self) -> int:
        """The set cost, up to STEEPEST times it while many proofs are accepted.

        Only accepted proofs count: making it dearer for others costs whoever does it.
        """
        used = 1 - self.filings.left() / QUIET_FILINGS
        return round(self._cost * (1 + (STEEPEST - 1) * max(0.0, 2 * used - 1)))

    def check(self, what: bytes) -> None:
        """The request's proof is good for `what`; raises ProofMissing, ProofWrong, ProofStale."""
        try:
            check_proof(self._key, request.headers.get(HEADER, ""), what, self._clock.now())
        except Refused:
            self._refused += 1
            raise

    def refused(self) -> int:
        """How many proofs were missing, wrong or late so far; near enough for a number to watch."""
        return self._refused

    def before_reading(self, view: View) -> View:
        """Check the proof before anything of the body is read; a late one is told to the view."""

        @functools.wraps(view)
        def proven(*args: Any, **kwargs: Any) -> Any:
            try:
                self.check(body_digest())
                self.filings.take()
            except ProofStale as stale:
                g.stale_proof = stale
            return view(*args, **kwargs)

        return proven  # type: ignore[return-value]

    def before_opening(self) -> None:
        """Let so many signed requests in free; beyond them a proof for the signature is asked.

        Nothing is looked up before, so a known mailbox and an unknown one are asked alike. What is
        no request of ours (405) opens nothing and is not asked.
        """
        signature = request.headers.get(SIGNATURE) if request.url_rule else None
        if signature is not None and (HEADER in request.headers or self._openings.take()):
            self.check(hashlib.sha256(signature.encode()).digest())


def body_digest() -> bytes:
    """SHA-256 of the request's body, made once a request."""
    if "body_digest" not in g:
        g.body_digest = hashlib.sha256(request.get_data(cache=True)).digest()
    digest: bytes = g.body_digest
    return digest


def stale_proof() -> ProofStale | None:
    """The refusal of a proof that came late, for a view that may know the body already."""
    found: ProofStale | None = g.get("stale_proof")
    return found


def challenge_pages(proving: Proving) -> ApiBlueprint:
    """The route challenges come from."""
    pages = ApiBlueprint("challenge", __name__, url_prefix="/api/v1/challenge")
    pages.before_app_request(proving.before_opening)

    @pages.post("")
    @pages.arguments(AskedSchema())
    @pages.response(200, ChallengeSchema)
    @refuses(pages, 413, 415, 422)
    @audience("public")
    def ask(asked: dict[str, Any]) -> ResponseReturnValue:
        """A challenge in ALTCHA's format, good for exactly the bytes it was asked for."""
        return jsonify(proving.challenge(bytes.fromhex(asked["content"])).as_json())

    return pages
