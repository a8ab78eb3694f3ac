"""What holds for every source file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT, sources

OURS = ("services", "shared", "client")
LONGEST = 250  # 200 is the aim (docs/CONTRIBUTING.md); a table of contracts may need more
CATCHES_ALL = {"shared/runtime/loop.py", "shared/messaging/consumer.py"}
FORBIDDEN_NAMES = {
    "utils", "util", "helpers", "helper", "common", "manager", "handler", "data", "info",
    "process", "misc",
}  # fmt: skip


def _may_read_environment(path: str) -> bool:
    return path in {
        "shared/cli/parked.py",
        "shared/cli/rulebook.py",
        "shared/supervise/command.py",
    } or Path(path).name in {
        "settings.py",
        "__main__.py",
    }


def _calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if getattr(called, "attr", getattr(called, "id", None)) == name:
                yield node


def test_imports_obey_the_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", "importlinter.ini", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_only_settings_read_the_environment() -> None:
    readers = {
        path
        for path, tree in sources(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv", "environb"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }

    assert {path for path in readers if not _may_read_environment(path)} == set()


def test_every_engine_hides_its_parameters() -> None:
    engines = [
        (path, call) for path, tree in sources(*OURS) for call in _calls(tree, "create_engine")
    ]

    assert engines
    for path, call in engines:
        hidden = [k for k in call.keywords if k.arg == "hide_parameters"]
        assert hidden, path
        assert ast.literal_eval(hidden[0].value) is True, path


def test_everything_is_caught_in_two_places_only() -> None:
    broad = {
        path
        for path, tree in sources(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(line, ast.Raise) and line.exc is None for line in node.body)
    }

    assert broad <= CATCHES_ALL


def test_no_file_is_longer_than_two_hundred_and_fifty_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for root in (*OURS, "tests", "scripts")
        for path in (ROOT / root).rglob("*.py")
        if "versions" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}


def test_names_say_what_they_are() -> None:
    vague = {
        str(path.relative_to(ROOT))
        for root in OURS
        for path in (ROOT / root).rglob("*.py")
        if path.stem in FORBIDDEN_NAMES
    }

    assert vague == set()


def test_every_module_opens_with_its_sentence() -> None:
    silent = {
        path
        for path, tree in sources(*OURS)
        if tree.body and not ast.get_docstring(tree) and "versions" not in path
    }

    assert silent == set()


def test_no_test_uses_a_mock_library() -> None:
    mocking = {
        path
        for path, tree in sources("tests")
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest.mock"))
        or (isinstance(node, ast.Import) and any("mock" in name.name for name in node.names))
    }

    assert mocking == set()


def test_every_template_is_free_of_inline_script_and_style() -> None:
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son(click|load|submit|change)=")
    found = {
        str(path.relative_to(ROOT))
        for root in OURS
        for path in (ROOT / root).rglob("templates/**/*.html")
        if inline.search(path.read_text(encoding="utf-8"))
    }

    assert found == set()


# Paths of icons, written in the template itself.
OWN_MARKUP = {"services/triage/templates/triage/ikon.html"}


def test_no_template_switches_escaping_off() -> None:
    raw = {
        str(path.relative_to(ROOT))
        for root in OURS
        for path in (ROOT / root).rglob("templates/**/*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text(encoding="utf-8"))
    }

    assert raw <= OWN_MARKUP


def test_every_sentence_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/catalogues.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("root", ["shared", "services"])
def test_import_does_nothing(root: str) -> None:
    """No module opens a connection, a file or a clock at its top level."""
    doing = {"connect", "create_engine", "open", "now", "utcnow", "read_text", "read_bytes"}
    found = {
        f"{path}:{line.lineno}"
        for path, tree in sources(root)
        for line in tree.body
        if not isinstance(line, ast.FunctionDef | ast.ClassDef | ast.If)
        for name in doing
        for _call in _calls(ast.Module(body=[line], type_ignores=[]), name)
    }

    assert found == set()
