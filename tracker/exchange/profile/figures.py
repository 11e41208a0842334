"""Three figures of one thing: at least, best and at most, where 0 and not reported differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import gt
from typing import Any

from tracker.exchange.profile.frame import Binder, Frame, Reader
from tracker.exchange.profile.model import Cell

Three = tuple[Sequence[Any] | None, Sequence[Any] | None, Sequence[Any] | None]


def out_of_order(less: Sequence[Any], more: Sequence[Any]) -> int:
    """In how many rows the first figure is greater than the second."""
    try:
        return sum(map(gt, less, more))
    except TypeError:
        pairs = zip(less, more, strict=True)
        return sum(a is not None and b is not None and a > b for a, b in pairs)


class Figures:
    """Reads low, best and high of one measure; `name` says which, for the warnings."""

    def __init__(self, binder: Binder, name: str, low: Cell | None, best: Cell | None, high: Cell | None) -> None:
        self.name = name
        self.readers: tuple[Reader | None, ...] = tuple(binder.cell(cell) for cell in (low, best, high))
        self.zero_best = best is not None and best.zero == "unknown"
        self.zero_high = high is not None and high.zero == "unknown"

    def read(self, frame: Frame, warnings: Counter[str]) -> Three:
        """The three columns, None for one that the file does not have; figures out of order are kept and counted."""
        low, best, high = (None if read is None else read(frame) for read in self.readers)
        if self.zero_best and best is not None and 0 in best:
            warnings[f"{self.name} 0 means none or not known: kept as at least 0, without a best"] += best.count(0)
            low = [0 if n == 0 else None for n in best] if low is None else low
            best = [n or None for n in best]
        if self.zero_high and high is not None:
            high = [n or None for n in high]
        for less, more, words in ((low, best, "low > best"), (best, high, "best > high"), (low, high, "low > high")):
            if less is not None and more is not None and (found := out_of_order(less, more)):
                warnings[f"{self.name} {words}: kept as it stands"] += found
        return low, best, high
