"""What differs between two rulebooks, in words and whole: whoever approves must see every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from shared.rulebook.carrying import unpacked
from shared.rulebook.changes import Change, Rows, changes

_ = lazy_gettext

TABLES: dict[str, Any] = {
    "units.toml unit": _("Unit"),
    "units.toml kind": _("Jenis unit"),
    "clocks.toml clock": _("Tenggat"),
    "calendar.toml": _("Kalender"),
    "calendar.toml override": _("Kalender: hari khusus"),
    "tariffs.csv": _("Tarif"),
    "services.toml service": _("Layanan"),
    "offices.toml office": _("Kantor"),
    "needs.toml need": _("Urusan"),
    "grades.toml grade": _("Nilai unit"),
    "doors.toml door": _("Pintu lain"),
    "search_words.toml means": _("Kata pencarian"),
    "search_words.toml money": _("Kata pencarian uang"),
    "search_words.toml service": _("Kata pencarian layanan"),
    "tariff_names.toml tariff": _("Nama tarif"),
    "tariff_names.toml unit": _("Satuan tarif"),
}
FIELDS: dict[str, Any] = {
    "name": _("Nama"),
    "name_en": _("Nama Inggris"),
    "kind": _("Jenis"),
    "region": _("Wilayah"),
    "parent": _("Di bawah"),
    "heads": _("Kepala"),
    "email": _("Alamat surel"),
    "oversees": _("Bidang"),
    "backs_up": _("Pengganti untuk"),
    "office": _("Kantornya sendiri"),
    "limits": _("Batas waktu"),
    "reopened": _("Batas waktu sesudah dibuka kembali"),
    "promised": _("Dijanjikan kepada pelapor"),
    "holder": _("Yang harus bertindak"),
    "cutoff_hour": _("Jam batas laporan"),
    "official_idr": _("Tarif resmi"),
    "legal_basis": _("Dasar hukum"),
    "source": _("Sumber"),
    "checked_on": _("Diperiksa"),
    "valid_from": _("Berlaku sejak"),
    "valid_until": _("Berlaku sampai"),
    "off": _("Libur"),
    "why": _("Sebab"),
    "day": _("Hari"),
}
_PLACES = {"parent", "region"}  # a unit whose place in the tree is another has moved


@dataclass(frozen=True)
class Line:
    """A field: what it is called, what it was, what it becomes ("" where it is not there)."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Row:
    """A row of a table; `kind` is `added`, `removed`, `moved` or `changed`."""

    kind: str
    key: str
    lines: list[Line]


@dataclass(frozen=True)
class Table:
    """The rows of a table that differ, those that are gone first."""

    name: str
    rows: list[Row]

    def count(self, kind: str) -> int:
        """How many rows are of this kind."""
        return sum(row.kind == kind for row in self.rows)


def differences(old: bytes, new: bytes) -> list[Table]:
    """Every table that differs between two packed rulebooks known to be sound; units first."""
    with unpacked(old, is_known=True) as before, unpacked(new, is_known=True) as after:
        found = changes(before, after)
    return tables_of(found)


def tables_of(found: Iterable[Change]) -> list[Table]:
    """The same changes, by table."""
    by_table: dict[str, list[Row]] = {}
    for change in found:
        by_table.setdefault(change.table, []).append(_row(change))
    order = list(TABLES)
    names = sorted(by_table, key=lambda n: (order.index(n) if n in order else len(order), n))
    return [Table(str(TABLES.get(n, n)), _sorted(by_table[n])) for n in names]


def _sorted(rows: Sequence[Row]) -> list[Row]:
    kinds = ("removed", "added", "moved", "changed")
    return sorted(rows, key=lambda row: kinds.index(row.kind))


def _row(change: Change) -> Row:
    before, after = change.before or {}, change.after or {}
    names = list(dict.fromkeys([*before, *after]))
    lines = [Line(str(FIELDS.get(n, n)), _said(before, n), _said(after, n)) for n in names]
    return Row(_kind(change, names), change.key, lines)


def _kind(change: Change, names: Sequence[str]) -> str:
    if change.before is None:
        return "added"
    if change.after is None:
        return "removed"
    is_unit = change.table == "units.toml unit"
    return "moved" if is_unit and _PLACES & {*names} else "changed"


def _said(row: Rows, name: str) -> str:
    """The whole value: what a page cut off could hide what two people approve."""
    if name not in row:
        return ""
    value = row[name]
    if isinstance(value, bool):
        return str(gettext("ya") if value else gettext("tidak"))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return _plain(value) or str(gettext("(kosong)"))


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    return str(value)
