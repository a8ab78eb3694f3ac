"""Canonical JSON (RFC 8785): the one spelling that digests and signatures are made over."""

from __future__ import annotations

import json

import rfc8785

_LARGEST = 2**53 - 1  # RFC 8785 §3.2.2.3: beyond it a number is no number of JavaScript
_spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(content: object) -> bytes:
    """The canonical bytes of `content`; ValueError for what has none.

    Ordinary content (no fractions, names in ASCII) is spelled by the standard library, ten times
    quicker: there its escapes and its order are those of the RFC (tests/unit/runtime).
    """
    if _is_ordinary(content):
        return _spell(content).encode()
    return rfc8785.dumps(content)  # type: ignore[arg-type]  # it checks what it is given


def _is_ordinary(value: object) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if isinstance(value, int):
        return kind is int and -_LARGEST <= value <= _LARGEST
    if isinstance(value, dict):
        return kind is dict and all(
            type(name) is str and name.isascii() and _is_ordinary(below)
            for name, below in value.items()
        )
    if isinstance(value, list | tuple):
        return kind in (list, tuple) and all(_is_ordinary(below) for below in value)
    return False
