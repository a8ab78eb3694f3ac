"""A name from the command line: kept apart when it is sent, and told when it is asked for."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

from shared.contracts.names import NameAnswered, NameAsked
from shared.crypto import receipt, unseal
from shared.crypto.keeping import read_kept
from tests.service.client.conftest import Site
from tests.service.client.test_commands import file_report, look, only_complaint
from tests.service.complaints.world import DEPLOYMENT, KEEPER_IDENTITY, UNIT_IDENTITY


def test_a_name_is_kept_apart_and_the_mailbox_prints_who_asked_for_it(
    site: Site, tmp_path: Path
) -> None:
    (tmp_path / "nama.txt").write_text("KENARI-NAMA Sri\n", encoding="utf-8")
    (tmp_path / "cerita.txt").write_text("Diminta uang di loket", encoding="utf-8")
    name = ["--name-file", str(tmp_path / "nama.txt"), "--json"]
    done = file_report(site, tmp_path / "cerita.txt", *name)
    code = json.loads(done.stdout)["receipt"]
    case = only_complaint(site).case
    why = {"purpose": "testimony", "basis": "consent", "desk": "propam", "keeper": "penjaga_nama"}
    site.world.hear(NameAsked(1, **why, due_on=date(2026, 11, 30)), case)
    agreed = NameAnswered(1, **why, answer="agreed", until=date(2026, 12, 1))
    site.world.hear(agreed, case)

    told, english = look(site, code).stdout, look(site, code, "--lang", "en").stdout

    sealed = base64.b64decode(look_json(site, code)["letters"][0]["envelope"])
    _, body = unseal.open_record(sealed, UNIT_IDENTITY)
    assert "KENARI-NAMA" not in str(body)
    assert unseal.open_record(read_kept(body["kept"]), KEEPER_IDENTITY)[1]["name"] == (
        "KENARI-NAMA Sri"
    )
    assert "nama Anda diminta" in told
    assert "tujuan: Meminta keterangan pelapor sebagai saksi" in told
    assert "dasar: Persetujuan pelapor, tertulis di kotak surat (UU 27/2022" in told
    assert "diminta: Propam Polri; dijaga: Penjaga nama" in told
    assert "your name was opened to the officer who asked" in english
    assert "until 01/12/2026" in english


def look_json(site: Site, code: str) -> dict[str, Any]:
    return dict(site.world.look(receipt.derive(code, DEPLOYMENT)))
