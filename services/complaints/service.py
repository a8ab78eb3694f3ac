"""The public service: pages and API for reporters, what it hears, what time makes it do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from flask import Blueprint

from services.complaints.chores import CHORES, GAUGES
from services.complaints.inbound import INBOUND
from services.complaints.settings import ComplaintsSettings
from services.complaints.store import metadata
from services.complaints.web.api.complaints import complaint_pages
from services.complaints.web.api.deeds import deed_pages
from services.complaints.web.api.directory import directory_pages
from services.complaints.web.api.evidence import evidence_pages
from services.complaints.web.api.mailbox import mailbox_pages
from services.complaints.web.api.proving import Proving, challenge_pages
from services.complaints.web.api.route import route_pages
from services.complaints.web.crowd import crowd_pages
from services.complaints.web.front import front_pages
from services.complaints.web.intake import Intake
from services.complaints.web.mailbox.pages import mailbox_form_pages
from services.complaints.web.prices.pages import price_pages
from services.complaints.web.receipt.paper import paper_pages
from services.complaints.web.report.pages import report_pages
from services.complaints.web.report.phone import phone_pages
from services.complaints.web.turned_away import TurnedAway, turned_away_pages
from shared.service import House, Service


def pages(house: House) -> Sequence[Blueprint]:
    """Everything a reporter or a reporter's program meets."""
    return pages_of(Intake.of(house), Proving(house))


def pages_of(intake: Intake, proving: Proving) -> Sequence[Blueprint]:
    """The same with an intake of one's own: how busy it is, a test decides."""
    house = intake.house
    counts = {
        "refused_proofs": proving.refused,
        "busy_sendings": intake.sending.turned_away,
        "busy_openings": intake.opening.turned_away,
        "busy_beginnings": intake.beginning.turned_away,
        "busy_pages": intake.pages.turned_away,
        "busy_requests": intake.api.turned_away,
    }
    return [
        turned_away_pages(TurnedAway(house.database, counts)),
        crowd_pages(intake),
        front_pages(house),
        price_pages(house),
        report_pages(intake),
        phone_pages(house),
        paper_pages(house),
        mailbox_form_pages(intake),
        complaint_pages(intake, proving),
        challenge_pages(proving),
        directory_pages(house, intake.keys),
        route_pages(intake),
        mailbox_pages(house, intake.keys),
        deed_pages(house),
        evidence_pages(house),
    ]


SERVICE = Service(
    name="complaints",
    folder=Path(__file__).parent,
    settings=ComplaintsSettings,
    metadata=metadata,
    layout="complaints/public.html",
    pages=pages,
    inbound=INBOUND,
    chores=CHORES,
    gauges=GAUGES,
    fact_step=timedelta(hours=1),
)
