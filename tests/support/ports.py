"""Free TCP ports on this machine."""

from __future__ import annotations

import random
import socket

_OFFSETS = (0, 50, 51, 100, 150, 151, 200, 250, 251, 300, 350, 351)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_port_base() -> int:
    """A PORT_BASE whose ports (desk +100, stop +200, ledger +300, private ones beside) are free."""
    for _ in range(200):
        base = random.randrange(10_000, 32_000)
        if all(_is_free(base + offset) for offset in _OFFSETS):
            return base
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
