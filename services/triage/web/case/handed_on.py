"""Facts that hand a case on, or end it, by the word of two people, as sentences of its timeline."""

from __future__ import annotations

from flask_babel import gettext

from services.triage.store.timeline import Happened
from services.triage.web import words
from services.triage.web.case.event import Event, Teller, unit_of
from shared.service import House


def _rerouted(_house: House, one: Happened, who: str) -> Event:
    overridden = gettext("Pengecualian pelapor dikesampingkan oleh dua orang; pelapor diberi tahu")
    detail = overridden if one.payload["is_override"] else gettext("Pelapor diberi tahu")
    return Event(one.at, gettext("Kasus dialihkan ke unit lain"), detail, who, "route", "am")


def _override_asked(house: House, one: Happened, who: str) -> Event:
    unit = house.rulebook.units.unit(one.payload["unit"]).name
    title = gettext("Diminta dialihkan ke unit yang dikecualikan pelapor: %(unit)s", unit=unit)
    return Event(one.at, title, one.payload["reason"], who, "route", "am")


def _override_ended(_house: House, one: Happened, who: str) -> Event:
    agreed, refused = gettext("Pengalihan disetujui"), gettext("Pengalihan tidak disetujui")
    title = agreed if one.payload["is_confirmed"] else refused
    return Event(one.at, title, one.payload["reason"], who, "check")


def _rewrapped(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Pengawas membungkus ulang kunci naskah untuk unit ini")
    return Event(one.at, title, "", who, "lock-open", "ok")


def _prepared(house: House, one: Happened, who: str) -> Event:
    title = gettext("Bekal disiapkan untuk %(unit)s", unit=unit_of(house, one))
    return Event(one.at, title, "", who, "lock")


def _dropped(house: House, one: Happened, who: str) -> Event:
    title = gettext("Bekal untuk %(unit)s dibuang", unit=unit_of(house, one))
    return Event(one.at, title, words.word(words.HANDOVERS, one.payload["why"]), who, "lock")


def _handed_over(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Unit ini langsung dapat membaca: kuncinya sudah disiapkan unit sebelumnya")
    return Event(one.at, title, "", who, "lock-open", "ok")


def _oversight_asked(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Pengawas diminta membungkus ulang kunci naskah")
    return Event(one.at, title, "", who, "lock", "am")


def _reroute_reasoned(_house: House, one: Happened, who: str) -> Event:
    return Event(one.at, gettext("Alasan pengalihan"), one.payload["reason"], who, "message")


def _false_asked(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Diminta ditolak sebagai laporan palsu; orang kedua memutuskan")
    return Event(one.at, title, one.payload["reason"], who, "check", "am")


def _false_ended(_house: House, one: Happened, who: str) -> Event:
    agreed = gettext("Orang kedua menolak laporan sebagai palsu")
    refused = gettext("Orang kedua tidak menolak laporan")
    title = agreed if one.payload["is_confirmed"] else refused
    return Event(one.at, title, one.payload["reason"], who, "check")


REROUTING: dict[str, Teller] = {
    "case.rerouted": _rerouted,
    "case.rewrapped": _rewrapped,
    "case.handover_prepared": _prepared,
    "case.handover_dropped": _dropped,
    "case.handed_over": _handed_over,
    "case.oversight_asked": _oversight_asked,
    "case.reroute_reasoned": _reroute_reasoned,
    "case.override_asked": _override_asked,
    "case.override_ended": _override_ended,
    "case.false_report_asked": _false_asked,
    "case.false_report_ended": _false_ended,
}
