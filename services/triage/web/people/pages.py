"""The people of a unit: everybody may look; key officers invite, change roles, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.triage.actions.change_staff import UnknownPerson, change_role, remove_person
from services.triage.actions.invite_person import Asked, invite_person, reach
from services.triage.store.factors import reset_of, with_factor
from services.triage.store.passkeys import with_passkey
from services.triage.store.people import KEY_OFFICER, ROLES
from services.triage.store.staff import Member, members, open_invitations
from services.triage.web.guard import asker
from shared.service import House
from shared.web.audience import audience
from shared.web.error_page import error_page
from shared.web.errors import reshown_by
from shared.web.problems import Problem


def people_pages(house: House) -> Blueprint:
    """/orang, /orang/undang and /orang/<name>."""
    pages = Blueprint("people", __name__)
    units = house.rulebook.units

    @pages.get("/orang")
    @audience("staff")
    def show() -> ResponseReturnValue:
        who, now = asker(), house.clock.now()
        mine = reach(house.rulebook, who)
        with house.database.read() as connection:
            found = members(connection, mine)
            asked = open_invitations(connection, mine, now)
            coded, keyed = with_factor(connection), with_passkey(connection)
        if who.role != KEY_OFFICER:
            asked = []
        return render_template(
            "triage/orang.html",
            by_unit=[(units.by_id[unit], of) for unit in mine if (of := _of(found, unit))],
            asked=asked,
            coded=coded,
            keyed=keyed,
            units=units.by_id,
        )

    def inviting(problems: Sequence[Problem] = ()) -> str:
        near = [units.by_id[unit] for unit in reach(house.rulebook, asker())]
        return render_template(
            "triage/undang.html",
            problems=problems,
            typed=request.form,
            tied=request.form.getlist("ikatan"),
            near=[(one.id, one.name) for one in near],
            all_units=[(one.id, one.name) for one in units],
            roles=ROLES,
        )

    @pages.get("/orang/undang")
    @audience(KEY_OFFICER)
    def invite() -> ResponseReturnValue:
        return inviting()

    @pages.post("/orang/undang")
    @audience(KEY_OFFICER)
    @reshown_by(inviting)
    def send() -> ResponseReturnValue:
        typed = request.form
        asked = Asked(
            name=typed.get("nama", ""),
            title=typed.get("sebutan", ""),
            unit=typed.get("unit", ""),
            role=typed.get("peran", ""),
            ties=tuple(dict.fromkeys(one for one in typed.getlist("ikatan") if one)),
        )
        with house.transactions.begin() as tx:
            token = invite_person(tx, house.rulebook, asker(), asked)
        return render_template(
            "triage/tautan.html", title=asked.title, link=f"{request.host_url}undangan/{token}"
        )

    one_person = person_page(house)

    @pages.get("/orang/<name>")
    @audience(KEY_OFFICER)
    def person(name: str) -> ResponseReturnValue:  # noqa: ARG001 - `one_person` reads it
        return one_person(())

    @pages.post("/orang/<name>/peran")
    @audience(KEY_OFFICER)
    @reshown_by(one_person)
    def role(name: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            change_role(tx, house.rulebook, asker(), name, request.form.get("peran", ""))
        return redirect(f"/orang/{name}", 303)

    @pages.post("/orang/<name>/cabut")
    @audience(KEY_OFFICER)
    @reshown_by(one_person)
    def remove(name: str) -> ResponseReturnValue:
        with house.transactions.begin() as tx:
            remove_person(tx, house.rulebook, asker(), name, request.form.get("alasan", ""))
        return redirect("/orang", 303)

    return pages


def _of(found: Sequence[Member], unit: str) -> list[Member]:
    return [one for one in found if one.who.unit == unit]


def person_page(house: House) -> Callable[[Sequence[Problem]], str]:
    """What shows one person to a key officer, and again with what is wrong."""
    units = house.rulebook.units

    def one_person(problems: Sequence[Problem]) -> str:
        name = str((request.view_args or {}).get("name", ""))
        with house.database.read() as connection:
            found = members(connection, reach(house.rulebook, asker()))
            waiting = reset_of(connection, name)
        member = next((one for one in found if one.who.name == name), None)
        if member is None:
            if problems:
                return error_page(404, problems)
            raise UnknownPerson
        return render_template(
            "triage/petugas.html",
            problems=problems,
            one=member,
            unit=units.by_id[member.who.unit],
            ties=[units.by_id[unit].name for unit in member.ties if unit in units.by_id],
            roles=ROLES,
            typed=request.form,
            waiting=waiting,
        )

    return one_person
