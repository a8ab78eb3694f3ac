"""The documents speak of what is there: tests, numbers and commands."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path("docs")
_TEST = re.compile(r"`(test_[a-z0-9_]+)`")


def test_every_test_the_threat_model_names_exists() -> None:
    sources = "\n".join(path.read_text() for path in Path("tests").rglob("test_*.py"))
    named = set(_TEST.findall((DOCS / "threat-model.md").read_text()))

    missing = sorted(name for name in named if f"def {name}(" not in sources)

    assert named
    assert missing == []


def test_every_alarm_has_its_page_in_the_runbook() -> None:
    runbook = (DOCS / "runbook.md").read_text()
    shown = set()
    for source in [*Path("services").rglob("*.py"), Path("shared/service/road.py")]:
        text = source.read_text()
        if "gauges" in text.lower():
            shown |= set(
                re.findall(
                    r'"([a-z]+_[a-z_]*(?:seconds|facts|messages|clocks|proofs|sendings|openings))":',
                    text,
                )
            )

    missing = sorted(name for name in shown if f"kentongan_{name}" not in runbook)

    assert shown
    assert missing == []


def test_the_map_is_short_and_names_files_that_exist() -> None:
    text = (DOCS / "ARCHITECTURE.md").read_text()
    paths = re.findall(r"`((?:services|shared|client|tests|docs)/[\w./-]+)`", text)

    assert len(text.splitlines()) <= 150
    assert [path for path in paths if not Path(path).exists()] == []


def test_every_section_of_the_domain_that_code_cites_can_be_read() -> None:
    sections = set(re.findall(r"^## (.+)$", (DOCS / "domain.md").read_text(), re.MULTILINE))
    cited = {
        section
        for folder in ("services", "shared", "client", "tests")
        for path in Path(folder).rglob("*")
        if path.suffix in {".py", ".toml"}
        for section in re.findall(r"domain\.md, ([A-Z][a-z]+(?: [a-z]+)*)", path.read_text())
    }

    assert cited
    assert cited - sections == set()
