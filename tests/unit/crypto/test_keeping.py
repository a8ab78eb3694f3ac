"""A name sealed apart: who opens it, what its shape tells, what is refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.crypto import age, keeping, record, sealing, unseal
from shared.crypto.errors import CannotOpen, MalformedRecord, Misplaced, TooLong
from shared.crypto.keeping import Keeper
from tests.unit.crypto.vectors import load

KEEPER, OVERSIGHT, UNIT, BOX = (age.identity_from_seed(bytes([n]) * 32) for n in (1, 2, 3, 4))
WHO = Keeper("lpsk", 2, age.recipient_of(KEEPER))
CASE = "7c4a8d09-ca37-4f1e-8a2b-1f1f3c9a0b01"
VECTORS = load("record")
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200)


def kept(name: str, *, case: str = CASE, seq: int = 0) -> str:
    oversight = age.recipient_of(OVERSIGHT)
    return keeping.seal_name(name, case=case, seq=seq, keeper=WHO, oversight=oversight)


def story(body: dict[str, str]) -> bytes:
    readers = [age.recipient_of(one) for one in (UNIT, OVERSIGHT, BOX)]
    return sealing.seal_complaint(case=CASE, unit="u", epoch=1, body=body, recipients=readers)


def test_the_keeper_and_oversight_open_it_and_nobody_else() -> None:
    file = keeping.read_kept(kept("Sri Wahyuni"))

    for identity in (KEEPER, OVERSIGHT):
        header, body = unseal.open_record(file, identity)
        record.check_place(header, CASE, "keeper", 0, "")
        assert (header.unit, header.epoch, body) == ("lpsk", 2, {"name": "Sri Wahyuni"})
    for identity in (UNIT, BOX):
        with pytest.raises(CannotOpen):
            unseal.open_record(file, identity)


def test_the_story_opens_without_the_name() -> None:
    sealed = story({"story": "Diminta uang", "kept": kept("Sri Wahyuni")})

    _, body = unseal.open_record(sealed, UNIT)

    assert body["story"] == "Diminta uang"
    assert "Sri" not in str(body)


@given(name=NAMES)
@settings(max_examples=40, deadline=None)
def test_the_length_of_a_name_does_not_tell(name: str) -> None:
    assert len(kept(name)) == record.KEPT_ROOM - len(',"kept":""')


@given(letters=st.integers(1, 20_000))
@settings(max_examples=40, deadline=None)
def test_the_size_of_a_story_does_not_tell_whether_a_name_is_kept(letters: int) -> None:
    without = {"story": "a" * letters}

    assert len(story(without)) == len(story({**without, "kept": kept("Sri")}))


def test_a_name_past_its_class_is_refused() -> None:
    with pytest.raises(TooLong):
        kept("😀" * 500)


@pytest.mark.parametrize("one", VECTORS["misplaced_name"]["places"], ids=lambda one: one["why"])
def test_a_name_of_another_place_is_refused(one: dict[str, dict[str, str]]) -> None:
    fields = {**VECTORS["misplaced_name"]["header"], "attachments": ()}
    with pytest.raises(Misplaced):
        record.check_place(record.Header(**fields), **one["place"])  # type: ignore[arg-type]


@pytest.mark.parametrize("readers", [1, 3])
def test_a_name_for_another_number_of_keys_is_none(readers: int) -> None:
    header = record.Header(kind="name", case=CASE, direction="keeper", seq=0, unit="lpsk", epoch=2)
    plain = record.pack(header, record.write_body("name", {"name": "Sri"}))
    file = age.encrypt(plain, [WHO.recipient] * readers)

    with pytest.raises(MalformedRecord):
        keeping.read_kept(base64.b64encode(file).decode())
    assert keeping.is_sealed_name(file, readers)


@pytest.mark.parametrize("text", ["", "Sri Wahyuni", "!", "YWdl"])
def test_what_is_no_sealed_name_is_refused(text: str) -> None:
    with pytest.raises(MalformedRecord):
        keeping.read_kept(text)


def test_a_letter_for_two_is_no_sealed_name() -> None:
    file = age.encrypt(bytes(16384), [WHO.recipient] * 2)

    with pytest.raises(MalformedRecord):
        keeping.read_kept(base64.b64encode(file).decode())
