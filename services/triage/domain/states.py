"""The states of a case, with the word a citizen reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """`name` Indonesian (a gettext message id), `name_en` English."""

    code: str
    name: str
    name_en: str
    is_open: bool = True


STATES = {
    state.code: state
    for state in (
        State("received", "Diterima", "Received"),
        State("verifying", "Diverifikasi", "Being verified"),
        State("waiting_reporter", "Menunggu pelapor", "Waiting for the reporter"),
        State("assigned", "Ditugaskan", "Assigned"),
        State("investigating", "Diperiksa", "Being investigated"),
        State("referred", "Dilimpahkan", "Referred"),
        State("proposed", "Usul selesai", "Proposed for closing"),
        State("reporter_response", "Tanggapan pelapor", "Reporter's response"),
        State("closed", "Selesai", "Closed", is_open=False),
        State("reopened", "Dibuka kembali", "Reopened"),
        State("merged", "Digabung", "Merged", is_open=False),
        State("rejected", "Ditolak", "Rejected", is_open=False),
    )
}

OUTCOMES = {
    "proven_criminal": ("Terbukti, pidana", "Proven, criminal"),
    "proven_disciplinary": ("Terbukti, disiplin", "Proven, disciplinary"),
    "money_returned": ("Uang dikembalikan", "Money returned"),
    "service_fixed": ("Layanan diperbaiki", "Service fixed"),
    "partly_proven": ("Terbukti sebagian", "Partly proven"),
    "not_proven": ("Tidak terbukti", "Not proven"),
    "insufficient_evidence": ("Bukti tidak cukup", "Insufficient evidence"),
    "not_our_authority": ("Bukan kewenangan kami", "Not our authority"),
    "withdrawn": ("Dicabut pelapor", "Withdrawn by the reporter"),
    "expired": ("Kedaluwarsa", "Expired"),
}
