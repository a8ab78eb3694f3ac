"""A form with files that gave way to others: its sender is told, and nothing kept is lost."""

from __future__ import annotations

import io

from shared.web.arriving import TooSlow
from shared.web.limits import MIB
from tests.service.complaints.citizen import Citizen
from tests.service.complaints.test_evidence_step import listed, send
from tests.service.complaints.world import World
from tests.support import media


class Stalled(io.RawIOBase):
    """A body of ten megabytes that was asked to give way."""

    at = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = 10 * MIB if whence == io.SEEK_END else offset
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1) -> bytes:
        raise TooSlow(seconds=10)


def test_who_uploads_too_slowly_is_told_so_and_the_draft_stands(steady: World) -> None:
    citizen = Citizen(steady.app.test_client())
    citizen.begin(story="KENARI-42", service="sim")
    send(citizen, ("a.png", media.png()))

    answer = citizen.client.post(
        "/lapor/6", input_stream=Stalled(), content_type="multipart/form-data; boundary=x"
    )

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "terlalu lambat" in answer.text
    assert 'class="tombol" href="/lapor/6"' in answer.text
    assert "a.png" in str(listed(citizen))
