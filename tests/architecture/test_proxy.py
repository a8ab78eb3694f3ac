"""The proxy lets through what the services take, and writes no body to its disk."""

from __future__ import annotations

import re
from pathlib import Path

from services.complaints.web.taking import BODY_BYTES

HOSTS = (Path(__file__).parents[2] / "deploy/nginx/hosts.conf.template").read_text(encoding="utf-8")
_FILES = re.search(r"location ~ \^/\((lapor/6\|kotak/bukti)\)\$ \{(.*?)\n    \}", HOSTS, re.DOTALL)
_MIB = 2**20


def test_files_of_a_plain_form_pass_as_they_arrive() -> None:
    assert _FILES is not None
    rules = _FILES[2]

    assert "proxy_request_buffering off;" in rules
    limit = re.search(r"client_max_body_size (\d+)m;", rules)
    assert limit is not None
    assert int(limit[1]) * _MIB > BODY_BYTES


def test_every_other_body_fits_into_memory() -> None:
    assert _FILES is not None
    others = HOSTS.replace(_FILES[0], "")
    most = re.findall(r"client_max_body_size (\w+);", others)

    assert most == re.findall(r"client_body_buffer_size (\w+);", others)
    assert len(most) == 3


def test_an_invitation_stands_in_no_log() -> None:
    _, _, rules = HOSTS.partition("location /undangan/ {")

    assert "access_log off;" in rules.partition("}")[0]
