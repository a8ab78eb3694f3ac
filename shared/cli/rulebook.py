"""`kentongan rulebook`: ask whether a set-up is sound, hand it on, take one over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from shared.cli.approving import Asked, NotPermitted, permit
from shared.cli.exits import REFUSED
from shared.runtime.settings import Settings, SettingsFault, a_path, setting

A_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def a_public_key(text: str) -> str:
    """32 bytes as 64 hexadecimal digits."""
    if len(bytes.fromhex(text)) != 32:
        raise ValueError("must be 64 hexadecimal digits")
    return text.lower()


@dataclass(frozen=True)
class RulebookSettings(Settings):
    """Which rules this installation lives by."""

    rulebook: Path | None = setting("KENTONGAN_RULEBOOK", a_path, default=None)
    approval_key: str | None = setting("KENTONGAN_APPROVAL_KEY", a_public_key, default=None)


@click.group()
def rulebook() -> None:
    """The units, services, clocks, calendar and prices this installation lives by.

    They are the tables in the folder KENTONGAN_RULEBOOK; when it is unset, those of this release.
    """


@rulebook.command()
@click.argument("folder", type=A_FOLDER, required=False)
def check(folder: Path | None) -> None:
    """Say whether the rules in FOLDER (or those in use) are sound; every fault on its own line.

    Exit code 3 when they are not: a unit nobody leads, a clock without a source, a region without
    any route, a cycle of parents.
    """
    from shared.rulebook.loading import DATA, read
    from shared.rulebook.soundness import check as faults_of

    with _reasons():
        found = read(folder or _in_use() or DATA)
        faults = faults_of(found)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise SystemExit(REFUSED)
    click.echo(
        f"sound: version {found.version}, {len(found.units.by_id)} units, "
        f"{len(found.services)} services, {len(found.clocks)} clocks, {len(found.tariffs)} prices"
    )


@rulebook.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the rules in use to FILE, for another regency to look at and copy.

    One zip archive of tables: no person, key or case is in it. The same rules give the same bytes.
    """
    from shared.rulebook.carrying import pack

    with _reasons():
        made = pack(_in_use(), file)
    click.echo(f"{file}: version {made.version}, digest {made.digest}")


@rulebook.command("import")
@click.argument("file", type=A_FILE)
@click.option("--approval", type=A_FILE, help="The approval from the desk's page of the proposal.")
@click.option("--emergency", metavar="REASON", help="Without approval; every desk will show it.")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def import_(file: Path, approval: Path | None, emergency: str | None, yes: bool) -> None:
    """Take over the rules in FILE: shows what changes, asks, then puts them in KENTONGAN_RULEBOOK.

    Rules that are not sound are refused whole, and so are rules two administrators have not
    approved, unless they are the first of a new installation. The old tables stay beside the
    folder, with `.old` at its name's end. Services read their rules when they start: restart them
    afterwards, and each records which version it began to live by.
    """
    from shared.rulebook.carrying import digest_of, put, unpacked
    from shared.rulebook.changes import changes
    from shared.rulebook.loading import DATA, try_out

    target = _in_use(must_exist=False)
    if target is None:
        raise click.UsageError("set KENTONGAN_RULEBOOK to the folder that is to hold the rules")
    asked = Asked(approval, emergency, _settings().approval_key, not target.exists())
    in_force = DATA if asked.is_first else target
    with _reasons(), unpacked(file) as folder:
        found = changes(in_force, folder)
        for change in found:
            click.echo(str(change))
        if not found and not asked.is_first:
            click.echo("nothing changes")
            return
        note = permit(asked, digest_of(folder), digest_of(in_force))
        told = [note["way"], *filter(None, (note.get("people"), note["reason"]))]
        click.echo(f"digest {digest_of(folder)}\n{': '.join(told)}")
        if not yes:
            click.confirm(f"{len(found)} changes. Put them in {target}?", abort=True)
        put(folder, target, note)
        click.echo(f"{target}: version {try_out(folder).version}; restart the services")


def _settings() -> RulebookSettings:
    try:
        return RulebookSettings.read(os.environ)
    except SettingsFault as fault:
        raise click.UsageError(str(fault)) from fault


def _in_use(*, must_exist: bool = True) -> Path | None:
    folder = _settings().rulebook
    if folder and must_exist and not folder.is_dir():
        raise click.UsageError(f"KENTONGAN_RULEBOOK: there is no folder {folder}")
    return folder


@contextmanager
def _reasons() -> Iterator[None]:
    """Say in one line why a rulebook cannot be used."""
    from shared.rulebook.reading import BrokenRulebook

    try:
        yield
    except NotPermitted as fault:
        click.echo(f"refused: {fault}", err=True)
        raise SystemExit(REFUSED) from fault
    except BrokenRulebook as fault:
        for line in str(fault).split("; "):
            click.echo(f"refused: {line}", err=True)
        raise SystemExit(REFUSED) from fault
