"""What the codes of other services are called on the reporter's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.sansio.app import App
from flask_babel import gettext, lazy_gettext, ngettext

from services.complaints.domain.deeds import MAIN_MOVED, NAME_ASKED
from services.complaints.domain.mailbox import Step
from services.complaints.web.mailbox.words import event_words
from shared.rulebook import Rulebook
from shared.rulebook.names import Basis
from shared.rulebook.vocabulary import Named
from shared.web.i18n import asker_language
from shared.web.words import long_date

STATES: dict[str, Any] = {
    "received": lazy_gettext("Diterima"),
    "verifying": lazy_gettext("Diverifikasi"),
    "waiting_reporter": lazy_gettext("Menunggu jawaban Anda"),
    "assigned": lazy_gettext("Ditugaskan"),
    "investigating": lazy_gettext("Diperiksa"),
    "referred": lazy_gettext("Dilimpahkan"),
    "proposed": lazy_gettext("Usul selesai"),
    "reporter_response": lazy_gettext("Menunggu tanggapan Anda"),
    "closed": lazy_gettext("Selesai"),
    "reopened": lazy_gettext("Dibuka kembali"),
    "merged": lazy_gettext("Digabung ke dalam satu pemeriksaan; kotak ini tetap milik Anda"),
    "rejected": lazy_gettext("Ditolak"),
}

CLOCKS: dict[str, Any] = {
    "verify": lazy_gettext("Telaah awal"),
    "accept": lazy_gettext("Petugas menerima tugas"),
    "plan": lazy_gettext("Rencana pemeriksaan"),
    "news": lazy_gettext("Kabar berikutnya untuk Anda"),
    "final": lazy_gettext("Jawaban akhir"),
    "confirm": lazy_gettext("Instansi penerima menjawab"),
    "look": lazy_gettext("Kami periksa lagi ke instansi penerima"),
    "review": lazy_gettext("Penyelia memeriksa hasil"),
    "reporter": lazy_gettext("Jawaban dari Anda"),
    "response": lazy_gettext("Jawaban dari Anda"),
}


def state_word(code: str) -> str:
    """The state as the reporter reads it."""
    return str(STATES.get(code) or gettext("Diproses"))


def event_word(step: Step) -> str:
    """What was done; of a report worked together with others, where that work stands."""
    if step.event != MAIN_MOVED:
        return event_words(step)
    state = state_word(str(step.told.get("state")))
    return str(gettext("Pemeriksaan itu kini: %(state)s", state=state))


def clock_word(code: str) -> str:
    """The promise as the reporter reads it."""
    return str(CLOCKS.get(code) or gettext("Langkah berikutnya"))


def limit_words(count: int, unit: str) -> str:
    """(3, "wd") → `3 hari kerja`."""
    words = {
        "m": ngettext("%(num)s menit", "%(num)s menit", count),
        "h": ngettext("%(num)s jam", "%(num)s jam", count),
        "d": ngettext("%(num)s hari", "%(num)s hari", count),
        "wd": ngettext("%(num)s hari kerja", "%(num)s hari kerja", count),
    }
    return str(words[unit])


def basis_words(basis: Basis | None, code: str, language: str) -> str:
    """The basis with its law, and whether a lawyer has looked at it."""
    if basis is None:
        return code
    words = f"{basis.in_language(language)} ({basis.legal_basis})"
    unchecked = gettext("belum diperiksa ahli hukum")
    return words if basis.is_checked else f"{words}, {unchecked}"


def until_words(event: str) -> str:
    """What a date means on a step about the name."""
    if event == NAME_ASKED:
        return str(gettext("Dijawab paling lambat %(day)s, atau permintaan itu batal."))
    return str(gettext("Dapat dibaca sampai %(day)s, lalu dihapus lagi."))


def _until(event: str, until: str) -> str:
    return until_words(event) % {"day": long_date(date.fromisoformat(until))}


def _named(named: Named | None, code: str, language: str) -> str:
    return named.in_language(language) if named else code


def teach_codes(app: App, rulebook: Rulebook) -> None:
    """Give templates the filters `state`, `clock` and `desk`."""

    def desk_word(code: str | None) -> str:
        kind = rulebook.units.kinds.get(code or "")
        return kind.in_language(asker_language()) if kind else gettext("Unit pemeriksa")

    def name_lines(step: Step) -> list[str]:
        names, language = rulebook.names, asker_language()
        if "purpose" not in step.told:
            return []
        purpose, basis = (
            names.purposes.get(step.told["purpose"]),
            names.bases.get(step.told["basis"]),
        )
        until = step.told.get("until")
        return [
            gettext("Tujuan: %(purpose)s", purpose=_named(purpose, step.told["purpose"], language)),
            gettext("Dasar: %(basis)s", basis=basis_words(basis, step.told["basis"], language)),
            gettext(
                "Yang meminta: %(desk)s. Yang menjaga: %(keeper)s.",
                desk=desk_word(step.told["desk"]),
                keeper=desk_word(step.told["keeper"]),
            ),
            *([_until(step.event or "", until)] if until else []),
        ]

    app.add_template_filter(name_lines, "name_lines")
    app.add_template_filter(event_word, "event")
    app.add_template_filter(state_word, "state")
    app.add_template_filter(clock_word, "clock")
    app.add_template_filter(desk_word, "desk")
