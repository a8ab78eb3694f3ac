"""The shipped data is sound, and unsound data is refused with its reason."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shared.rulebook import Rulebook, load
from shared.rulebook.loading import DATA, read
from shared.rulebook.reading import BrokenRulebook
from shared.rulebook.soundness import check
from shared.rulebook.units import Unit, Units

RULEBOOK = load()


def test_the_shipped_rulebook_is_sound() -> None:
    assert check(RULEBOOK) == []


def test_there_are_twelve_needs() -> None:
    assert len(RULEBOOK.needs) == 12


def _with_unit(id: str, **change: object) -> Rulebook:
    units = dict(RULEBOOK.units.by_id)
    units[id] = replace(units[id], **change)  # type: ignore[arg-type]
    return _with_units(units)


def _with_units(units: dict[str, Unit]) -> Rulebook:
    return replace(RULEBOOK, units=Units(RULEBOOK.units.kinds, units, units["meja-nasional"]))


def _cycle() -> Rulebook:
    units = dict(RULEBOOK.units.by_id)
    units["jamwas"] = replace(units["jamwas"], parent="bawas-ma")
    units["bawas-ma"] = replace(units["bawas-ma"], parent="jamwas")
    return _with_units(units)


def _sector_without_unit() -> Rulebook:
    units = {id: replace(unit, backs_up=()) for id, unit in RULEBOOK.units.by_id.items()}
    return _with_units({id: unit for id, unit in units.items() if id != "bawas-ma"})


def _only_local_ombudsmen() -> Rulebook:
    units = {
        id: replace(unit, oversees=tuple(s for s in unit.oversees if s != "peradilan"))
        for id, unit in RULEBOOK.units.by_id.items()
        if id != "ombudsman-ri"
    }
    units = {
        id: replace(unit, parent="meja-nasional") if unit.parent == "ombudsman-ri" else unit
        for id, unit in units.items()
    }
    units["jamwas"] = replace(units["jamwas"], backs_up=("tidak_tahu",))
    return _with_units(units)


def _clock(**change: object) -> Rulebook:
    rule = replace(RULEBOOK.clocks["verify"], **change)  # type: ignore[arg-type]
    return replace(RULEBOOK, clocks={**RULEBOOK.clocks, "verify": rule})


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (_cycle, "a cycle"),
        (lambda: _with_unit("jamwas", parent=""), "unknown parent (none)"),
        (lambda: _with_unit("jamwas", parent="hantu"), "unknown parent hantu"),
        (lambda: _with_unit("jamwas", kind="hantu"), "unknown kind"),
        (lambda: _with_unit("jamwas", region="99"), "unknown region"),
        (lambda: _with_unit("jamwas", heads=()), "no head"),
        (lambda: _with_unit("jamwas", oversees=("sihir",)), "no office belongs to sector"),
        (lambda: _with_unit("inspektorat-cianjur", parent="inspektorat-ntt"), "does not contain"),
        (_sector_without_unit, "no national unit takes it"),
        (_only_local_ombudsmen, "no national unit takes it"),
        (lambda: _clock(source=""), "no source"),
        (lambda: _clock(limits={"all": "soon"}), "is not like"),
        (lambda: _clock(limits={"all": ""}), "no limit"),
        (lambda: _clock(limits={"P9": "3wd"}), "unknown urgency"),
        (lambda: _clock(starts_in=("closed",)), "does not run in"),
        (lambda: _clock(pauses_in=("verifying",)), "runs and pauses"),
    ],
)
def test_an_unsound_rulebook_is_refused(make: Callable[[], Rulebook], what: str) -> None:
    assert any(what in str(fault) for fault in check(make()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "rules")
    return tmp_path / "rules"


def test_a_copy_of_the_data_loads_as_the_same_version(folder: Path) -> None:
    assert load(folder).version == RULEBOOK.version


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("units.toml", 'parent = "ombudsman-ri"', 'parent = "hantu"'),
        ("units.toml", 'id = "jamwas"', 'id = "bawas-ma"'),
        ("units.toml", 'kind = "desk_nasional"', 'kind = "ombudsman"'),
        (
            "clocks.toml",
            'source = "Keputusan kami (docs/domain.md, Lifecycle), belum berdasar hukum"',
            'source = ""',
        ),
        ("clocks.toml", "[[clock]]", "[[clock"),
        ("services.toml", 'need = "penduduk"', 'need = "sihir"'),
        ("services.toml", "essential = true\n", ""),
        ("offices.toml", "small = true", "kecil = true"),
        ("tariffs.csv", ",reported", ",maybe"),
        ("tariffs.csv", "120000", "banyak"),
        ("codes.toml", "timing = [", "time = ["),
        ("calendar.toml", "cutoff_hour = 16", "cutoff_hour = 61"),
        ("tariff_names.toml", 'code = "sim-5"', 'code = "sim-55"'),
        ("tariff_names.toml", 'common = ["kependudukan-1"', 'common = ["sim-5"'),
        ("tariff_names.toml", 'code = "per pasang"', 'code = "per lusin"'),
        (
            "tariff_names.toml",
            'name_en = "Renew licence A (car)"',
            'name_en = "A"\nnote = "80.000"',
        ),
        ("tariff_names.toml", 'instead = "Dihitung"', 'instead = ""'),
        ("search_words.toml", 'filler = ["berapa"', "filler = [1"),
        ("search_words.toml", 'code = "pertanahan"', 'code = "sihir"'),
        ("doors.toml", 'by = "Telepon 198"', 'via = "Telepon 198"'),
    ],
)
def test_a_damaged_file_is_refused(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(BrokenRulebook):
        load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "clocks.toml").unlink()

    with pytest.raises(BrokenRulebook, match=r"clocks\.toml"):
        read(folder)
