"""marshmallow's fields, quick where a value is plainly right; every other goes marshmallow's way.

What a field says of itself to OpenAPI is marshmallow's; so is every refusal and its words. Only the
everyday case is short: reading one word took ten calls, and a complaint has thirty fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, missing, validate


class _Quick(fields.Field[Any]):
    """Answers for what is absent or plain, asks marshmallow otherwise."""

    def deserialize(
        self,
        value: Any,
        attr: str | None = None,
        data: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Any:
        """As marshmallow's."""
        if value is missing and not self.required:
            default = self.load_default
            return default() if callable(default) else default
        if self._is_plain(value):
            return value
        return super().deserialize(value, attr, data, **more)

    def _is_plain(self, value: Any) -> bool:
        """Whether reading and checking `value` would give it back as it is."""
        return False


class Word(_Quick, fields.String):
    """Text of `least` to `most` letters."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(validate=validate.Length(least, most), **more)
        self._least, self._most = least, most

    def _is_plain(self, value: Any) -> bool:
        return type(value) is str and self._least <= len(value) <= self._most


class OneOf(_Quick, fields.String):
    """One of a few words."""

    def __init__(self, words: list[str], **more: Any) -> None:
        super().__init__(validate=validate.OneOf(words), **more)
        self._words = frozenset(words)

    def _is_plain(self, value: Any) -> bool:
        return type(value) is str and value in self._words


class Count(_Quick, fields.Integer):
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **more)
        self._least, self._most = least, most

    def _is_plain(self, value: Any) -> bool:
        return type(value) is int and self._least <= value <= self._most


class Integer(_Quick, fields.Integer):
    """A whole number."""


class Instant(_Quick, fields.AwareDateTime):
    """A time with its zone."""


class Day(_Quick, fields.Date):
    """A date."""


class Many(_Quick, fields.List[Any]):
    """A list."""
