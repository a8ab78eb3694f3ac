"""Who may do what to which case: every route of the desk, every role, three kinds of case.

A new route stands here or this suite is red.
"""

from __future__ import annotations

import re

import pytest

from tests.service.triage.admin_routes import ADMIN_ROUTES
from tests.service.triage.desk import OTHER_UNIT, Browser, Desk

ROLES = ("nobody", "investigator", "supervisor", "excluded", "foreign")
PERSONS = {"investigator": "rani", "supervisor": "bagus", "excluded": "tirta", "foreign": "sari",
           "officer": "nila", "auditor": "kirana", "administrator": "laras"}  # fmt: skip

# Route → answers to ROLES for a case of the unit "inspektorat-kota-palembang". 303 leads to
# /masuk; `excluded` is an investigator of that unit with ties to a unit the reporter named.
CASE_ROUTES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/kasus/<number>"): (303, 200, 200, 404, 404),
    ("GET", "/kasus/<number>/pindah"): (303, 200, 200, 404, 404),
    ("POST", "/kasus/<number>/pindah"): (303, 422, 422, 404, 404),
    ("GET", "/kasus/<number>/gabung"): (303, 200, 200, 404, 404),
    ("POST", "/kasus/<number>/gabung"): (303, 409, 409, 404, 404),
    ("GET", "/kasus/<number>/pisah"): (303, 409, 409, 404, 404),
    ("POST", "/kasus/<number>/pisah"): (303, 409, 409, 404, 404),
    ("GET", "/kasus/<number>/alih"): (303, 403, 200, 403, 403),
    ("POST", "/kasus/<number>/alih"): (303, 403, 409, 403, 403),
    ("GET", "/kasus/<number>/alih/setuju"): (303, 409, 409, 404, 404),
    ("POST", "/kasus/<number>/alih/setuju"): (303, 409, 409, 404, 404),
    ("GET", "/kasus/<number>/alih/bekal"): (303, 200, 403, 404, 404),
    ("POST", "/kasus/<number>/alih/bekal"): (303, 422, 403, 404, 404),
    ("GET", "/kasus/<number>/alih/bekal/bahan/<unit>"): (303, 422, 403, 404, 404),
    ("POST", "/kasus/<number>/alih/bekal/tarik"): (303, 409, 403, 404, 404),
    ("GET", "/kasus/<number>/bungkus-ulang"): (303, 200, 403, 404, 404),
    ("POST", "/kasus/<number>/bungkus-ulang"): (303, 303, 403, 404, 404),
    ("GET", "/kasus/<number>/palsu"): (303, 409, 409, 404, 404),
    ("POST", "/kasus/<number>/palsu"): (303, 409, 409, 404, 404),
    ("GET", "/kasus/<number>/surat"): (303, 200, 403, 404, 404),
    ("POST", "/kasus/<number>/surat"): (303, 422, 403, 404, 404),
    ("GET", "/kasus/<number>/catatan"): (303, 200, 403, 404, 404),
    ("POST", "/kasus/<number>/catatan"): (303, 422, 403, 404, 404),
    ("GET", "/kasus/<number>/catatan/<int:seq>"): (303, 404, 403, 404, 404),
    ("GET", "/kasus/<number>/prioritas"): (303, 200, 200, 404, 404),
    ("POST", "/kasus/<number>/prioritas"): (303, 422, 422, 404, 404),
    ("GET", "/kasus/<number>/tugas"): (303, 200, 200, 404, 404),
    ("POST", "/kasus/<number>/tugas"): (303, 422, 422, 404, 404),
    ("POST", "/kasus/<number>/tugas/<int:seq>/<any(selesai,buka):what>"): (303, *[404] * 4),
    ("GET", "/kasus/<number>/alasan-terlambat"): (303, 403, 409, 403, 403),
    ("POST", "/kasus/<number>/alasan-terlambat"): (303, 403, 409, 403, 403),
    ("POST", "/kasus/<number>/ingatkan"): (303, 403, 409, 403, 403),
    ("GET", "/kasus/<number>/cabut"): (303, 403, 409, 403, 403),
    ("POST", "/kasus/<number>/cabut"): (303, 403, 409, 403, 403),
    ("GET", "/kasus/<number>/kunci"): (303, 200, 403, 404, 404),
    ("GET", "/kasus/<number>/amplop"): (303, 200, 403, 404, 404),
    ("GET", "/kasus/<number>/amplop/<any(in,out):direction>/<int:seq>"): (303, 200, 403, 404, 404),
    ("GET", "/kasus/<number>/bukti/<sha256>"): (303, 404, 403, 404, 404),
    ("GET", "/jejak/<number>"): (303, 403, 403, 403, 403),
    ("GET", "/jejak/<number>/buka-kembali"): (303, 403, 403, 403, 403),
    ("POST", "/jejak/<number>/buka-kembali"): (303, 403, 403, 403, 403),
    ("GET", "/kasus/<number>/identitas"): (303, 200, 403, 404, 404),
    ("POST", "/kasus/<number>/identitas"): (303, 422, 403, 404, 404),
    ("GET", "/kasus/<number>/identitas/naskah"): (303, 404, 403, 404, 404),
    ("GET", "/nama/<number>"): (303, 404, 403, 404, 404),
    ("POST", "/nama/<number>"): (303, 404, 403, 404, 404),
    ("GET", "/nama/<number>/kunci"): (303, 404, 403, 404, 404),
    ("GET", "/nama/<number>/naskah"): (303, 404, 403, 404, 404),
}
OTHER_ROUTES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/nama"): (303, 200, 403, 200, 200),
    ("GET", "/"): (303, 200, 200, 200, 200),
    ("GET", "/antrean.<any(csv,xlsx):extension>"): (303, 200, 200, 200, 200),
    ("GET", "/berkas"): (303, 200, 200, 200, 200),
    ("GET", "/tampilan"): (303, 200, 200, 200, 200),
    ("POST", "/tampilan"): (303, 422, 422, 422, 422),
    ("POST", "/tampilan/<uuid:id>/hapus"): (303, 404, 404, 404, 404),
    ("POST", "/tampilan/<uuid:id>/pulih"): (303, 404, 404, 404, 404),
    ("POST", "/pintasan"): (303, 303, 303, 303, 303),
    ("GET", "/aturan"): (303, 200, 200, 200, 200),
    ("GET", "/aturan/unit"): (303, 200, 200, 200, 200),
    ("GET", "/aturan/unit/<unit>"): (303, 422, 422, 422, 422),  # no unit is called that
    ("GET", "/papan"): (303, 403, 200, 403, 403),
    ("GET", "/papan/laporan.pdf"): (303, 403, 200, 403, 403),
    ("GET", "/naik"): (303, 403, 200, 403, 403),
    ("GET", "/piket"): (303, 200, 200, 200, 200),
    ("POST", "/piket"): (303, 403, 422, 403, 403),
    ("POST", "/piket/<uuid:id>/hapus"): (303, 403, 404, 403, 403),
    ("POST", "/piket/<uuid:id>/pulih"): (303, 403, 404, 403, 403),
    ("GET", "/jejak"): (303, 403, 403, 403, 403),
    ("GET", "/cuplikan"): (303, 403, 403, 403, 403),
    ("GET", "/jejak.<any(csv,xlsx):extension>"): (303, 403, 403, 403, 403),
    ("GET", "/masuk"): (200, 200, 200, 200, 200),
    ("POST", "/masuk"): (422, 422, 422, 422, 422),
    ("GET", "/masuk/tantangan"): (200, 200, 200, 200, 200),
    ("POST", "/keluar"): (303, 303, 303, 303, 303),
}
# Pages about people and keys: the ROLES, then a key officer of the unit. <name> is the excluded
# person: a colleague. A key officer enters no page of CASE_ROUTES and OTHER_ROUTES but these.
STAFF_ROUTES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/orang"): (303, 200, 200, 200, 200, 200),
    ("GET", "/orang/undang"): (303, 403, 403, 403, 403, 200),
    ("POST", "/orang/undang"): (303, 403, 403, 403, 403, 422),
    ("GET", "/orang/<name>"): (303, 403, 403, 403, 403, 200),
    ("POST", "/orang/<name>/peran"): (303, 403, 403, 403, 403, 422),
    ("POST", "/orang/<name>/cabut"): (303, 403, 403, 403, 403, 422),
    ("GET", "/undangan/<token>"): (404, 404, 404, 404, 404, 404),
    ("POST", "/undangan/<token>"): (404, 404, 404, 404, 404, 404),
    ("GET", "/kunci-unit"): (303, 200, 403, 200, 200, 403),
    ("GET", "/kunci-unit/bahan"): (303, 200, 403, 200, 200, 403),
    ("POST", "/kunci-unit"): (303, 422, 403, 422, 422, 403),
    ("POST", "/orang/<name>/ulang"): (303, 403, 403, 403, 403, 422),
    ("POST", "/orang/<name>/ulang/setuju"): (303, 403, 403, 403, 403, 409),
    ("POST", "/orang/<name>/ulang/batal"): (303, 403, 403, 403, 403, 409),
    ("GET", "/akun/kode"): (303, 200, 200, 200, 200, 200),
    ("GET", "/akun/kode/gambar"): (303, 404, 404, 404, 404, 404),
    ("POST", "/akun/kode/mulai"): (303, 422, 422, 422, 422, 422),
    ("POST", "/akun/kode/pasang"): (303, 409, 409, 409, 409, 409),
    ("POST", "/akun/kode/lepas"): (303, 409, 409, 409, 409, 409),
    ("GET", "/akun"): (303, 200, 200, 200, 200, 200),
    ("GET", "/akun/kunci"): (303, 200, 200, 200, 200, 200),
    ("POST", "/akun/sandi"): (303, 422, 422, 422, 422, 422),
    ("POST", "/akun/surel"): (303, 422, 422, 422, 422, 422),
    ("POST", "/akun/surel/hapus"): (303, 303, 303, 303, 303, 303),
    ("GET", "/akun/kunci-sandi"): (303, 200, 200, 200, 200, 200),
    ("POST", "/akun/kunci-sandi"): (303, 422, 422, 422, 422, 422),
    ("GET", "/akun/kunci-sandi/tantangan"): (303, 200, 200, 200, 200, 200),
    ("GET", "/akun/kunci-sandi/bahan"): (303, 200, 200, 200, 200, 200),
    ("GET", "/akun/kunci-sandi/<uuid:id>/lepas"): (303, 404, 404, 404, 404, 404),
    ("POST", "/akun/kunci-sandi/<uuid:id>/lepas"): (303, 404, 404, 404, 404, 404),
}
OPEN_TO_OFFICERS = {("GET", "/"): 303, ("GET", "/masuk"): 200, ("POST", "/masuk"): 422,
                    ("GET", "/masuk/tantangan"): 200,
                    ("GET", "/aturan"): 200, ("GET", "/aturan/unit"): 200,
                    ("GET", "/aturan/unit/<unit>"): 422, ("POST", "/keluar"): 303}  # fmt: skip
# An auditor handles no case: 403 everywhere, whatever there is to be found, but here.
AUDITORS: dict[tuple[str, str], int] = {
    ("GET", "/aturan"): 200,
    ("GET", "/aturan/unit"): 200,
    ("GET", "/aturan/unit/<unit>"): 422,
    ("GET", "/"): 303,
    ("GET", "/jejak"): 200,
    ("GET", "/cuplikan"): 200,
    ("GET", "/jejak.<any(csv,xlsx):extension>"): 200,
    ("GET", "/jejak/<number>"): 200,
    ("GET", "/jejak/<number>/buka-kembali"): 200,
    ("POST", "/jejak/<number>/buka-kembali"): 409,
    ("GET", "/masuk"): 200,
    ("POST", "/masuk"): 422,
    ("GET", "/masuk/tantangan"): 200,
    ("POST", "/keluar"): 303,
}
FRAME = ("/static/", "/health/")


def _status(desk: Desk, role: str, method: str, path: str) -> int:
    return _ask(desk.client(PERSONS.get(role)), method, path)


def _ask(browser: Browser, method: str, path: str) -> int:
    if method == "GET":
        return browser.get(path).status_code
    page = browser.get("/masuk").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return browser.http.post(path, data={"csrf_token": token[1]}).status_code


def _path(rule: str, number: str) -> str:
    rule = rule.replace("<uuid:id>", "0192f000-0000-7000-8000-000000000000")
    rule = rule.replace("<number>", number).replace("<any(in,out):direction>/<int:seq>", "in/0")
    rule = rule.replace("<int:seq>/<any(selesai,buka):what>", "1/selesai")
    rule = rule.replace("<any(csv,xlsx):extension>", "csv")
    rule = rule.replace("<int:seq>", "1")
    return rule.replace("<sha256>", "0" * 64)


@pytest.mark.parametrize(("method", "rule"), CASE_ROUTES)
def test_a_case_answers_each_role_as_stated(small_desk: Desk, method: str, rule: str) -> None:
    number = small_desk.number(small_desk.file(exclude=["inspektorat-sumsel"]))

    answers = tuple(_status(small_desk, role, method, _path(rule, number)) for role in ROLES)

    assert answers == CASE_ROUTES[method, rule]


@pytest.mark.parametrize(("method", "rule"), CASE_ROUTES)
def test_a_number_nobody_has_is_not_found(small_desk: Desk, method: str, rule: str) -> None:
    path = _path(rule, "KTG-2026-11-9999")
    stated = dict(zip(ROLES, CASE_ROUTES[method, rule], strict=True))
    role = next((one for one in ROLES[1:3] if stated[one] != 403), "auditor")

    assert _status(small_desk, role, method, path) == 404


@pytest.mark.parametrize(("method", "rule"), OTHER_ROUTES)
def test_other_pages_answer_each_role_as_stated(small_desk: Desk, method: str, rule: str) -> None:
    path = _path(rule, "")
    answers = tuple(_status(small_desk, role, method, path) for role in ROLES)

    assert answers == OTHER_ROUTES[method, rule]


@pytest.mark.parametrize(("method", "rule"), STAFF_ROUTES)
def test_pages_of_people_answer_each_role_as_stated(
    small_desk: Desk, method: str, rule: str
) -> None:
    path = _path(rule.replace("<name>", "tirta").replace("<token>", "x" * 43), "")

    answers = tuple(_status(small_desk, role, method, path) for role in (*ROLES, "officer"))

    assert answers == STAFF_ROUTES[method, rule]


@pytest.mark.parametrize(("method", "rule"), [*CASE_ROUTES, *OTHER_ROUTES])
def test_an_auditor_is_let_in_where_auditors_are_named(
    small_desk: Desk, method: str, rule: str
) -> None:
    number = small_desk.number(small_desk.file())

    answer = _status(small_desk, "auditor", method, _path(rule, number))

    assert answer == AUDITORS.get((method, rule), 403)


def test_every_route_stands_in_the_table(small_desk: Desk) -> None:
    stated = set(CASE_ROUTES) | set(OTHER_ROUTES) | set(STAFF_ROUTES) | set(ADMIN_ROUTES)

    routes = {
        (method, rule.rule)
        for rule in small_desk.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith(FRAME)
    }

    assert routes == stated


def test_a_foreign_investigator_moves_nothing(small_desk: Desk) -> None:
    case = small_desk.file()
    number = small_desk.number(case)
    browser = small_desk.client("sari")

    answer = browser.post(f"/kasus/{number}/pindah", {"ke": "verifying", "versi": "1"}, page="/")

    assert answer.status_code == 404
    assert small_desk.rows('SELECT state FROM "case"')[0][0] == "received"
    assert OTHER_UNIT not in {row[0] for row in small_desk.rows('SELECT unit FROM "case"')}
