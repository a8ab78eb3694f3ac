"""The public site over real HTTP, with one page more for every fault a page may meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, send_from_directory
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from services.complaints.service import SERVICE
from services.complaints.settings import ComplaintsSettings
from shared.crypto.age import new_identity, recipient_of
from shared.runtime.clock import FixedClock
from shared.runtime.errors import Conflict, TooMany, Unavailable
from shared.runtime.migrate import migrate
from shared.service import create_app, open_house
from shared.web.audience import audience
from shared.web.errors import reshown_by
from shared.web.lanes import Busy
from tests.support.served import served

_ROOT = Path(__file__).parents[2]
_GANGGUAN, _STATIC = _ROOT / "deploy/nginx/gangguan", _ROOT / "shared/web/static"
AT = datetime(2026, 11, 23, 3, 32, 10, tzinfo=UTC)  # 10.32.10 WIB


class _LaterStill(TooMany):
    """Kode ini terlalu sering dicoba. Tunggu, lalu coba lagi."""

    code = "test_later"
    wait_seconds = 600


FAULTS: dict[str, Exception] = {
    "conflict": Conflict(),
    "many": TooMany(),
    "later": _LaterStill(),
    "bug": RuntimeError("canary-in-a-fault"),
    "away": Unavailable(),
    "busy": Busy(seconds=30),
    "database": OperationalError("canary-in-a-statement", None, Exception("gone")),
}


def _odd_pages() -> Blueprint:
    pages = Blueprint("odd", __name__)

    @pages.get("/uji/<name>")
    @audience("public")
    def meet(name: str) -> ResponseReturnValue:
        raise FAULTS[name]

    @pages.post("/uji/<name>")
    @audience("reporter")
    @reshown_by(lambda problems: "".join(problem.message for problem in problems))
    def send(name: str) -> ResponseReturnValue:
        raise FAULTS[name]

    @pages.get("/gangguan/<path:name>")
    @audience("public")
    def beside(name: str) -> ResponseReturnValue:
        """As the proxy has them."""
        folder = _STATIC if name.startswith("static/") else _GANGGUAN
        return send_from_directory(folder, name.removeprefix("static/"))

    return pages


@contextmanager
def odd_house(folder: Path) -> Iterator[str]:
    """Its URL while it runs; the time there is AT."""
    recipient = recipient_of(new_identity())
    settings = ComplaintsSettings.read(
        {
            "KENTONGAN_DATABASE_URL": f"sqlite:///{folder}/odd.db",
            "KENTONGAN_CARRIER_URL": f"sqlite:///{folder}/carrier.db",
            "KENTONGAN_ROAD_KEY": bytes(range(32)).hex(),
            "KENTONGAN_SESSION_KEY": bytes(range(1, 33)).hex(),
            "KENTONGAN_DEPLOYMENT": "uji",
            "KENTONGAN_BLOBS": f"{folder}/blobs",
            "KENTONGAN_TRIAGE_RECIPIENT": recipient,
            "KENTONGAN_NOTIFY_RECIPIENT": recipient,
            "KENTONGAN_OVERSIGHT_RECIPIENT": recipient,
        }
    )
    service = replace(SERVICE, pages=lambda house: [*SERVICE.pages(house), _odd_pages()])
    house = open_house(service, settings, clock=FixedClock(AT))
    migrate(service.migrations, house.database)
    try:
        with served(create_app(service, house)) as url:
            yield url
    finally:
        house.database.dispose()
