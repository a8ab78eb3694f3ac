"""Which role may open which page of the desk's set-up; a part of the matrix."""

from __future__ import annotations

# Pages about the rules: the ROLES, a key officer, an auditor, an administrator.
_ALL, _THEIRS = (303, *(200,) * 7), (303, *(403,) * 6)
ADMIN_ROUTES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/aturan/versi"): _ALL,
    ("GET", "/menunggu"): _ALL,
    ("GET", "/pengaturan"): (*_THEIRS[:-2], 200, 200, 200),
    ("GET", "/pengaturan/bahasa"): (*_THEIRS[:-2], 200, 200, 200),
    ("GET", "/pengaturan/unit"): (*_THEIRS[:-2], 200, 200, 200),
    ("GET", "/aturan/versi/<version>/berkas"): (303, *(404,) * 7),
    ("GET", "/aturan/versi/beda"): (303, *(404,) * 7),
    ("GET", "/aturan/usulan"): (*_THEIRS, 200),
    ("POST", "/aturan/usulan"): (*_THEIRS, 422),
    ("GET", "/aturan/usulan/<int:number>"): (*_THEIRS, 404),
    ("POST", "/aturan/usulan/<int:number>/ajukan"): (*_THEIRS, 404),
    ("POST", "/aturan/usulan/<int:number>/putuskan"): (*_THEIRS, 404),
    ("POST", "/aturan/usulan/<int:number>/tarik"): (*_THEIRS, 404),
    ("GET", "/aturan/usulan/<int:number>/berkas"): (*_THEIRS, 404),
    ("GET", "/aturan/usulan/<int:number>/persetujuan"): (*_THEIRS, 404),
}
# Those that investigators and supervisors may open, and that name nothing in their address.
OPEN = [one for one, answers in ADMIN_ROUTES.items() if answers == _ALL]
