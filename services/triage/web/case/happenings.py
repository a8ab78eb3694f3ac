"""Facts of a case as sentences of its timeline."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext

from services.triage.store.letters import Letter
from services.triage.store.timeline import Happened
from services.triage.web import words
from services.triage.web.case.event import Event, Teller, unit_of
from services.triage.web.case.handed_on import REROUTING
from services.triage.web.case.name_events import NAME_TELLERS
from shared.service import House
from shared.web.words import long_date


def events(
    house: House, happened: list[Happened], letters: list[Letter], titles: dict[str, str]
) -> list[Event]:
    """Newest first; the reporter's letters, which are facts of another house, among them."""
    told = [
        _event(house, one, titles.get(one.by or "", one.by or ""))
        for one in happened
        if one.type in _TELLERS
    ]
    received = [
        Event(letter.at, gettext("Surat dari pelapor"), "", "", "message", "am")
        for letter in letters
        if letter.direction == "in" and letter.seq > 0
    ]
    # What happened in the same hour stands in the order of the road: a letter after its case.
    return sorted([*received, *told], key=lambda event: event.at, reverse=True)


def sentence(house: House, one: Happened) -> tuple[str, str] | None:
    """(title, detail) of a fact that has words on a timeline."""
    event = _event(house, one, "") if one.type in _TELLERS else None
    return None if event is None else (event.title, event.detail)


def _event(house: House, one: Happened, who: str) -> Event:
    return _TELLERS[one.type](house, one, who)


def _opened(house: House, one: Happened, who: str) -> Event:
    unit = house.rulebook.units.unit(one.payload["unit"]).name
    return Event(one.at, gettext("Kasus dibuka untuk %(unit)s", unit=unit), "", who, "inbox", "ok")


def _routed(_house: House, one: Happened, who: str) -> Event:
    reason = words.word(words.REASONS, one.payload["reason"])
    count = gettext("%(count)s unit dikecualikan", count=one.payload["excluded"])
    return Event(one.at, gettext("Unit dipilih"), f"{reason}; {count}", who, "route")


def _moved(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Status menjadi %(state)s", state=_state(one.payload["to_state"]))
    detail = gettext("Sebelumnya %(state)s", state=_state(one.payload["from_state"]))
    return Event(one.at, title, detail, who, "check", "ok")


def _reasoned(_house: House, one: Happened, who: str) -> Event:
    return Event(one.at, gettext("Alasan perpindahan"), one.payload["reason"], who, "message")


def _read(_house: House, one: Happened, who: str) -> Event:
    what = str(one.payload["what"])
    kinds: dict[str, str] = {
        "story": gettext("Uraian diambil untuk dibaca"),
        "evidence": gettext("Bukti diambil untuk dibaca"),
        "note": gettext("Catatan unit diambil untuk dibaca"),
    }
    return Event(one.at, kinds.get(what, gettext("Surat diambil untuk dibaca")), "", who, "eye")


def _written(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Surat nomor %(seq)s untuk pelapor", seq=one.payload["seq"])
    return Event(one.at, title, "", who, "send", "am")


def _breached(house: House, one: Happened, who: str) -> Event:
    name = words.clock_name(house.rulebook, one.payload["clock"])
    title = gettext("Tenggat terlewat: %(clock)s", clock=name)
    new_on = long_date(date.fromisoformat(one.payload["new_on"]))
    return Event(one.at, title, gettext("Janji baru: %(day)s", day=new_on), who, "clock", "am")


def _warned(house: House, one: Happened, who: str) -> Event:
    name = words.clock_name(house.rulebook, one.payload["clock"])
    used = words.word(words.USED, one.payload["used"])
    return Event(one.at, gettext("Peringatan tenggat: %(clock)s", clock=name), used, who, "clock")


def _escalated(house: House, one: Happened, who: str) -> Event:
    title = gettext("Kasus naik: %(unit)s", unit=unit_of(house, one))
    level = words.word(words.LEVELS, one.payload["level"])
    return Event(one.at, title, level, who, "route", "am")


def _line_changed(house: House, one: Happened, who: str) -> Event:
    title = gettext("Kasus tidak lagi terlihat oleh %(unit)s", unit=unit_of(house, one))
    return Event(one.at, title, "", who, "route")


def _adjusted(house: House, one: Happened, who: str) -> Event:
    name = words.clock_name(house.rulebook, one.payload["clock"])
    title = gettext("Tanggal dihitung ulang: %(clock)s", clock=name)
    was, new = (long_date(date.fromisoformat(one.payload[k])) for k in ("was_on", "new_on"))
    detail = gettext("Dari %(was)s menjadi %(new)s", was=was, new=new)
    return Event(one.at, title, f"{detail}. {one.payload['reason']}", who, "clock")


def _excused(house: House, one: Happened, who: str) -> Event:
    name = words.clock_name(house.rulebook, one.payload["clock"])
    title = gettext("Keterlambatan dimaklumi: %(clock)s", clock=name)
    return Event(one.at, title, one.payload["reason"], who, "check")


def _nudged(_house: House, one: Happened, who: str) -> Event:
    return Event(one.at, gettext("Pemegang kasus diingatkan"), "", who, "message")


def _missed(house: House, one: Happened, who: str) -> Event:
    name = words.clock_name(house.rulebook, one.payload["clock"])
    title = gettext("Tenggat terlewat: %(clock)s", clock=name)
    return Event(one.at, title, "", who, "clock", "am")


def _reminded(_house: House, one: Happened, who: str) -> Event:
    used = words.word(words.USED, one.payload["used"])
    return Event(one.at, gettext("Pelapor diingatkan"), used, who, "message")


def _decided(_house: House, one: Happened, who: str) -> Event:
    ended = "confirmed" if one.payload["is_confirmed"] else "refused"
    return Event(one.at, words.word(words.ENDED, ended), "", who, "check")


def _merged(_house: House, one: Happened, who: str) -> Event:
    # Which case it is stands on the page itself, where it is asked who may see it.
    title = gettext("Digabung ke kasus utama")
    return Event(one.at, title, one.payload["reason"], who, "folder", "am")


def _parted(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Dipisahkan lagi dari kasus utama")
    return Event(one.at, title, one.payload["reason"], who, "folder", "am")


def _main_moved(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Kasus utama kini %(state)s", state=_state(one.payload["state"]))
    return Event(one.at, title, gettext("Pelapor kasus ini diberi tahu"), who, "check")


def _prioritised(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Prioritas menjadi %(priority)s", priority=one.payload["to_priority"])
    return Event(one.at, title, one.payload["reason"], who, "clock", "am")


def _tasked(_house: House, one: Happened, who: str) -> Event:
    name = words.word(words.TASKS, one.payload["kind"]) if one.payload["kind"] else ""
    return Event(one.at, gettext("Tugas ditambahkan"), name, who, "check")


def _turned(_house: House, one: Happened, who: str) -> Event:
    is_done = one.payload["is_done"]
    title = gettext("Tugas selesai") if is_done else gettext("Tugas dibuka lagi")
    return Event(one.at, title, "", who, "check", "ok" if is_done else "")


def _noted(_house: House, one: Happened, who: str) -> Event:
    title = gettext("Catatan unit nomor %(seq)s", seq=one.payload["seq"])
    return Event(one.at, title, "", who, "lock")


def _state(code: str) -> str:
    return words.states().get(code, code)


_TELLERS: dict[str, Teller] = {
    "case.opened": _opened,
    "case.routed": _routed,
    "case.moved": _moved,
    **REROUTING,
    "case.merged": _merged,
    "case.merge_undone": _parted,
    "case.main_moved": _main_moved,
    "case.move_reasoned": _reasoned,
    "case.read": _read,
    "letter.written": _written,
    "clock.breached": _breached,
    "clock.warned": _warned,
    "clock.missed": _missed,
    "case.escalated": _escalated,
    "case.escalation_ended": _line_changed,
    "clock.adjusted": _adjusted,
    "breach.excused": _excused,
    "holder.reminded": _nudged,
    "reporter.reminded": _reminded,
    "withdrawal.decided": _decided,
    "case.priority_changed": _prioritised,
    "task.added": _tasked,
    "task.turned": _turned,
    "note.written": _noted,
    **NAME_TELLERS,
}
