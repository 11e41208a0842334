"""How many incidents fall into each month, or each year when there are many: surely, and possibly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.exchange.report.axis import MONTHS
from tracker.exchange.report.blocks import Block, Head, Para, Picture, Table
from tracker.exchange.report.drawing import element, picture, titled, words
from tracker.exchange.report.wording import many
from tracker.store.digest import Months

MOST = 48
"""So many months are told apart; beyond them, years."""
_LINES = 40
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 760.0, 240.0, 46.0, 14.0, 34.0


@dataclass(frozen=True, slots=True)
class Column:
    """A month or a year: `surely` fall into it, `possibly` may, or last through it."""

    label: str
    surely: int
    possibly: int


@dataclass(frozen=True, slots=True)
class Spread:
    """All months or years from the first to the last; `open` have an end that is not known, `undated` no date."""

    unit: str
    columns: tuple[Column, ...]
    open: int
    undated: int


def spread(counted: Mapping[Months, int]) -> Spread:
    """Months, or years where there are more than `MOST` months, from the months of the earliest and latest days."""
    closed = {pair: n for pair, n in counted.items() if pair[0] and pair[1]}
    undated = counted.get((None, None), 0)
    open_ = sum(counted.values()) - sum(closed.values()) - undated
    places = [(_place(first or ""), _place(last or ""), n) for (first, last), n in closed.items()]
    if not places:
        return Spread("month", (), open_, undated)
    low, high = min(place[0] for place in places), max(place[1] for place in places)
    unit, size = ("month", 1) if high - low < MOST else ("year", 12)
    surely: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for first, last, n in places:
        start, end = first // size, last // size
        if start == end:
            surely[start] += n
        else:
            steps[start] += n
            steps[end + 1] -= n
    columns, running = [], 0
    for place in range(low // size, high // size + 1):
        running += steps[place]
        columns.append(Column(_label(place, unit), surely[place], running))
    return Spread(unit, tuple(columns), open_, undated)


def _place(month: str) -> int:
    year, _, rest = month.partition("-")
    return int(year) * 12 + int(rest or 1) - 1


def _label(place: int, unit: str) -> str:
    return str(place) if unit == "year" else f"{MONTHS[place % 12 + 1]} {place // 12}"


def table(found: Spread) -> Table:
    """The numbers, the oldest first; of very many, those before the newest `_LINES` in one row."""
    told = [column for column in found.columns if column.surely or column.possibly]
    rows: list[tuple[str, ...]] = [
        (column.label, f"{column.surely:,}", f"{column.possibly:,}") for column in told[-_LINES:]
    ]
    if rest := told[:-_LINES]:
        rows.insert(0, (f"{len(rest):,} earlier", f"{sum(column.surely for column in rest):,}", "–"))
    heads: tuple[Head, ...] = (
        Head(found.unit.capitalize()),
        Head("Surely", number=True, bar=True),
        Head("Possibly", number=True),
    )
    if not any(column.possibly for column in told):
        heads, rows = (heads[0], Head("Incidents", number=True, bar=True)), [row[:2] for row in rows]
    unit = found.unit
    note = (
        f"Surely: all of the date lies in the {unit}. Possibly: the date is not known to the {unit}, or it lasted over"
        f" several; such an incident stands in each {unit} it may fall in, so the column does not add up to a total."
    )
    note = note if len(heads) > 2 else ""
    return Table(f"By {unit}", heads, rows, note=" ".join(part for part in (note, _apart(found)) if part))


def _apart(found: Spread) -> str:
    """What has no place among months."""
    told = [f"{many(found.open, 'incident')} with an open end"] * bool(found.open)
    told += [f"{many(found.undated, 'incident')} without a date"] * bool(found.undated)
    return f"Not in the table: {' and '.join(told)}." if told else ""


def chart(found: Spread) -> list[Block]:
    """The numbers as columns: what is sure dark, what is possible pale above it."""
    if not found.columns:
        return [Para("No incident has a date that could be drawn.", "note")]
    top = max(column.surely + column.possibly for column in found.columns)
    parts = [*_scale(top), *_drawn(found.columns, top)]
    total = sum(column.surely for column in found.columns)
    ends = f"from {found.columns[0].label} to {found.columns[-1].label}"
    told = f"{many(total, 'incident')} surely within one {found.unit}, {ends}."
    svg = picture("months", f"Incidents by {found.unit}", told, _WIDTH, _HEIGHT, parts)
    caption = f"Incidents by {found.unit}: dark, those that surely fall into it."
    if any(column.possibly for column in found.columns):
        caption = (
            f"{caption[:-1]}; pale, those that only may, each of which stands in every {found.unit} it may fall in."
        )
    return [Picture(svg, caption, _lines(found, top))]


def _scale(top: int) -> list[str]:
    parts = []
    for value in sorted({0, top // 2, top}):
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / max(top, 1)
        parts.append(element("line", x1=_LEFT, y1=y, x2=_WIDTH - 8, y2=y, class_="grid"))
        parts.append(words(_LEFT - 6, y + 4, f"{value:,}", "tick", "end"))
    return parts


def _drawn(columns: Sequence[Column], top: int) -> list[str]:
    wide, floor = min((_WIDTH - 8 - _LEFT) / len(columns), 90.0), _HEIGHT - _BOTTOM
    tall = (floor - _TOP) / max(top, 1)
    every = -(-len(columns) // 9)
    parts = []
    for place, column in enumerate(columns):
        x, gap = _LEFT + wide * place, min(2.0, wide / 6)
        y = floor - tall * column.surely
        told = f"{column.label}: {column.surely:,} surely, {column.possibly:,} possibly"
        for value, low, style in ((column.surely, floor, "sure"), (column.possibly, y, "maybe")):
            if value:
                parts.append(titled("rect", told, x=x + gap / 2, y=low - tall * value, width=wide - gap,
                                    height=tall * value, class_=style))  # fmt: skip
        if place % every == 0:
            parts.append(words(x + wide / 2, _HEIGHT - 12, column.label, "tick", "middle"))
    return parts


def _lines(found: Spread, top: int) -> list[str]:
    """The same in letters, for Markdown, the newest part of it."""
    shown = found.columns[-_LINES:]
    wide = max(len(column.label) for column in shown)
    lines = []
    for column in shown:
        sure, maybe = (round(40 * value / max(top, 1)) for value in (column.surely, column.possibly))
        lines.append(f"{column.label.ljust(wide)} {'█' * sure}{'░' * maybe} {column.surely:,}+{column.possibly:,}")
    return lines
