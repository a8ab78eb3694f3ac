"""Slow keys out of what people keep in their heads (Argon2id), and labelled keys out of those.

Argon2id is libargon2's: a fifth less processor time than OpenSSL's for the same bytes (ADR 20).
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

PREFIX = b"kentongan/v1 "

_threads: ThreadPoolExecutor


def _own_threads() -> None:
    """Threads for Argon2id alone, started as they are needed.

    glibc keeps what a thread once had: 19 MiB for each of a server's threads that derived a key.
    """
    global _threads
    _threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="argon2")


_own_threads()
os.register_at_fork(after_in_child=_own_threads)


def salt(text: str) -> bytes:
    """First 16 bytes of SHA-256("kentongan/v1 " ‖ text)."""
    return hashlib.sha256(PREFIX + text.encode()).digest()[:16]


def argon2id(secret: bytes, salt16: bytes, *, memory_kib: int, iterations: int) -> bytes:
    """32 bytes of Argon2id (RFC 9106), one lane."""
    return _threads.submit(
        hash_secret_raw,
        secret,
        salt16,
        time_cost=iterations,
        memory_cost=memory_kib,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
        version=ARGON2_VERSION,
    ).result()


def expand(prk: bytes, label: str, size: int) -> bytes:
    """HKDF-Expand-SHA-256(prk, info = "kentongan/v1 " ‖ label) (RFC 5869 §2.3)."""
    return HKDFExpand(SHA256(), size, PREFIX + label.encode()).derive(prk)
