"""Loads a rulebook; one from outside this release is refused unless it is sound."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from shared.rulebook.calendar import load_calendar
from shared.rulebook.clocks import load_clocks
from shared.rulebook.grades import load_grades
from shared.rulebook.names import load_names
from shared.rulebook.reading import BrokenRulebook
from shared.rulebook.regions import load_regions
from shared.rulebook.rulebook import Rulebook
from shared.rulebook.soundness import check
from shared.rulebook.tariffs import load_tariffs
from shared.rulebook.units import load_units
from shared.rulebook.vocabulary import load_vocabulary
from shared.rulebook.wording import WORDING_FILES, load_wording

DATA = Path(__file__).parent / "data"
FILES = (
    "calendar.toml",
    "clocks.toml",
    "codes.toml",
    "grades.toml",
    "names.toml",
    "needs.toml",
    "offices.toml",
    "services.toml",
    "tariffs.csv",
    "units.toml",
    *WORDING_FILES,
)


def load(folder: Path | str | None = None) -> Rulebook:
    """From `folder`, or the data this release came with (a test holds it sound).

    Read once a process. Raises BrokenRulebook listing every fault.
    """
    return _sound(read(Path(folder))) if folder else read(DATA)


def try_out(folder: Path) -> Rulebook:
    """As `load`, for tables a stranger may have written in a folder that is soon gone."""
    try:
        return _sound(_compose(folder))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as fault:
        raise BrokenRulebook(f"a value of another kind than it must be: {fault}") from fault
    except RecursionError as fault:
        raise BrokenRulebook("tables nested too deeply") from fault


@cache
def read(folder: Path) -> Rulebook:
    """As `load`, without asking whether it is sound."""
    return _compose(folder)


def _sound(rulebook: Rulebook) -> Rulebook:
    if faults := check(rulebook):
        raise BrokenRulebook("; ".join(str(fault) for fault in faults))
    return rulebook


def _compose(folder: Path) -> Rulebook:
    words = load_vocabulary(folder)
    return Rulebook(
        version=version_of(lambda name: (folder / name).read_bytes()),
        regions=load_regions(),
        needs=words.needs,
        services=words.services,
        offices=words.offices,
        codes=words.codes,
        units=load_units(folder),
        calendar=load_calendar(folder),
        clocks=load_clocks(folder),
        grades=load_grades(folder),
        names=load_names(folder),
        tariffs=load_tariffs(folder),
        wording=load_wording(folder),
    )


def version_of(content: Callable[[str], bytes]) -> str:
    """12 hex digits over every table; `content` gives a table's bytes by its name."""
    digest = sha256()
    for name in FILES:
        try:
            digest.update(sha256(content(name)).digest())
        except OSError as fault:
            raise BrokenRulebook(f"{name}: {fault}") from fault
    return digest.hexdigest()[:12]
