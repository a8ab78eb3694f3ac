"""Deliveries that wait for another try, unacknowledged; what was tried outlives a reconnect."""

from __future__ import annotations

from typing import Any

from shared.messaging.inbox import NotYet

DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0)
_NOT_YET_MORE = (8.0,) * 28


def message_id(message: Any) -> str:
    """The id of the fact a kombu message carries."""
    return str(message.properties.get("message_id"))


class Waiting:
    """`delays` are the seconds before each further try; NotYet gets four minutes of them."""

    def __init__(self, delays: tuple[float, ...]) -> None:
        self._delays = delays
        self._held: list[Any] = []
        # message id -> (tries that failed, when to try again)
        self._tries: dict[str, tuple[int, float]] = {}

    def knows(self, message: Any) -> bool:
        """Whether the message has waited before."""
        return message_id(message) in self._tries

    def hold(self, message: Any, until: float | None = None) -> None:
        """Keep the message until a monotonic time (None: until the one it was given before)."""
        id = message_id(message)
        tries, due = self._tries.get(id, (0, 0.0))
        self._tries[id] = (tries, due if until is None else until)
        self._held.append(message)

    def again(self, message: Any, fault: Exception, now: float) -> bool:
        """Hold the message for its next try; False when it has had them all."""
        delays = self._delays + (_NOT_YET_MORE if isinstance(fault, NotYet) else ())
        tries = self.tries(message)
        if tries >= len(delays):
            return False
        self._tries[message_id(message)] = (tries + 1, 0.0)
        self.hold(message, now + delays[tries])
        return True

    def tries(self, message: Any) -> int:
        """How many tries of the message have failed."""
        return self._tries.get(message_id(message), (0, 0.0))[0]

    def due(self, now: float) -> list[Any]:
        """Take out the messages whose time has come."""
        due: list[Any] = []
        later: list[Any] = []
        for message in self._held:
            # A second copy may have been acted on while this one waited.
            _, until = self._tries.get(message_id(message), (0, 0.0))
            (due if until <= now else later).append(message)
        self._held = later
        return due

    def done(self, message: Any) -> None:
        """Forget what was tried: the message is acted on or parked."""
        self._tries.pop(message_id(message), None)

    def let_go(self) -> None:
        """The carrier has taken back all that was held; the tries still count."""
        self._held.clear()
