"""The facts that cross a wall: one frozen dataclass and one schema per (type, version)."""

from shared.contracts.fact import Contract, Fact
from shared.contracts.wire import MalformedFact, UnknownContract, decode, encode

__all__ = ["Contract", "Fact", "MalformedFact", "UnknownContract", "decode", "encode"]
