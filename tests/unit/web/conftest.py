"""A client of the demo service."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.unit.web.demo import demo_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return demo_app(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
