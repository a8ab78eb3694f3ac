"""Reads the rulebook's tables from TOML into frozen rows."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Row = TypeVar("Row")


class BrokenRulebook(Exception):
    """A data file cannot be used; the message names the file or table and what is wrong."""


def read_toml(path: Path) -> dict[str, Any]:
    """Raises BrokenRulebook when the file is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BrokenRulebook(f"{path.name}: {fault}") from fault


def rows_of(kind: type[Row], table: object, name: str) -> tuple[Row, ...]:
    """One `kind` a row, lists become tuples; raises BrokenRulebook on a wrong or missing key, or a
    value that is not of its field's type."""
    if not isinstance(table, list) or not table:
        raise BrokenRulebook(f"{name}: table is missing or empty")
    made, hints = [], get_type_hints(kind)
    for number, row in enumerate(table, start=1):
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
        try:
            made.append(kind(**values))
        except TypeError as fault:
            raise BrokenRulebook(f"{name}, row {number}: {fault}") from fault
        for key, value in values.items():
            if not _fits(value, hints[key]):
                raise BrokenRulebook(f"{name}, row {number}: {key} is of another kind: {value!r}")
    return tuple(made)


def keyed(rows: tuple[Row, ...], key: str, name: str) -> Mapping[str, Row]:
    """In file order; raises BrokenRulebook when a key stands twice."""
    found: dict[str, Row] = {}
    for row in rows:
        if getattr(row, key) in found:
            raise BrokenRulebook(f"{name}: {getattr(row, key)} stands twice")
        found[getattr(row, key)] = row
    return found


def _fits(value: object, hint: Any) -> bool:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in args)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(one, args[0]) for one in value)
    if origin is not None:
        return isinstance(value, origin)
    return isinstance(value, hint) and (hint is not int or not isinstance(value, bool))
