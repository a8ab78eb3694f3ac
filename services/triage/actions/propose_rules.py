"""Change the rules by two people: one proposes tables, another agrees; an operator applies them.

Nothing here changes what any service lives by: what comes out is an approval that
`kentongan rulebook import` asks for (ADR 31).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from services.triage.store.people import ADMINISTRATOR, Person, person_named
from services.triage.store.rulebooks import (
    APPROVED,
    DRAFT,
    EXPIRED,
    REFUSED,
    WAITING,
    WITHDRAWN,
    Proposal,
    add_proposal,
    drop_drafts,
    proposal_of,
    stale_proposals,
    turn_proposal,
    units_in_use,
)
from shared.contracts.proposing import ProposalEnded, RulebookProposed
from shared.messaging.tx import Tx
from shared.rulebook.carrying import MOST_REASON, Packed, bundled, unpacked
from shared.rulebook.reading import BrokenRulebook
from shared.rulebook.units import load_units
from shared.runtime.errors import Conflict, NotFound, Refused

WAITS = timedelta(days=14)
MOST_FAULTS = 900  # letters of what is wrong with a file that one page tells


class UnsoundRules(Refused):
    """Berkas ini tidak dapat dipakai, dan tidak ada yang berubah. Perbaiki: %(faults)s."""

    code = "unsound_rules"


class SameRules(Refused):
    """Isi berkas ini sama dengan aturan yang berlaku. Tidak ada yang perlu diusulkan."""

    code = "same_rules"


class UnitInUse(Refused):
    """Unit yang punya petugas atau pernah punya kunci tidak dapat dihapus: %(units)s. Biarkan
    barisnya, dan kosongkan bidangnya bila unit itu tidak menerima laporan lagi."""

    code = "unit_in_use"


class UnknownProposal(NotFound):
    """Usulan ini tidak ada. Periksa nomornya di daftar usulan."""

    code = "unknown_proposal"


class ProposalOver(Conflict):
    """Usulan ini sudah diputuskan, ditarik, atau lewat waktunya. Muat ulang halamannya."""

    code = "proposal_over"


class RulesMovedOn(Conflict):
    """Aturan yang berlaku sudah berganti sejak usulan ini dibuat. Unggah lagi berkasnya."""

    code = "rules_moved_on"


class AnotherAdministrator(Refused):
    """Anda yang mengusulkannya. Pengelola aturan lain yang memutuskan."""

    code = "another_administrator"


class ProposerGone(Conflict):
    """Pengusulnya bukan pengelola aturan lagi. Tolak usulan ini, lalu usulkan lagi bila perlu."""

    code = "proposer_gone"


class WhyChange(Refused):
    """Tulis alasannya: 10 sampai 500 huruf, tanpa nama pelapor atau isi laporan."""

    code = "why_change"


@dataclass(frozen=True)
class Upload:
    """Sound tables somebody brought, and the units that would be gone with them."""

    rules: Packed
    gone: frozenset[str]


def looked_through(content: bytes, in_force: Packed) -> Upload:
    """What is in the file; outside of any transaction, for it takes a moment.

    It is packed anew: nothing but the tables is kept. Raises UnsoundRules, SameRules.
    """
    try:
        with unpacked(content) as folder, unpacked(in_force.content, is_known=True) as old:
            made = bundled(folder)
            gone = load_units(old).by_id.keys() - load_units(folder).by_id.keys()
    except BrokenRulebook as fault:
        raise UnsoundRules("berkas", faults=str(fault)[:MOST_FAULTS]) from None
    if made.digest == in_force.digest:
        raise SameRules("berkas")
    return Upload(made, frozenset(gone))


def keep_upload(tx: Tx, who: Person, brought: Upload, in_force: Packed) -> Proposal:
    """Keep tables for their uploader to look at; an earlier upload nobody was asked about goes.

    Raises UnitInUse.
    """
    if held := sorted(brought.gone & units_in_use(tx.connection)):
        raise UnitInUse("berkas", units=", ".join(held))
    drop_drafts(tx.connection, by=who.name, until=tx.now)
    made = brought.rules
    draft = Proposal(
        0, DRAFT, made.version, made.digest, in_force.digest, made.content, "", who.name, tx.at
    )
    return add_proposal(tx.connection, draft)


def propose(tx: Tx, who: Person, number: int, reason: str, in_force: Packed) -> None:
    """Ask another administrator. Raises UnknownProposal, ProposalOver, RulesMovedOn, WhyChange."""
    one = known_proposal(tx, who, number)
    if one.state != DRAFT:
        raise ProposalOver("alasan")
    _check_base(one, in_force, "alasan")
    said = _said(reason)
    if not turn_proposal(tx.connection, one, WAITING, reason=said, at=tx.at):
        raise ProposalOver("alasan")
    tx.record(RulebookProposed(one.number, one.digest, one.before, said), by=who.name)


def decide(
    tx: Tx, who: Person, number: int, *, agrees: bool, digest: str, reason: str, in_force: Packed
) -> None:
    """Another administrator's word on exactly the tables of `digest`, which their page showed.

    Raises UnknownProposal, ProposalOver, AnotherAdministrator, ProposerGone, RulesMovedOn,
    WhyChange.
    """
    one = known_proposal(tx, who, number)
    if one.state != WAITING or one.digest != digest or tx.now - one.at > WAITS:
        raise ProposalOver("putusan")
    if one.by == who.name:
        raise AnotherAdministrator("putusan")
    said = _said(reason)
    if agrees:
        _check_base(one, in_force, "putusan")
        proposer = person_named(tx.connection, one.by)
        if proposer is None or proposer.role != ADMINISTRATOR:
            raise ProposerGone("putusan")
    _end(tx, one, APPROVED if agrees else REFUSED, by=who.name, reason=said)


def withdraw(tx: Tx, who: Person, number: int) -> None:
    """The proposer's own way back, until it is decided. Raises UnknownProposal, ProposalOver."""
    one = known_proposal(tx, who, number)
    if one.by != who.name:
        raise UnknownProposal
    if one.state == DRAFT:
        drop_drafts(tx.connection, by=who.name, until=tx.now)
    elif one.state == WAITING:
        _end(tx, one, WITHDRAWN, by=who.name, reason="")
    else:
        raise ProposalOver


def lapse_proposals(tx: Tx) -> int:
    """End what nobody decided in time; returns how many."""
    drop_drafts(tx.connection, until=tx.now - WAITS)
    late = stale_proposals(tx.connection, tx.now - WAITS)
    for one in late:
        _end(tx, one, EXPIRED, by=None, reason="")
    return len(late)


def known_proposal(tx: Tx, who: Person, number: int) -> Proposal:
    """The proposal as this person may see it: a draft is its uploader's; raises UnknownProposal."""
    one = proposal_of(tx.connection, number)
    if one is None or (one.state == DRAFT and one.by != who.name):
        raise UnknownProposal
    return one


def _end(tx: Tx, one: Proposal, how: str, *, by: str | None, reason: str) -> None:
    ended = {"ended_at": tx.at, "ended_by": by, "ended_reason": reason}
    if not turn_proposal(tx.connection, one, how, **ended):
        raise ProposalOver("putusan")
    tx.record(ProposalEnded(one.number, one.digest, how, reason), by=by)


def _check_base(one: Proposal, in_force: Packed, field: str) -> None:
    if one.before != in_force.digest:
        raise RulesMovedOn(field)


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not 10 <= len(said) <= MOST_REASON or not said.isprintable():
        raise WhyChange("alasan")
    return said
