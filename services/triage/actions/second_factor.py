"""A code from the person's app, beside the passphrase: begin, confirm, take off, check."""

from __future__ import annotations

import base64
from functools import lru_cache

from services.triage.actions.pacing import Pace
from services.triage.store.factors import (
    Factor,
    confirm_factor,
    drop_factor,
    factor_of,
    put_factor,
    use_step,
)
from services.triage.store.people import Person, end_sessions_of, keys_of
from services.triage.store.staff import mark_changed
from shared.contracts.private import PersonRefused
from shared.contracts.staff import FactorAdded, FactorRemoved
from shared.crypto import totp
from shared.crypto.age import recipient_of
from shared.crypto.person import auth_matches
from shared.crypto.sealing import seal_json
from shared.crypto.unseal import Opener, open_json
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict

TOTP = "totp"
# Who gets here has the passphrase, so the owner is only kept waiting by one who has it too:
# 288 tries a day of three codes in a million.
LONGEST_CODE_WAIT_SECONDS = 300
_opener = lru_cache(maxsize=4)(Opener)


class NoFactorBegun(Conflict):
    """Belum ada kode yang dipasang. Muat ulang halaman, lalu mulai dari awal."""

    code = "no_factor_begun"


class FactorStands(Conflict):
    """Kode sudah terpasang. Lepas dulu yang lama."""

    code = "factor_stands"


def begin_factor(tx: Tx, identity: str, who: Person, auth_key: bytes) -> bool:
    """Make a secret and keep it sealed, unconfirmed; False when the passphrase is not theirs.

    The passphrase is asked so that nobody at an open page can bind their own app. Raises
    FactorStands, TooSoon.
    """
    pace = Pace(tx, who.name)
    pace.check("lama")
    stands = factor_of(tx.connection, who.name)
    if stands is not None and stands.is_confirmed:
        raise FactorStands
    keys = keys_of(tx.connection, who.name)
    if not auth_matches(keys.auth_hash if keys else None, auth_key):
        pace.failed()
        tx.record(PersonRefused(), by=who.name)
        return False
    pace.passed()
    put_factor(tx.connection, who.name, _sealed(identity, totp.new_secret()), tx.at)
    return True


def confirm(tx: Tx, identity: str, who: Person, code: str) -> bool:
    """The app's first code came back: from now on it is asked; every session ends."""
    factor = _begun(tx, who)
    if factor.is_confirmed:
        raise FactorStands
    if not code_passes(tx, who.name, step_of(tx, identity, factor, code)):
        return False
    confirm_factor(tx.connection, who.name)
    _changed(tx, who)
    tx.record(FactorAdded(TOTP), by=who.name)
    return True


def take_off(tx: Tx, identity: str, who: Person, code: str) -> bool:
    """Sign in without a code from now on; needs one last code, and every session ends."""
    factor = _begun(tx, who)
    if not code_passes(tx, who.name, step_of(tx, identity, factor, code)):
        return False
    drop_factor(tx.connection, who.name)
    _changed(tx, who)
    tx.record(FactorRemoved(TOTP), by=who.name)
    return True


def secret_of(identity: str, factor: Factor) -> bytes:
    """The secret itself, for the page that shows it before it is confirmed."""
    opened = open_json(factor.sealed, _opener(identity))
    return base64.b32decode(opened["secret"]) if isinstance(opened, dict) else b""


def step_of(tx: Tx, identity: str, factor: Factor | None, code: str) -> int | None:
    """The step this code belongs to. Without a factor a decoy is opened: the time is the same."""
    stands = factor or Factor(_decoy(identity), 0, is_confirmed=False)
    return totp.matching_step(secret_of(identity, stands), code, tx.now)


def code_passes(tx: Tx, name: str, step: int | None) -> bool:
    """Whether a code may be used: it is one, not too soon after wrong ones, never used before."""
    pace = Pace(tx, f"code of {name}", longest_seconds=LONGEST_CODE_WAIT_SECONDS)
    if pace.is_too_soon:
        return False
    if step is None or not use_step(tx.connection, name, step):
        pace.failed()
        return False
    pace.passed()
    return True


def _begun(tx: Tx, who: Person) -> Factor:
    factor = factor_of(tx.connection, who.name)
    if factor is None:
        raise NoFactorBegun
    return factor


def _changed(tx: Tx, who: Person) -> None:
    mark_changed(tx.connection, who.name, tx.at)
    end_sessions_of(tx.connection, who.name)


def _sealed(identity: str, secret: bytes) -> bytes:
    content = {"secret": base64.b32encode(secret).decode("ascii")}
    return seal_json(content, recipient_of(identity))


@lru_cache(maxsize=4)
def _decoy(identity: str) -> bytes:
    return _sealed(identity, totp.new_secret())
