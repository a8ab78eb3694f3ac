"""What the cryptography refuses, each with the sentence the user may see."""

from __future__ import annotations

from shared.runtime.errors import Refused


class MalformedEnvelope(Refused):
    """Amplop ini tidak tersegel dengan benar. Segel ulang di perangkat Anda, lalu kirim lagi."""

    code = "envelope_malformed"


class MalformedRecipient(Refused):
    """Kunci penerima ini tidak sah. Muat ulang direktori, lalu segel ulang."""

    code = "recipient_malformed"


class MalformedIdentity(Refused):
    """Kunci ini tidak sah. Periksa berkas kuncinya, lalu coba lagi."""

    code = "identity_malformed"


class CannotOpen(Refused):
    """Kunci ini tidak dapat membuka amplopnya. Pakai kunci yang benar."""

    code = "cannot_open"


class MalformedReceipt(Refused):
    """Kode ini tidak sah. Periksa 24 angkanya, lalu coba lagi."""

    code = "receipt_malformed"


class ReceiptLength(MalformedReceipt):
    """Kode terdiri dari 24 angka; yang Anda ketik %(digits)s angka. Periksa, lalu coba lagi."""

    code = "receipt_length"


class ReceiptCheck(MalformedReceipt):
    """Ada angka yang salah atau tertukar dalam kode ini. Periksa tiap angka, lalu coba lagi."""

    code = "receipt_check"


class TooLong(Refused):
    """Isinya terlalu panjang: paling banyak %(limit_bytes)s bita. Pendekkan, lalu kirim lagi."""

    code = "too_long"


class MalformedRecord(Refused):
    """Isi amplop ini tidak berbentuk laporan atau surat. Segel ulang dengan versi terbaru."""

    code = "record_malformed"


class Misplaced(Refused):
    """Amplop ini bukan untuk tempat atau urutan ini. Muat ulang kotak surat, lalu coba lagi."""

    code = "misplaced"


class MalformedTicket(Refused):
    """Halaman ini sudah tidak berlaku. Muat ulang, lalu coba lagi."""

    code = "ticket_malformed"


class StaleTicket(MalformedTicket):
    """Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi."""

    code = "ticket_stale"


class MalformedBody(Refused):
    """Pesan antarlayanan ini tidak dapat dibuka. Periksa kunci jalan kedua layanan."""

    code = "road_body_malformed"


class MalformedKey(Refused):
    """Kunci rahasia ini tidak sah. Buat kunci baru dengan panjang yang benar."""

    code = "key_malformed"


class MalformedPasskey(Refused):
    """Kunci sandi ini tidak dikenal di sini. Masuk dengan frasa sandi, lalu periksa daftarnya."""

    code = "passkey_malformed"
