"""What every suite gets: its servers as fixtures, and an honest word on what did not run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.support.fixtures"]

_SKIPPED: pytest.StashKey[Counter[str]] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SKIPPED] = Counter()
    config.pluginmanager.register(_Skipped(config.stash[_SKIPPED]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the suites from the quickest to the slowest."""
    order = ["unit", "architecture", "crypto", "service", "system", "browser", "chaos", "bench"]
    items.sort(key=lambda item: order.index(s) if (s := _suite(item.nodeid)) in order else 3)


class _Skipped:
    """Counts what was skipped, by suite; reports of other processes come by here as well."""

    def __init__(self, counted: Counter[str]) -> None:
        self._counted = counted

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """An expected failure is no skip."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._counted[_suite(report.nodeid)] += 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a suite that did not run is a failure, not a remark."""
    if session.config.stash[_SKIPPED] and os.environ.get("CI") == "true" and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Iterator[None]:
    """Name what did not run on the last lines, below every other section."""
    yield
    skipped = config.stash[_SKIPPED]
    if not skipped:
        return
    verdict = (
        "a failure with CI=true" if os.environ.get("CI") == "true" else "see the reasons above"
    )
    terminalreporter.section("suites that did not run whole", red=True)
    for suite, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{suite}: {count} skipped ({verdict})", red=True)


def _suite(nodeid: str) -> str:
    """`tests/<suite>/…` → suite."""
    parts = nodeid.split("::")[0].split("/")
    return parts[1] if len(parts) > 2 else "tests"
