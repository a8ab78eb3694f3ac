"""Seal a form in memory, for people whose browser does not: the text is gone when it returns."""

from __future__ import annotations

from collections.abc import Sequence

from services.complaints.actions.seal_evidence import attachment_of, evidence_of
from services.complaints.domain.draft import KeptFile
from services.complaints.domain.filing import Filing, UnitKey
from services.complaints.domain.story import Story
from services.complaints.settings import ComplaintsSettings
from shared.crypto.encoding import to_base64url
from shared.crypto.keeping import Keeper, seal_name
from shared.crypto.receipt import ReceiptKeys, derive, receipt_from_token
from shared.crypto.sealing import seal_complaint, seal_json
from shared.runtime.ids import random_id


def receipt_of(token: bytes, deployment: str) -> tuple[str, ReceiptKeys]:
    """The 24 digits of a form and their keys (25 ms, 19 MiB: bounded, outside transactions)."""
    digits = receipt_from_token(token)
    return digits, derive(digits, deployment)


def seal_form(
    story: Story,
    keys: ReceiptKeys,
    *,
    unit: str,
    unit_key: UnitKey,
    keeper: Keeper | None = None,
    settings: ComplaintsSettings,
    lang: str,
    files: Sequence[KeptFile] = (),
) -> Filing:
    """The filing a browser would have made; `files` lie sealed already, `keeper` is there where the
    story has a name. Raises TooLong."""
    case = random_id()
    body = {**story.body, "box": keys.box_recipient}
    if story.name and keeper:
        oversight = settings.oversight_recipient
        body["kept"] = seal_name(story.name, case=case, seq=0, keeper=keeper, oversight=oversight)
    envelope = seal_complaint(
        case=case,
        unit=unit,
        epoch=unit_key.epoch,
        body=body,
        recipients=(unit_key.recipient, settings.oversight_recipient, keys.box_recipient),
        attachments=[attachment_of(one) for one in files],
    )
    contact = None
    if story.address:
        contact = seal_contact(story.address, keys, lang, settings.notify_recipient)
    return Filing(
        case=case,
        lookup=keys.lookup,
        sign=keys.sign_public,
        box=keys.box_recipient,
        unit=unit,
        epoch=unit_key.epoch,
        events_key=keys.events_key,
        disclosed=story.disclosed,
        envelope=envelope,
        contact=contact,
        lang=lang,
        evidence=tuple(evidence_of(one) for one in files),
        digest=story.digest(keys.once_key),
    )


def seal_contact(address: str, keys: ReceiptKeys, lang: str, recipient: str) -> bytes:
    """{"address", "lang", "events_key"} sealed to notify; events_key lets it commit its facts."""
    events_key = to_base64url(keys.events_key)
    return seal_json({"address": address, "lang": lang, "events_key": events_key}, recipient)
