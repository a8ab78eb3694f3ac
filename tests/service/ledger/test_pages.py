"""The ledger's page says what it is and tells no count."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.ledger.service import SERVICE
from services.ledger.settings import LedgerSettings
from shared.runtime.migrate import migrate
from shared.runtime.settings import SettingsFault
from shared.service.build import create_app, open_house

KEY_HEX = bytes(range(1, 33)).hex()


def settings(folder: Path) -> LedgerSettings:
    return LedgerSettings.read(
        {
            "KENTONGAN_DATABASE_URL": f"sqlite:///{folder}/ledger.db",
            "KENTONGAN_CARRIER_URL": f"sqlite:///{folder}/carrier.db",
            "KENTONGAN_ROAD_KEY": KEY_HEX,
            "KENTONGAN_SESSION_KEY": KEY_HEX,
            "KENTONGAN_DEPLOYMENT": "uji",
            "KENTONGAN_BLOBS": str(folder / "blobs"),
        }
    )


def test_the_front_page_speaks_both_languages(tmp_path: Path) -> None:
    house = open_house(SERVICE, settings(tmp_path))
    migrate(SERVICE.migrations, house.database)
    visitor = create_app(SERVICE, house).test_client()

    assert "belum terbuka untuk umum" in visitor.get("/").text
    assert "are not public yet" in visitor.get("/?bahasa=en").text
    assert visitor.get("/checkpoint").status_code == 404
    assert visitor.get("/health/live").status_code == 200


def test_every_missing_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsFault) as fault:
        LedgerSettings.read({})

    assert len(fault.value.faults) == 6
