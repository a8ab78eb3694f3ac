"""Bring the .po files up to the sentences in the code: `scripts/catalogues.py [DOMAIN …]`.

New sentences are added empty, those gone are dropped, nothing is guessed. Prints what still waits
for a translation and exits 1 if anything does. `scripts/catalogues.py check` writes nothing.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from shared.web.catalogue import sentences_in  # noqa: E402
from shared.web.i18n import LANGUAGES  # noqa: E402


def homes() -> dict[str, tuple[Path, Path]]:
    """domain → (folder of the code, folder of its catalogues)."""
    found = {"shared": (ROOT / "shared", ROOT / "shared/web/locale")}
    for folder in sorted((ROOT / "services").iterdir()):
        if (folder / "service.py").exists():
            found[folder.name] = (folder, folder / "locale")
    return found


def _head(catalogue: Catalog) -> None:
    catalogue.header_comment = "# The source sentences are Indonesian."
    catalogue.fuzzy = False
    catalogue.copyright_holder = catalogue.msgid_bugs_address = catalogue.last_translator = ""
    catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 21, tzinfo=UTC)


def renewed(domain: str, code: Path, language: str, path: Path) -> Catalog:
    """The catalogue as it should be, with the translations it has."""
    catalogue = Catalog(locale=language, domain=domain, project="kentongan")
    if path.exists():
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language, domain=domain)
    catalogue.update(sentences_in(code), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    _head(catalogue)
    return catalogue


def main(arguments: list[str]) -> int:
    wanted = {argument for argument in arguments if argument != "check"}
    waiting = 0
    for domain, (code, locale) in homes().items():
        if wanted and domain not in wanted:
            continue
        for language in LANGUAGES[1:]:
            path = locale / language.code / "LC_MESSAGES" / f"{domain}.po"
            catalogue = renewed(domain, code, language.code, path)
            if "check" not in arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as target:
                    write_po(target, catalogue, width=98, sort_output=True)
            untold = [m.id for m in catalogue if m.id and not (m.string and all(m.string))]
            waiting += len(untold)
            for sentence in untold:
                print(f"{domain}.{language.code}: {sentence}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
