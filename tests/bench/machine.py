"""The machine a figure was measured on, and what our processes take of it."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import psutil

from tests.support.postgres import PostgresCluster


def machine() -> dict[str, Any]:
    """Cores, load over 1, 5 and 15 minutes, memory and versions."""
    return {
        "at": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load": load(),
        "python": platform.python_version(),
        "postgresql": _postgresql(),
    }


def load() -> list[float]:
    """The load average over 1, 5 and 15 minutes."""
    return [round(one, 1) for one in os.getloadavg()]


def rss_mib(pid: int) -> list[float]:
    """Resident memory of a process and of each of its children."""
    parent = psutil.Process(pid)
    family = [parent, *parent.children(recursive=True)]
    return [round(one.memory_info().rss / 2**20, 1) for one in family]


def cpu_seconds(pid: int) -> float:
    """Processor time a process and its children have used so far."""
    parent = psutil.Process(pid)
    family = [parent, *parent.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in family)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _postgresql() -> str:
    programs = PostgresCluster.programs()
    if programs is None:
        return "none"
    words = [str(programs / "postgres"), "--version"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[2]
