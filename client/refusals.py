"""What the client itself refuses, and what a server told it."""

from __future__ import annotations

from shared.runtime.errors import NotFound, Refused, Unavailable


class Unreachable(Unavailable):
    """Server tidak dapat dihubungi. Periksa alamat dan sambungan, lalu jalankan lagi."""

    code = "unreachable"


class PlainHttp(Refused):
    """Alamat harus dimulai dengan https://, sebab kunci unit diambil lewat sambungan ini."""

    code = "plain_http"


class NotKentongan(Refused):
    """Alamat itu bukan server Kentongan. Periksa alamatnya."""

    code = "not_kentongan"


class UnitWithoutKey(Unavailable):
    """Unit yang berwenang belum siap menerima laporan. Tidak ada yang terkirim; coba lagi nanti."""

    code = "unit_without_key"


class NoKeeper(Unavailable):
    """Belum ada penjaga yang siap menyimpan nama. Kirim tanpa nama; susulkan lewat kotak nanti."""

    code = "no_keeper"


class MailboxEmpty(NotFound):
    """Kotak ini masih kosong, jadi belum ada yang dapat dibalas. Periksa kode Anda."""

    code = "mailbox_empty"


class TooManyFiles(Refused):
    """Berkas bukti paling banyak %(most)s. Kurangi, lalu kirim lagi."""

    code = "too_many_files"


class ToldByServer(Exception):
    """The server's own refusal: HTTP `status`, `code`, `field` and a sentence for people."""

    def __init__(self, status: int, code: str, field: str | None, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.field = field
        self.message = message
