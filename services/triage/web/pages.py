"""Every page of the desk."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from services.triage.web.admin.languages import language_pages
from services.triage.web.admin.proposals import proposal_pages
from services.triage.web.admin.units import setup_pages
from services.triage.web.admin.versions import version_pages
from services.triage.web.admin.waiting import waiting_pages
from services.triage.web.board.climbed import climbed_pages
from services.triage.web.board.pages import board_pages
from services.triage.web.board.report import report_pages
from services.triage.web.case.envelopes import envelope_pages
from services.triage.web.case.handover import handover_pages
from services.triage.web.case.identity import identity_pages
from services.triage.web.case.lateness import lateness_pages
from services.triage.web.case.letters import letter_pages
from services.triage.web.case.merging import merge_pages
from services.triage.web.case.moves import move_pages
from services.triage.web.case.notes import note_pages
from services.triage.web.case.pages import case_pages
from services.triage.web.case.rejecting import reject_pages
from services.triage.web.case.rerouting import reroute_pages
from services.triage.web.case.tasks import task_pages
from services.triage.web.case.urgency import priority_pages
from services.triage.web.case.withdrawals import withdrawal_pages
from services.triage.web.keeper.pages import keeper_pages
from services.triage.web.people.account import account_page, account_pages
from services.triage.web.people.address import address_pages
from services.triage.web.people.duty import duty_pages
from services.triage.web.people.enrolling import enrolling_pages
from services.triage.web.people.pages import people_pages, person_page
from services.triage.web.people.passkeys import passkey_pages
from services.triage.web.people.resets import reset_pages
from services.triage.web.people.second_factor import second_factor_pages
from services.triage.web.people.signing import signing_pages
from services.triage.web.people.unit_keys import unit_key_pages
from services.triage.web.queue.dossiers import dossier_pages
from services.triage.web.queue.pages import queue_pages
from services.triage.web.queue.views import view_pages
from services.triage.web.rules import rule_pages
from services.triage.web.shell import teach_shell
from services.triage.web.trail.pages import trail_pages
from services.triage.web.trail.reopening import reopening_pages
from services.triage.web.trail.sample import sample_pages
from shared.service import House


def pages(house: House) -> Sequence[Blueprint]:
    """The blueprints of the desk."""
    signing = signing_pages(house)
    teach_shell(signing, house)
    return (
        signing,
        queue_pages(house),
        view_pages(house),
        board_pages(house),
        report_pages(house),
        case_pages(house),
        dossier_pages(house),
        move_pages(house),
        reject_pages(house),
        merge_pages(house),
        reroute_pages(house),
        handover_pages(house),
        letter_pages(house),
        note_pages(house),
        priority_pages(house),
        task_pages(house),
        identity_pages(house),
        keeper_pages(house),
        withdrawal_pages(house),
        envelope_pages(house),
        climbed_pages(house),
        lateness_pages(house),
        people_pages(house),
        enrolling_pages(house),
        duty_pages(house),
        account_pages(house),
        address_pages(house, lambda problems: account_page(house, problems)),
        rule_pages(house),
        version_pages(house),
        proposal_pages(house),
        setup_pages(house),
        language_pages(house),
        waiting_pages(house),
        unit_key_pages(house),
        trail_pages(house),
        reopening_pages(house),
        sample_pages(house),
        second_factor_pages(house),
        passkey_pages(house),
        reset_pages(house, person_page(house)),
    )
