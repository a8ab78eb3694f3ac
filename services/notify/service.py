"""Notify, declared: its pages, what it hears, what time alone makes it do."""

from __future__ import annotations

from datetime import timedelta

from services.notify.chores import deliver, oldest_notice_seconds
from services.notify.inbound import INBOUND
from services.notify.settings import NotifySettings
from services.notify.store import metadata
from services.notify.web import pages
from shared.service import Chore, Service
from shared.service.build import folder_of

_KIB = 1024

SERVICE = Service(
    name="notify",
    folder=folder_of(__file__),
    settings=NotifySettings,
    metadata=metadata,
    pages=pages,
    inbound=INBOUND,
    chores=(Chore("deliver", 1.0, deliver),),
    gauges={"oldest_unsent_notice_seconds": oldest_notice_seconds},
    # A reporter follows a stop link: its fact, like all of theirs, carries the hour only.
    fact_step=timedelta(hours=1),
    body_bytes=16 * _KIB,
    url=lambda settings: str(settings.stop_url),
)
