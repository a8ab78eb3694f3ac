"""Open a case for a complaint: what is disclosed decides its unit, urgency and first clock."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from services.triage.actions.call_desk import announce
from services.triage.actions.flag_wave import flag_wave
from services.triage.actions.turn_clocks import NEVER, nearest_due, opening_clocks, promises
from services.triage.domain.urgency import assess, one_higher
from services.triage.store.cases import (
    Candidate,
    Case,
    Evidence,
    add_candidates,
    add_case,
    add_evidence,
    case_by_id,
    next_number,
)
from services.triage.store.clocks import start_clocks
from services.triage.store.letters import add_letter
from services.triage.store.waves import count_distinct
from shared.contracts.fact import Fact
from shared.contracts.facts import CaseOpened, CaseRouted, ComplaintSubmitted, Promise
from shared.contracts.private import CandidatesConsidered
from shared.crypto.unseal import Opener, open_json
from shared.messaging.tx import Tx
from shared.rulebook import (
    Considered,
    Disclosed,
    Office,
    Route,
    Rulebook,
    dump_disclosed,
    read_disclosed,
    route,
)
from shared.rulebook.regions import zone_info
from shared.rulebook.routing import EXCLUDED
from shared.runtime.errors import Refused

PATTERN = timedelta(days=90)  # domain.md, Urgency: distinct reports in 90 days
LARGEST_FILE = 32 * 2**20  # a padded file of 16 MiB and its frame, with room
_HEX64 = re.compile("[0-9a-f]{64}")
HOME = zone_info("WIB")  # case numbers count by the month in Jakarta


class MalformedFiling(Refused):
    """Isi laporan untuk meja tidak terbaca. Periksa versi layanan pengirim."""

    code = "malformed_filing"


@dataclass(frozen=True, repr=False)
class Filing:
    """What the intake sealed for triage; `box` is the reporter's own recipient."""

    disclosed: Disclosed
    events_key: bytes
    box: str
    evidence: list[Evidence]
    lang: str


def open_case(
    tx: Tx, rulebook: Rulebook, opener: Opener, fact: Fact, payload: ComplaintSubmitted
) -> None:
    """Open the case of fact.subject once; a second time changes nothing.

    The route is decided here again from the disclosed facts: the sender's choice of unit stands
    only where the rule makes the same one. Raises Refused when the sealed part cannot be used.
    """
    if fact.subject is None:
        raise MalformedFiling("subject")
    if case_by_id(tx.connection, fact.subject) is not None:
        return
    filing = read_filing(rulebook, open_json(fact.parts["disclosed"], opener))
    tx.know(fact.subject, filing.events_key)
    facts = filing.disclosed
    path = route(rulebook, Office(facts.office_kind, facts.office_region), facts.exclude)
    one = _new_case(tx, rulebook, fact, payload, filing, path)
    clocks = opening_clocks(rulebook, one, tx.at)
    add_case(tx.connection, replace(one, due_at=nearest_due(clocks)))
    start_clocks(tx.connection, clocks)
    add_letter(tx.connection, one.id, place=("in", 0), envelope=fact.parts["envelope"], at=tx.at)
    add_evidence(tx.connection, one.id, filing.evidence)
    add_candidates(tx.connection, one.id, [_candidate(seen) for seen in path.considered])
    _tell(tx, one, path, promises(rulebook, one, clocks))
    flag_wave(tx, one)


def read_filing(rulebook: Rulebook, content: Any) -> Filing:
    """The unsealed JSON: {"disclosed", "events_key", "box", "evidence", "lang"}.

    Raises MalformedFiling, or what `read_disclosed` raises for an unknown code.
    """
    try:
        key = content["events_key"]
        events_key = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
        files = [_evidence(file) for file in content.get("evidence", ())]
        disclosed, box, lang = content["disclosed"], content["box"], content.get("lang", "id")
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise MalformedFiling("disclosed") from None
    is_recipient = isinstance(box, str) and box.startswith("age1pq1")
    if len(events_key) != 32 or not is_recipient or not isinstance(disclosed, dict):
        raise MalformedFiling("disclosed")
    return Filing(read_disclosed(rulebook, disclosed), events_key, box, files, str(lang)[:8])


def _evidence(file: Any) -> Evidence:
    sha256, size = file["sha256"], file["size"]
    if not (isinstance(size, int) and 0 < size <= LARGEST_FILE and _HEX64.fullmatch(sha256)):
        raise ValueError("not a sealed file")
    return Evidence(sha256, size)


def _new_case(
    tx: Tx,
    rulebook: Rulebook,
    fact: Fact,
    payload: ComplaintSubmitted,
    filing: Filing,
    path: Route,
) -> Case:
    facts = filing.disclosed
    kind = rulebook.offices[facts.office_kind]
    cluster = f"{facts.office_kind}:{kind.seat_in(facts.office_region)}:{facts.service}"
    hidden_from = [seen.unit for seen in path.considered if seen.verdict == EXCLUDED]
    seen = count_distinct(tx.connection, cluster, tx.at - PATTERN, hidden_from=hidden_from)
    urgency = assess(rulebook, facts, at=tx.at, reports_90d=seen + 1)
    month = tx.at.astimezone(HOME).strftime("%Y-%m")
    return Case(
        id=str(fact.subject),
        number=next_number(tx.connection, month),
        unit=path.unit,
        sealed_unit=payload.unit,
        epoch=payload.epoch,
        state="received",
        version=1,
        priority=one_higher(urgency.priority) if path.bump else urgency.priority,
        urgency=urgency.score,
        components=dict(urgency.components),
        readiness=urgency.readiness,
        risk=urgency.risk,
        raises=list(urgency.raises),
        cluster=cluster,
        disclosed=dump_disclosed(facts),
        box=filing.box,
        lang=filing.lang,
        zone=rulebook.regions.zone(facts.region),
        route_reason=path.reason if payload.unit == path.unit else "sealed_elsewhere",
        excluded=path.excluded,
        holder=None,
        changed_by=None,
        opened_at=tx.at,
        due_at=NEVER,
        service=facts.service,
        region=facts.region,
    )


def _tell(tx: Tx, one: Case, path: Route, promised: list[Promise]) -> None:
    tx.record(CaseOpened(one.unit, path.kind, one.state, promised), subject=one.id)
    routed = CaseRouted(one.unit, path.kind, one.excluded, one.route_reason)
    tx.record(routed, subject=one.id)
    considered = [
        {"unit": seen.unit, "verdict": seen.verdict, "reason": seen.reason}
        for seen in path.considered
    ]
    tx.record(CandidatesConsidered(considered), subject=one.id)
    announce(tx, one, one.unit)


def _candidate(seen: Considered) -> Candidate:
    return Candidate(seen.unit, seen.verdict == EXCLUDED, seen.reason)
