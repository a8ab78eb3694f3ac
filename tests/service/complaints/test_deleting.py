"""Deleted letters are gone from here, the case and the writing go on."""

from __future__ import annotations

import base64

import sqlalchemy as sa

from services.complaints.chores import CHORES
from services.complaints.store import road
from shared.contracts.facts import LetterWritten
from shared.crypto import sealing
from tests.service.complaints.deeds import deed, told
from tests.service.complaints.letters import filed, letter_to, open_case, reply_of
from tests.service.complaints.world import World


def _stand_still(steady: World) -> None:
    with steady.house.transactions.begin() as tx:
        tx.connection.execute(sa.update(road.fact).values(sent=True))


def test_deleted_letters_are_gone_and_writing_goes_on(steady: World) -> None:
    _, keys, case = filed(steady)
    open_case(steady, case)
    steady.reply(keys, 1, reply_of(steady, keys, 1, "satu"))
    steady.hear(LetterWritten(1), case, {"envelope": letter_to(steady, keys, case, "tanya")})
    before = steady.look(keys)["letters"]
    _stand_still(steady)

    unsure = deed(steady, keys, "letters/deletion", is_sure=False)
    answers = [deed(steady, keys, "letters/deletion", is_sure=True) for _ in range(2)]

    assert unsure[0] == 422
    assert answers == [(200, "letters_deleted")] * 2
    seen = steady.look(keys)
    assert seen["letters"] == []
    assert seen["status"] == "received"
    assert (seen["gone"]["in"]["seq"], seen["gone"]["out"]["seq"]) == (1, 1)
    kept = told(steady, case, "complaint.submitted") + told(steady, case, "reply.received")
    for one in before:
        assert base64.b64decode(one["envelope"])[200:300] not in kept
    envelope = sealing.seal_letter(
        case=case, direction="in", seq=2, prev=seen["gone"]["in"]["sha256"], unit=steady.unit,
        epoch=1, text="dua", recipients=steady.readers(keys),
    )  # fmt: skip
    assert steady.reply(keys, 2, envelope).status_code == 201
    assert [one["seq"] for one in steady.look(keys)["letters"]] == [2]


def test_a_fact_still_to_be_sent_is_emptied_after_it_has_left(steady: World) -> None:
    _stand_still(steady)
    _, keys, case = filed(steady)
    chore = next(one for one in CHORES if one.name == "letters.empty")

    deed(steady, keys, "letters/deletion", is_sure=True)
    assert chore.run(steady.house) == 0
    assert len(told(steady, case, "complaint.submitted")) > 10_000, "still to be sent whole"
    assert steady.look(keys)["letters"] == []
    _stand_still(steady)

    assert chore.run(steady.house) == 1
    assert len(told(steady, case, "complaint.submitted")) < 1_000
    assert chore.run(steady.house) == 0
