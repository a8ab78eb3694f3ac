"""The English catalogues: `check` names sentences without a translation, `update` adds them.

Pages are written in Indonesian; each package's own English lies in its .po, which the services
read at start-up. What shared/ has translated serves every service.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from shared.web.catalogue import sentences_in

_ROOT = Path(__file__).parents[1]
_PACKAGES = {
    "shared": (_ROOT / "shared", _ROOT / "shared/web/locale"),
    **{
        folder.name: (folder, folder / "locale")
        for folder in sorted((_ROOT / "services").iterdir())
        if (folder / "__init__.py").exists()
    },
}


# No dates and no names: two people who add a sentence each would meet in the same line.
_HEADER = rb"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def main(verb: str) -> int:
    """Returns the number of packages with a fault."""
    shared = _translated(_read(_file("shared")))
    return sum(_VERBS[verb](name, shared) for name in _PACKAGES)


def _check(name: str, shared: set[str]) -> bool:
    wanted = _ids(sentences_in(_PACKAGES[name][0]))
    stands = _read(_file(name))
    missing = sorted(wanted - _translated(stands) - (shared if name != "shared" else set()))
    unused = sorted(_ids(stands) - wanted)
    fuzzy = sorted(str(message.id) for message in stands if message.id and message.fuzzy)
    faults = (("no English", missing), ("said nowhere", unused), ("fuzzy", fuzzy))
    for what, sentences in faults:
        for sentence in sentences:
            sys.stderr.write(f"{name}: {what}: {sentence}\n")
    return any(sentences for _, sentences in faults)


def _update(name: str, shared: set[str]) -> bool:
    own, wanted = _read(_file(name)), sentences_in(_PACKAGES[name][0])
    kept = Catalog(locale="en", project="kentongan", charset="utf-8", fuzzy=False)
    for message in wanted:
        if not message.id or (name != "shared" and _key(message.id) in shared):
            continue
        stood = own.get(message.id, message.context)
        kept.add(
            message.id,
            stood.string if stood else "",
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    _file(name).parent.mkdir(parents=True, exist_ok=True)
    with _file(name).open("wb") as out:
        out.write(_HEADER)
        write_po(out, kept, width=0, sort_output=True, omit_header=True, include_lineno=False)
    return False


def _file(name: str) -> Path:
    return _PACKAGES[name][1] / "en" / "LC_MESSAGES" / f"{name}.po"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as source:
        return read_po(source, locale="en")


def _ids(catalogue: Catalog) -> set[str]:
    return {_key(message.id) for message in catalogue if message.id}


def _translated(catalogue: Catalog) -> set[str]:
    return {
        _key(message.id)
        for message in catalogue
        if message.id
        and (all(message.string) if isinstance(message.string, tuple) else message.string)
    }


def _key(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


_VERBS = {"check": _check, "update": _update}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
