"""The sentences of a package: what its English catalogue must translate."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract

from shared.web.i18n import LANGUAGES

_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_l": None}


def sentences_in(root: Path) -> Catalog:
    """Every message id under `root`: gettext calls, templates, and refusals' docstrings."""
    catalogue = Catalog(locale=LANGUAGES[0].code, charset="utf-8")
    for path in sorted(root.rglob("*.html")):
        _gather(catalogue, path, "jinja2", root)
    for path in sorted(root.rglob("*.py")):
        _gather(catalogue, path, "python", root)
        for sentence in refusals_in(path.read_text(encoding="utf-8")):
            catalogue.add(sentence, locations=[(str(path.relative_to(root)), 0)])
    return catalogue


def _gather(catalogue: Catalog, path: Path, method: str, root: Path) -> None:
    with path.open("rb") as source:
        found = extract(method, source, _KEYWORDS, options={"trimmed": "true"})
        for _line, message, comments, context in found:
            location = [(str(path.relative_to(root)), 0)]
            catalogue.add(message, locations=location, auto_comments=comments, context=context)


def refusals_in(source: str) -> Iterator[str]:
    """The first paragraph of the docstring of every class with a `code = "…"`.

    pybabel finds no docstrings by itself, and a docstring cannot be wrapped in gettext().
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and _has_code(node) and (text := ast.get_docstring(node)):
            yield " ".join(inspect.cleandoc(text).split("\n\n", 1)[0].split())


def _has_code(node: ast.ClassDef) -> bool:
    return any(
        (isinstance(line, ast.Assign) and _is_code(line.targets[0], line.value))
        or (isinstance(line, ast.AnnAssign) and _is_code(line.target, line.value))
        for line in node.body
    )


def _is_code(target: ast.expr, value: ast.expr | None) -> bool:
    return (
        isinstance(target, ast.Name)
        and target.id == "code"
        and isinstance(value, ast.Constant)
        and isinstance(value.value, str)
    )
