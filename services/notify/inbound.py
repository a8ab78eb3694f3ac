"""What notify does on each fact it hears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from services.notify.actions.keep_address import keep_address
from services.notify.actions.queue_notice import call_desk, call_people, tell_reporter
from services.notify.actions.reach_person import drop_person, keep_person
from services.notify.domain.stop import StopKeys
from shared.contracts import Fact
from shared.contracts.promises import DeskCalled
from shared.contracts.reach import PersonAddressDropped, PersonAddressKept
from shared.messaging.tx import Tx

if TYPE_CHECKING:
    from shared.service import House


def _contact_left(tx: Tx, fact: Fact, house: House) -> None:
    identity = house.settings.identity
    keep_address(tx, fact, identity=identity, stop_keys=StopKeys.of(identity))


def _desk_is_called(tx: Tx, fact: Fact, house: House) -> None:
    if isinstance(fact.payload, DeskCalled):
        call_desk(tx, fact, fact.payload, StopKeys.of(house.settings.identity))
        call_people(tx, fact, fact.payload)


def _person_is_reached(tx: Tx, fact: Fact, house: House) -> None:
    identity = house.settings.identity
    if isinstance(fact.payload, PersonAddressKept):
        keys = StopKeys.of(identity)
        keep_person(tx, fact, fact.payload, identity=identity, stop_keys=keys)
    elif isinstance(fact.payload, PersonAddressDropped):
        drop_person(tx, fact.payload)


def _reporter_has_news(tx: Tx, fact: Fact, _house: House) -> None:
    tell_reporter(tx, fact)


INBOUND: Mapping[str, Callable[[Tx, Fact, House], None]] = {
    "contact.left": _contact_left,
    "case.moved": _reporter_has_news,
    "case.rerouted": _reporter_has_news,
    "case.main_moved": _reporter_has_news,
    "letter.written": _reporter_has_news,
    "name.asked": _reporter_has_news,
    "name.answered": _reporter_has_news,
    "clock.breached": _reporter_has_news,
    "clock.recomputed": _reporter_has_news,
    "reporter.reminded": _reporter_has_news,
    "desk.called": _desk_is_called,
    "person.address_kept": _person_is_reached,
    "person.address_dropped": _person_is_reached,
    "withdrawal.decided": _reporter_has_news,
}
