"""A road between browser and server that can swallow answers."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class CuttingProxy:
    """Passes bytes to `url`; while `cuts` > 0 an answer to a POST is dropped and the line cut.

    The request has reached the server whole and was answered: only the asker never learns it.
    """

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._server = (place.hostname or "", place.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.cuts = 0
        self.swallowed: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Take no more calls."""
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                asker, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(asker,), daemon=True).start()

    def _carry(self, asker: socket.socket) -> None:
        with asker, socket.create_connection(self._server) as server:
            posted = threading.Event()
            threading.Thread(target=_ask, args=(asker, server, posted), daemon=True).start()
            with contextlib.suppress(OSError):
                while answer := server.recv(65536):
                    if posted.is_set() and self.cuts > 0:
                        self.cuts -= 1
                        self.swallowed.append(answer)
                        asker.shutdown(socket.SHUT_RDWR)
                        return
                    posted.clear()
                    asker.sendall(answer)


def _ask(asker: socket.socket, server: socket.socket, posted: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while asked := asker.recv(65536):
            if asked.startswith(b"POST "):
                posted.set()
            server.sendall(asked)
    with contextlib.suppress(OSError):
        server.shutdown(socket.SHUT_WR)
