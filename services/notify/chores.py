"""What notify does because time passes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from services.notify import store
from services.notify.actions.deliver_notices import deliver_notices
from services.notify.actions.post import Post
from services.notify.channels.choice import open_channel
from services.notify.domain.stop import StopKeys

if TYPE_CHECKING:
    from shared.rulebook import Rulebook
    from shared.service import House


def post_of(house: House) -> Post:
    """The post room of this process."""
    settings = house.settings
    return Post(
        channel=open_channel(settings.smtp_url, settings.maildir),
        sender=settings.mail_from,
        identity=settings.identity,
        stop_keys=StopKeys.of(settings.identity),
        public_url=settings.public_url,
        desk_url=settings.desk_url,
        stop_url=settings.stop_url,
        unit_address=lambda unit: _unit_address(house.rulebook, unit),
        gather=timedelta(minutes=settings.gather_minutes),
    )


def deliver(house: House) -> int:
    """Send what is due. ChannelDown goes to the loop, which waits longer after each failure."""
    return deliver_notices(house.transactions, post_of(house))


def oldest_notice_seconds(house: House) -> float:
    """How long the oldest notice that is not over has been due (to the hour), 0 for none."""
    with house.database.read() as connection:
        due = store.oldest_due(connection)
    return 0.0 if due is None else max(0.0, (house.clock.now() - due).total_seconds())


def _unit_address(rulebook: Rulebook, unit: str) -> str | None:
    found = rulebook.units.by_id.get(unit)
    return None if found is None else found.email
