"""A set of digests in little memory that is certain only of what it does not hold: a Bloom filter."""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct

_SIZE = 1 << 25
"""Bytes: of two and a half million digests, a handful of others is then taken to be in it."""

_BITS = _SIZE * 8 - 1
_FOUR = Struct("<4I").unpack


class Sieve:
    """Holds digests of 16 bytes; `key in sieve` is never wrongly False (Bloom 1970, with four of its own words)."""

    def __init__(self) -> None:
        self._bits = bytearray(_SIZE)

    def add(self, keys: Iterable[bytes]) -> None:
        """Take these in."""
        bits = self._bits
        for key in keys:
            for word in _FOUR(key):
                at = word & _BITS
                bits[at >> 3] |= 1 << (at & 7)

    def __contains__(self, key: bytes) -> bool:
        bits = self._bits
        return all(bits[(word & _BITS) >> 3] >> (word & 7) & 1 for word in _FOUR(key))
