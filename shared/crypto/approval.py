"""An approval: the word of two people that exactly these rules may be put in place.

    {"approval": {"after": …, "approved_at": …, "approved_by": …, "proposed_by": …, "reason": …,
                  "rules": …, "v": 1}, "signature": base64url}

The signature is Ed25519 over "kentongan/v1 rulebook approval\\n" and the canonical JSON of
`approval`, by a key that follows from the desk's own identity. Nobody with an account can make one
alone; a desk that was broken into can, so the operator looks at the changes as well.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from shared.crypto.encoding import to_base64url
from shared.crypto.signing import public_of, sign, verify
from shared.runtime.canonical import canonical
from shared.runtime.errors import Refused

PREFIX = b"kentongan/v1 rulebook approval\n"
MOST_BYTES = 16_384
_FORM = "%Y-%m-%dT%H:%M:%SZ"
_NAMES = ("after", "approved_at", "approved_by", "proposed_by", "reason", "rules")


class BadApproval(Refused):
    """Berkas persetujuan ini tidak sah untuk meja ini. Unduh lagi dari halaman usulannya."""

    code = "bad_approval"


@dataclass(frozen=True)
class Approval:
    """`rules` may follow on `after` (digests of rulebooks, 64 hex digits); people by their names at
    the desk; `approved_at` UTC, whole seconds."""

    rules: str
    after: str
    reason: str
    proposed_by: str
    approved_by: str
    approved_at: datetime


def approver_seed(identity: str) -> bytes:
    """The desk's signing seed: HMAC-SHA-256(identity, "kentongan/v1 rulebook approver")."""
    label = b"kentongan/v1 rulebook approver"
    return hmac.digest(identity.encode(), label, hashlib.sha256)


def approver_key(identity: str) -> str:
    """The public key an operator pins, 64 hex digits."""
    return public_of(approver_seed(identity)).hex()


def write_approval(approval: Approval, seed: bytes) -> str:
    """The file's text."""
    told = {**asdict(approval), "approved_at": approval.approved_at.strftime(_FORM), "v": 1}
    signature = to_base64url(sign(seed, PREFIX + canonical(told)))
    return json.dumps({"approval": told, "signature": signature}, indent=1, ensure_ascii=False)


def read_approval(text: str, key: str) -> Approval:
    """What the file says, when `key` (64 hex digits) signed it; raises BadApproval."""
    try:
        held = json.loads(text)
        told, signature = held["approval"], base64.urlsafe_b64decode(f"{held['signature']}==")
        is_ours = verify(bytes.fromhex(key), PREFIX + canonical(told), signature)
    except (ValueError, TypeError, LookupError, RecursionError):
        raise BadApproval from None
    if not is_ours or told.get("v") != 1 or not all(isinstance(told.get(n), str) for n in _NAMES):
        raise BadApproval
    if not all(re.fullmatch("[0-9a-f]{64}", told[name]) for name in ("rules", "after")):
        raise BadApproval
    try:
        at = datetime.strptime(told["approved_at"], _FORM).replace(tzinfo=UTC)
    except ValueError:
        raise BadApproval from None
    return Approval(**{**{name: told[name] for name in _NAMES}, "approved_at": at})
