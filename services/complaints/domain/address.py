"""The address a reporter may leave."""

from __future__ import annotations

from shared.contracts.address import is_address
from shared.runtime.errors import Refused


class MalformedAddress(Refused):
    """Tulis alamat surel yang lengkap, misalnya nama@contoh.id, atau pilih tanpa nama."""

    code = "address_malformed"


def parse_address(text: str, field: str = "email") -> str:
    """The address without spaces round it; raises MalformedAddress."""
    address = text.strip()
    if not is_address(address):
        raise MalformedAddress(field)
    return address
