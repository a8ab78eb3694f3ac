"""Templates compiled once a run: each application of a test would compile them anew."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Kept(BytecodeCache):
    """Keeps compiled templates in memory; a key stands for a file and what it says."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """As jinja2 asks."""
        if code := self._codes.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """As jinja2 asks."""
        self._codes[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


KEPT = _Kept()
