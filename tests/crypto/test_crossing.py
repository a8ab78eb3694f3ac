"""What the browser seals the servers' Python opens, and the other way round."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from shared.crypto import age, age_format, attachment, receipt, record, sealing, unseal
from shared.crypto.record import Attachment

Browser = Callable[..., Any]


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.fixture(scope="module")
def identity() -> str:
    return age.new_identity()


@pytest.mark.parametrize("size", [0, 1, 65536, 65537, 200_000])
def test_files_cross_both_ways(browser: Browser, identity: str, size: int) -> None:
    plaintext = bytes(range(256)) * (size // 256) + bytes(size % 256)
    recipient = age.recipient_of(identity)

    ours = age.encrypt(plaintext, [recipient, recipient])
    theirs = base64.b64decode(
        browser("encrypt", plaintext=text(plaintext), recipients=[recipient, recipient])
    )

    assert base64.b64decode(browser("decrypt", file=text(ours), identity=identity)) == plaintext
    assert unseal.decrypt(theirs, identity) == plaintext
    assert age.check(theirs) == 2
    assert len(theirs) == len(ours)


def test_both_sides_give_an_identity_the_same_recipient(browser: Browser, identity: str) -> None:
    assert browser("recipient", identity=identity) == age.recipient_of(identity)


def test_both_sides_give_a_receipt_the_same_keys(browser: Browser) -> None:
    prk = bytes(range(32))

    keys = receipt.ReceiptKeys.from_prk(prk)

    assert browser("receipt", prk=text(prk)) == {
        "lookup": keys.lookup.hex(),
        "box": keys.box_recipient,
        "sign": keys.sign_public.hex(),
    }


def test_a_complaint_crosses_both_ways(browser: Browser, identity: str) -> None:
    body = {"story": 'Petugas minta "uang kopi" ☕ \u2028 Rp50.000', "paid": "50000"}
    _, entry = attachment.seal_attachment(b"foto", "image/jpeg")
    what = {"case": "c-1", "unit": "irjen", "epoch": 4, "body": body}
    recipients = [age.recipient_of(identity)]

    ours = sealing.seal_complaint(**what, recipients=recipients, attachments=[entry])  # type: ignore[arg-type]
    theirs = browser("sealComplaint", **what, recipients=recipients, attachments=[vars(entry)])

    seen_there = browser("openRecord", file=text(ours), identity=identity)
    header, seen_here = unseal.open_record(base64.b64decode(theirs), identity)
    assert seen_there["body"] == seen_here == body
    assert seen_there["header"]["attachments"] == [vars(entry)]
    assert header.attachments == (entry,)
    record.check_place(header, "c-1", "in", 0, "")


def test_a_letter_facts_and_evidence_from_the_browser_open(browser: Browser, identity: str) -> None:
    recipient = age.recipient_of(identity)
    place = {"case": "c-1", "direction": "out", "seq": 3, "prev": "0" * 64}

    letter = browser("sealLetter", **place, unit="u", epoch=1, text="Halo", recipients=[recipient])
    facts = browser("sealJson", content={"lang": "su", "b": [1]}, recipient=recipient)
    evidence = browser("sealAttachment", content=text(b"foto"), media="image/png")

    header, body = unseal.open_record(base64.b64decode(letter), identity)
    record.check_place(header, **place)  # type: ignore[arg-type]
    assert body == {"text": "Halo"}
    assert unseal.open_json(base64.b64decode(facts), identity) == {"lang": "su", "b": [1]}
    sealed = base64.b64decode(evidence["sealed"])
    assert unseal.open_attachment(sealed, Attachment(**evidence["attachment"])) == b"foto"


def test_a_header_made_in_the_browser_is_as_ours_and_opens_to_the_next_unit(
    browser: Browser, identity: str
) -> None:
    oversight, following = age.new_identity(), age.new_identity()
    file = age.encrypt(b"KANARI" * 20_000, [age.recipient_of(identity)])
    header, to = (
        age_format.header_of(file),
        [age.recipient_of(following), age.recipient_of(oversight)],
    )

    theirs = base64.b64decode(
        browser("rewrap", header=text(header), identity=identity, recipients=to)
    )

    ours = unseal.rewrap(header, identity, to)
    parsed, wanted = (age_format.parse(one + file[len(header) :]) for one in (theirs, ours))
    assert len(theirs) == len(ours)
    assert [(one.words[0], len(one.body)) for one in parsed.stanzas] == [
        (one.words[0], len(one.body)) for one in wanted.stanzas
    ]
    for reader in (following, oversight):
        assert unseal.decrypt(theirs + file[len(header) :], reader) == b"KANARI" * 20_000
    with pytest.raises(unseal.CannotOpen):
        unseal.decrypt(theirs + file[len(header) :], identity)
    another = age.encrypt(b"lain", [age.recipient_of(identity)])
    with pytest.raises(unseal.MalformedEnvelope):
        unseal.decrypt(theirs + another[len(age_format.header_of(another)) :], following)
