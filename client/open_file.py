"""`kentongan open`: open an exported envelope where no network reaches."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from client.ending import ending, language_option, print_json
from client.printing import harmless
from shared.crypto import keeping, record, unseal
from shared.crypto.record import Header

_EXISTING = click.Path(exists=True, dir_okay=False, allow_dash=True)
_IDENTITY = "AGE-SECRET-KEY-"


@click.command("open", short_help="Open an exported envelope offline.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--key", "keys", required=True, multiple=True, help="A key file; may be repeated.")
@click.option(
    "--evidence",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the case's sealed evidence files; writes each one opened beside it.",
)
@click.option(
    "--name-to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the reporter's sealed name here, as it came; it is a file of its own.",
)
@click.option("--raw", is_flag=True, help="Write the decrypted bytes as they are.")
@click.option("--json", "as_json", is_flag=True, help='Print {"header", "body"}.')
@language_option
def open_file(
    file: str,
    keys: tuple[str, ...],
    evidence: Path | None,
    name_to: Path | None,
    raw: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Open an exported envelope on a machine that never touches the network.

    The key file holds one AGE-SECRET-KEY-PQ-1… a line; lines that start with # are skipped. "-"
    reads it from standard input. A sealed unit key (an age file) works as a key file when one of
    the other keys opens it: --key person.key --key unit.age

    A confidential reporter's name is not in the story: it is kept apart, for who keeps names and
    for oversight. --name-to writes that sealed file; `kentongan open` opens it with their keys.

    \b
    Examples
      kentongan open kasus-0042.age --key unit.key
      kentongan open kasus-0042.age --key rini.key --key unit-epoch-3.age --evidence bukti/
      kentongan open bukti.age --key sekali-pakai.key --raw > foto.jpg

    \b
    Exit codes
      0 opened    2 wrong usage    3 refused: wrong key, or no such envelope
    """
    sources = [_read_key(one) for one in keys]
    with ending(lang):
        sealed, identities = Path(file).read_bytes(), _identities(sources)
        if raw:
            click.echo(unseal.decrypt(sealed, identities), nl=False)
            return
        header, body = unseal.open_record(sealed, identities)
        if name_to is not None:
            name_to.write_bytes(keeping.read_kept(body.get("kept", "")))
        _tell(header, body, _open_evidence(header, evidence) if evidence else [], as_json=as_json)


def _tell(header: Header, body: dict[str, str], opened: list[Path], *, as_json: bool) -> None:
    if as_json:
        print_json({"header": asdict(header), "body": body})
        return
    click.echo(f"case      {harmless(header.case)}")
    click.echo(f"place     {header.kind}, {header.direction} {header.seq}")
    click.echo(f"prev      {header.prev or '-'}")
    click.echo(f"sealed to {harmless(header.unit)}, epoch {header.epoch}")
    for attachment in header.attachments:
        media = harmless(attachment.media)
        click.echo(f"evidence  {attachment.sha256}  {media}, {attachment.size} bytes")
    for path in opened:
        click.echo(f"opened    {path}")
    if body.pop("kept", ""):
        click.echo(
            "name      kept apart: only who keeps names and oversight open it; see --name-to"
        )
    if box := body.pop("box", ""):
        click.echo(f"answer to {harmless(box[:16])}…{harmless(box[-16:])}")
    for name, text in sorted(body.items()):
        click.echo(f"\n[{name}]\n{harmless(text)}")


def _open_evidence(header: Header, folder: Path) -> list[Path]:
    """Files are known by their SHA-256, whatever they are called."""
    wanted = {attachment.sha256: attachment for attachment in header.attachments}
    opened = []
    for path in sorted(folder.iterdir()):
        sealed = path.read_bytes() if path.is_file() else b""
        attachment = wanted.get(record.sha256_hex(sealed))
        if attachment is not None:
            target = folder / f"{attachment.name}.opened"
            target.write_bytes(unseal.open_attachment(sealed, attachment))
            opened.append(target)
    return opened


def _read_key(where: str) -> bytes:
    if where.startswith(_IDENTITY):
        raise click.BadParameter("give a file: other users can read arguments", param_hint="--key")
    _EXISTING.convert(where, None, None)
    with click.open_file(where, "rb") as source:
        content: bytes = source.read(1 << 20)
    return content


def _identities(sources: list[bytes]) -> list[str]:
    """Plain key files first; sealed ones are opened with what those hold."""
    plain = [source for source in sources if not source.startswith(b"age-encryption.org/")]
    identities = [identity for source in plain for identity in _listed(source)]
    for sealed in (source for source in sources if source not in plain):
        identities += _listed(unseal.decrypt(sealed, identities))
    return identities


def _listed(text: bytes) -> list[str]:
    lines = text.decode("ascii", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
