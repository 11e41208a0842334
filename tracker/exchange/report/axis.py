"""An axis of days: where a day stands, and which days are written under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, drawn from `left` over `width`."""

    first: date
    last: date
    left: float
    width: float

    def at(self, day: date, share: float = 0.5) -> float:
        """Where a day stands: its middle, its beginning (0) or its end (1)."""
        whole = (self.last - self.first).days + 1
        return self.left + self.width * ((day - self.first).days + share) / whole

    def ticks(self, most: int = 8) -> list[tuple[date, str]]:
        """At most about `most` days with what is written under them, evenly apart."""
        days = (self.last - self.first).days + 1
        for step in _DAYS:
            if days / step <= most:
                return [(day, f"{day.day} {MONTHS[day.month]}") for day in self._by_days(step)]
        for step in _MONTHS:
            if days / (30.4 * step) <= most:
                return [(day, f"{MONTHS[day.month]} {day.year}") for day in self._by_months(step)]
        step = next((step for step in _YEARS if days / (365.25 * step) <= most), _YEARS[-1])
        first = -(-self.first.year // step) * step
        return [(date(year, 1, 1), str(year)) for year in range(max(first, 1), self.last.year + 1, step)
                if date(year, 1, 1) >= self.first]  # fmt: skip

    def _by_days(self, step: int) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=step)

    def _by_months(self, step: int) -> Iterator[date]:
        place = self.first.year * 12 + self.first.month - 1
        while (day := date(place // 12, place % 12 + 1, 1)) <= self.last:
            if day >= self.first and place % step == 0:
                yield day
            place += 1
