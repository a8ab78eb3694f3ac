"""What the URL of a mail server says."""

from __future__ import annotations

import pytest

from services.notify.domain.mail_server import MailServer


def test_only_this_machine_may_go_without_encryption() -> None:
    assert MailServer.of("smtp://127.0.0.1:25").is_local
    assert not MailServer.of("smtp://mail.example").is_local
    assert MailServer.of("smtps://mail.example").port == 465


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://x:y"])
def test_a_url_that_names_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        MailServer.of(url)


def test_a_password_may_hold_any_sign() -> None:
    server = MailServer.of("smtp://kentongan:s%3A%40ndi@mail.example:2525")

    assert (server.user, server.password, server.port) == ("kentongan", "s:@ndi", 2525)
    assert "ndi" not in repr(server)
