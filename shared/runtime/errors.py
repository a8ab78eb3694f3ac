"""Every refusal a user may meet, named after the rule it breaks.

The first line of a refusal's docstring is the Indonesian sentence the user sees (a gettext
message id; `%(name)s` takes `params`). It says what to do. Refusals never carry content, an
address, a key or a receipt.
"""

from __future__ import annotations

import inspect
from typing import ClassVar


class Refusal(Exception):
    """Permintaan ini tidak dapat dijalankan. Periksa isinya, lalu coba lagi.

    `code` is the stable machine name, `field` the dotted path of the input at fault (None when it
    is the whole request), `params` fill the sentence. `wait_seconds` is after how long the same
    request may succeed, None when time alone mends nothing.
    """

    code: ClassVar[str] = "refused"
    wait_seconds: int | None = None

    def __init__(self, field: str | None = None, **params: object) -> None:
        super().__init__(self.code)
        self.field = field
        self.params = params

    @property
    def sentence(self) -> str:
        """The message id: the first paragraph of the class's docstring, on one line."""
        text = inspect.cleandoc(type(self).__doc__ or Refusal.__doc__ or "")
        return " ".join(text.split("\n\n", 1)[0].split())

    def __str__(self) -> str:
        return f"{self.code} ({self.field})" if self.field else self.code


class Refused(Refusal):
    """Isian ini tidak dapat diterima. Periksa, lalu kirim lagi."""

    code = "refused"


class NotFound(Refusal):
    """Yang Anda cari tidak ada di sini. Periksa alamat atau nomornya."""

    code = "not_found"


class Conflict(Refusal):
    """Keadaannya sudah berubah. Muat ulang halaman, lalu coba lagi."""

    code = "conflict"


class TooMany(Refusal):
    """Terlalu banyak permintaan sekaligus. Tunggu satu menit, lalu coba lagi."""

    code = "too_many"
    wait_seconds = 60


class Unavailable(Refusal):
    """Layanan sedang tidak tersedia. Tidak ada yang hilang; coba lagi dalam beberapa menit."""

    code = "unavailable"
    wait_seconds = 30
