"""A person's passkeys: add one, take one off; either ends every session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.triage.actions.pacing import Pace
from services.triage.actions.prove_passkey import ChallengeOver, answer_once
from services.triage.store.passkeys import Passkey, add_passkey, drop_passkey, passkeys_of
from services.triage.store.people import Person, end_sessions_of, keys_of
from services.triage.store.staff import mark_changed
from shared.contracts.private import PersonRefused
from shared.contracts.staff import FactorAdded, FactorRemoved
from shared.crypto.passkey import Party, check_new
from shared.crypto.person import WRAPPED_BYTES, auth_matches
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, NotFound, Refused
from shared.runtime.ids import new_id

PASSKEY = "passkey"
MOST_PASSKEYS = 8
LONGEST_LABEL = 40
_TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal"})


class LabelMissing(Refused):
    """Beri kunci sandi ini nama, paling banyak 40 huruf, supaya Anda mengenalinya nanti."""

    code = "label_missing"


class PasskeyStands(Conflict):
    """Kunci sandi ini sudah terpasang. Pakai perangkat lain, atau lepas dulu yang lama."""

    code = "passkey_stands"


class TooManyPasskeys(Conflict):
    """Delapan kunci sandi sudah terpasang. Lepas satu dulu, lalu pasang yang baru."""

    code = "too_many_passkeys"


class UnknownPasskey(NotFound):
    """Kunci sandi ini tidak ada pada Anda. Muat ulang daftarnya."""

    code = "unknown_passkey"


class MalformedWrap(Refused):
    """Kunci yang dibungkus peramban tidak terbaca. Muat ulang halaman, lalu pasang lagi."""

    code = "malformed_wrap"


@dataclass(frozen=True, repr=False)
class Made:
    """What the browser made: its answer (JSON), and the wrapped identity where a PRF gave a key."""

    answer: str
    label: str
    transports: Sequence[str] = ()
    wrapped: bytes = b""


def keep_passkey(
    tx: Tx, party: Party, who: Person, auth_key: bytes, challenge: bytes | None, made: Made
) -> bool:
    """Keep a new passkey; False when the passphrase is not theirs (that is counted).

    The passphrase is asked so that nobody at an open page can bind their own device. Raises
    TooSoon, LabelMissing, MalformedWrap, MalformedPasskey, ChallengeOver, PasskeyStands,
    TooManyPasskeys.
    """
    label = " ".join(made.label.split())
    if not label or len(label) > LONGEST_LABEL or not label.isprintable():
        raise LabelMissing("sebutan")
    if len(made.wrapped) not in {0, WRAPPED_BYTES}:
        raise MalformedWrap("lama")
    if not _is_theirs(tx, who, auth_key):
        return False
    if challenge is None:
        raise ChallengeOver("lama")
    new = check_new(party, challenge, made.answer)
    if not answer_once(tx, challenge):
        raise ChallengeOver("lama")
    if len(passkeys_of(tx.connection, who.name)) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    transports = [one for one in made.transports if one in _TRANSPORTS]
    one = Passkey(new_id(tx.at), who.name, new, label, transports, made.wrapped, tx.at)
    if not add_passkey(tx.connection, one):
        raise PasskeyStands
    _changed(tx, who)
    tx.record(FactorAdded(PASSKEY), by=who.name)
    return True


def take_passkey_off(tx: Tx, who: Person, id: str, auth_key: bytes) -> bool:
    """Forget a passkey and its wrap; False when the passphrase is not theirs (that is counted).

    The passphrase always remains as a way in. Raises TooSoon, UnknownPasskey.
    """
    if not _is_theirs(tx, who, auth_key):
        return False
    if not drop_passkey(tx.connection, who.name, id):
        raise UnknownPasskey
    _changed(tx, who)
    tx.record(FactorRemoved(PASSKEY), by=who.name)
    return True


def _is_theirs(tx: Tx, who: Person, auth_key: bytes) -> bool:
    pace = Pace(tx, who.name)
    pace.check("lama")
    keys = keys_of(tx.connection, who.name)
    if not auth_matches(keys.auth_hash if keys else None, auth_key):
        pace.failed()
        tx.record(PersonRefused(), by=who.name)
        return False
    pace.passed()
    return True


def _changed(tx: Tx, who: Person) -> None:
    mark_changed(tx.connection, who.name, tx.at)
    end_sessions_of(tx.connection, who.name)
