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
    """Walks without a call for every leaf: most of what is spelled is names and words."""
    kind = type(value)
    if kind is dict:
        for name, below in value.items():  # type: ignore[attr-defined]
            if type(name) is not str or not name.isascii():
                return False
            if type(below) is not str and below is not None and not _is_ordinary(below):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_ordinary, value))  # type: ignore[call-overload]
    if kind is int:
        return -_LARGEST <= value <= _LARGEST  # type: ignore[operator]
    return kind is str or kind is bool or value is None
