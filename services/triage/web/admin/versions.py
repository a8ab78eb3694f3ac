"""/aturan/versi: every rulebook this desk lived by, how it came, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from services.triage.store.adoptions import Adoption, adoptions
from services.triage.store.people import titles_of
from services.triage.store.rulebooks import Proposal, approval_of, file_of, versions_kept
from services.triage.web.admin.differences import differences
from services.triage.web.guard import asker
from services.triage.web.zones import zone_of
from shared.rulebook.carrying import Packed, bundled
from shared.rulebook.loading import DATA
from shared.rulebook.reading import BrokenRulebook
from shared.runtime.errors import NotFound, Unavailable
from shared.service import House
from shared.web.audience import audience

MOST = 50  # adoptions on the page
WAYS: Mapping[str, Any] = {
    "first": lazy_gettext("Aturan pertama"),
    "released": lazy_gettext("Bawaan program"),
    "approved": lazy_gettext("Disetujui dua orang"),
    "unapproved": lazy_gettext("Dipasang tanpa persetujuan"),
}


class UnknownVersion(NotFound):
    """Isi versi itu tidak tersimpan di meja ini. Pilih versi lain dari daftar."""

    code = "unknown_version"


class RulesUnread(Unavailable):
    """Aturan di server sedang berganti. Minta operator memulai ulang layanan, lalu muat ulang."""

    code = "rules_unread"


@dataclass(frozen=True)
class Shown:
    """An adoption and, where two people approved it, their proposal."""

    adoption: Adoption
    proposal: Proposal | None
    is_kept: bool


def version_pages(house: House) -> Blueprint:
    """GET /aturan/versi, /aturan/versi/<version>/berkas and /aturan/versi/beda."""
    pages = Blueprint("versions", __name__)

    def kept(version: str) -> Packed:
        if version == house.rulebook.version:
            return rules_in_force(house)
        with house.database.read() as connection:
            found = file_of(connection, version) if version.isascii() else None
        if found is None:
            raise UnknownVersion
        return found

    @pages.get("/aturan/versi")
    @audience("staff")
    def show() -> ResponseReturnValue:
        now = rules_in_force(house)
        with house.database.read() as connection:
            found = adoptions(connection, MOST)
            held = {*versions_kept(connection), now.version}
            shown = [_shown(connection, one, held) for one in found]
            names = [n for s in shown if s.proposal for n in (s.proposal.by, s.proposal.ended_by)]
            titles = titles_of(connection, filter(None, names))
        return render_template(
            "triage/aturan-versi.html",
            now=now,
            shown=shown,
            titles=titles,
            ways=WAYS,
            zone=zone_of(house, asker().unit),
            held=sorted(held, key=_newest(found)),
            is_behind=bool(found) and found[0].version != now.version,
        )

    @pages.get("/aturan/versi/<version>/berkas")
    @audience("staff")
    def file(version: str) -> ResponseReturnValue:
        return as_file(kept(version))

    @pages.get("/aturan/versi/beda")
    @audience("staff")
    def differ() -> ResponseReturnValue:
        old, new = (kept(request.args.get(name, "")[:12]) for name in ("dari", "ke"))
        return render_template(
            "triage/aturan-beda.html",
            old=old.version,
            new=new.version,
            tables=differences(old.content, new.content),
        )

    return pages


def rules_in_force(house: House) -> Packed:
    """The tables this process lives by, as one file; raises RulesUnread."""
    with house.database.read() as connection:
        found = file_of(connection, house.rulebook.version)
    if found is not None:
        return found
    try:  # before the worker has recorded them
        made = bundled(house.settings.rulebook or DATA)
    except (OSError, BrokenRulebook):
        raise RulesUnread from None
    if made.version != house.rulebook.version:
        raise RulesUnread
    return made


def as_file(rules: Packed) -> Response:
    """The export file, to keep or to hand on."""
    answer = Response(rules.content, mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"aturan-{rules.version}.zip")
    return answer


def _shown(connection: Any, one: Adoption, held: set[str]) -> Shown:
    found = file_of(connection, one.version) if one.way == "approved" else None
    approved = approval_of(connection, found.digest) if found else None
    return Shown(one, approved, one.version in held)


def _newest(found: list[Adoption]) -> Any:
    place = {one.version: at for at, one in reversed(list(enumerate(found)))}
    return lambda version: place.get(version, len(found))
