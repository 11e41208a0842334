"""Which records an import has met, one byte for each id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_MORE = 65_536


class Met:
    """A set of ids in memory that grows with the largest of them only."""

    def __init__(self) -> None:
        self._marks = bytearray()

    def add(self, ids: Sequence[int]) -> None:
        """These were met."""
        if not ids:
            return
        first, last = min(ids), max(ids)
        if (short := last + 1 - len(self._marks)) > 0:
            self._marks.extend(bytes(short + _MORE))
        if last - first + 1 == len(ids):
            # Ids of a block of new rows, or of rows in the order in which they once came.
            self._marks[first : last + 1] = b"\x01" * len(ids)
            return
        for one in ids:
            self._marks[one] = 1

    def __contains__(self, one: int) -> bool:
        return one < len(self._marks) and self._marks[one] == 1

    def none_of(self, ids: Sequence[int]) -> bool:
        """Whether all of these are new."""
        first, last = min(ids, default=0), max(ids, default=0)
        if 1 not in self._marks[first : last + 1]:
            return True
        return not any(one in self for one in ids)

    def others(self, ids: Iterable[int]) -> list[int]:
        """Those that were not met, in their order."""
        marks, known = self._marks, len(self._marks)
        return [one for one in ids if one >= known or not marks[one]]
