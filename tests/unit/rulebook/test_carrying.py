"""A set-up travels as one file, whole or not at all, and a person reads what changes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from shared.cli import main
from shared.rulebook.carrying import MANIFEST, pack, put, unpacked
from shared.rulebook.changes import changes
from shared.rulebook.loading import DATA, FILES, load
from shared.rulebook.reading import BrokenRulebook


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The shipped tables in a folder that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "ours"))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    pack(None, tmp_path / "rules")
    return tmp_path / "rules"


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def _repacked(source: Path, target: Path, contents: dict[str, bytes]) -> Path:
    """`source` with other contents under the same manifest."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        held = {name: old.read(name) for name in old.namelist()} | contents
        for name, content in held.items():
            new.writestr(name, content)
    return target


def test_what_is_packed_is_what_is_unpacked(packed: Path) -> None:
    with unpacked(packed) as folder:
        assert changes(DATA, folder) == []
        assert load(folder).version == load().version


def test_the_same_rules_give_the_same_bytes(packed: Path, ours: Path, tmp_path: Path) -> None:
    pack(ours, tmp_path / "again")

    assert (tmp_path / "again").read_bytes() == packed.read_bytes()


def test_unsound_rules_are_not_handed_on(ours: Path, tmp_path: Path) -> None:
    _edit(ours, "units.toml", 'parent = "meja-nasional"', 'parent = "nobody"')

    with pytest.raises(BrokenRulebook, match="unknown parent nobody"):
        pack(ours, tmp_path / "rules")

    assert not (tmp_path / "rules").exists()


@pytest.mark.parametrize(
    "contents",
    [
        {"calendar.toml": b"cutoff_hour = 3\n"},
        {"../evil.toml": b""},
        {"more.toml": b""},
        {MANIFEST: b"{}"},
        {MANIFEST: b"not json"},
        {"units.toml": b" " * (5 << 20)},
    ],
    ids=["changed table", "path outside", "foreign name", "empty", "not JSON", "too large"],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    packed: Path, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    bad = _repacked(packed, tmp_path / "bad", contents)

    with pytest.raises(BrokenRulebook), unpacked(bad):
        pytest.fail("it was unpacked")


def test_a_file_cut_short_is_refused(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(packed.read_bytes()[:-400])

    with pytest.raises(BrokenRulebook), unpacked(tmp_path / "cut"):
        pytest.fail("it was unpacked")


def test_a_file_that_wants_a_password_is_refused(packed: Path, tmp_path: Path) -> None:
    content = bytearray(packed.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[6] |= 1  # general purpose bit 0, in the local header and in the directory
    content[central + 8] |= 1
    (tmp_path / "locked").write_bytes(content)

    with pytest.raises(BrokenRulebook), unpacked(tmp_path / "locked"):
        pytest.fail("it was unpacked")


def test_a_file_of_which_a_byte_has_rotted_is_refused(packed: Path, tmp_path: Path) -> None:
    content = bytearray(packed.read_bytes())
    content[content.index(b"calendar.toml") + 20] ^= 0xFF
    (tmp_path / "rotten").write_bytes(content)

    with pytest.raises(BrokenRulebook), unpacked(tmp_path / "rotten"):
        pytest.fail("it was unpacked")


def test_changes_name_the_row_and_what_it_was(ours: Path) -> None:
    _edit(ours, "calendar.toml", "cutoff_hour = 16", "cutoff_hour = 15")
    _edit(ours, "clocks.toml", 'P2 = "1wd"', 'P2 = "2wd"')
    _edit(ours, "tariffs.csv", "sim-1,", "sim-99,")

    told = [str(change) for change in changes(DATA, ours)]

    assert told[0] == "~ calendar.toml: cutoff_hour: 16 -> 15"
    assert told[1].startswith("~ clocks.toml clock verify: limits: {'P1': '4h', 'P2': '1wd'")
    assert [line[:22] for line in told[2:]] == ["- tariffs.csv sim-1: i", "+ tariffs.csv sim-99: "]


def test_the_old_tables_stay_beside_the_new_ones(ours: Path) -> None:
    put(DATA, ours)
    _edit(ours, "calendar.toml", "cutoff_hour = 16", "cutoff_hour = 15")
    put(DATA, ours)

    assert sorted(p.name for p in ours.iterdir()) == sorted(FILES)
    assert "15" in (ours.with_name("ours.old") / "calendar.toml").read_text("utf-8")


def test_an_operator_sees_the_changes_before_they_apply(packed: Path, ours: Path) -> None:
    _edit(ours, "calendar.toml", "cutoff_hour = 16", "cutoff_hour = 15")
    asked = ["rulebook", "import", str(packed), "--emergency", "SKB baru berlaku malam ini"]
    environment = {"KENTONGAN_RULEBOOK": str(ours)}

    refused = CliRunner().invoke(main, asked, input="n\n", env=environment)
    still = (ours / "calendar.toml").read_text("utf-8")
    applied = CliRunner().invoke(main, asked, input="y\n", env=environment)

    assert "~ calendar.toml: cutoff_hour: 15 -> 16" in refused.output
    assert "cutoff_hour = 15" in still
    assert applied.exit_code == 0
    assert changes(DATA, ours) == []
