"""When it happened: each incident by itself while they are few, else how many a month or a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.errors import ValueRefused
from tracker.exchange.report.axis import Axis
from tracker.exchange.report.blocks import Block, Para, Picture
from tracker.exchange.report.drawing import element, picture, titled, words
from tracker.exchange.report.wording import many
from tracker.model.edtf import shape
from tracker.model.uncertain import human
from tracker.store.digest_records import Record

FEW = 40
"""So many incidents are drawn one by one."""

_WIDTH, _LEFT, _ROW, _TOP = 760.0, 24.0, 34.0, 34.0
_COLUMNS = 52
_CAPTION = (
    "A full dot is a day that is known, an open one a day that is doubtful or about right. A pale bar reaches from the "
    "earliest to the latest day that may be meant; a dark one lasted so long; a broken end is not known."
)


def timeline(records: Sequence[Record]) -> list[Block]:
    """The drawing of incidents one by one, the earliest first; `records` are all that are counted."""
    dated = [(record, *_bounds(record)) for record in records]
    drawn = [row for row in dated if row[1] or row[2]]
    drawn.sort(key=lambda row: (row[1] or date.min, row[2] or date.max, row[0]["id"]))
    blocks: list[Block] = []
    if drawn:
        known = [day for _, first, last in drawn for day in (first, last) if day]
        axis = _axis(min(known), max(known))
        days = [human(day.isoformat()) for day in (min(known), max(known))]
        told = f"{many(len(drawn), 'incident')} between {days[0]} and {days[1]}."
        parts = [*_grid(axis, len(drawn)), *(p for row, one in enumerate(drawn) for p in _row(axis, row, *one))]
        svg = picture("timeline", "Timeline", told, _WIDTH, _TOP + _ROW * len(drawn) + 8, parts)
        blocks.append(Picture(svg, _CAPTION, _lines(drawn, min(known), max(known))))
    if undated := len(dated) - len(drawn):
        blocks.append(Para(f"{many(undated, 'incident')} without any date {_stands(undated)} not drawn.", "note"))
    return blocks


def _stands(count: int) -> str:
    return "is" if count == 1 else "are"


def _bounds(record: Record) -> tuple[date | None, date | None]:
    found = [_day(record[f"date_{end}"]) for end in ("earliest", "latest")]
    return found[0], found[1]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _axis(first: date, last: date) -> Axis:
    """With room at both ends, so that what is open at one can be seen to go on."""
    room = timedelta(days=max(1, (last - first).days // 12))
    low = first - room if first - date.min > room else first
    high = last + room if date.max - last > room else last
    return Axis(low, high, _LEFT, _WIDTH - 2 * _LEFT)


def _grid(axis: Axis, rows: int) -> list[str]:
    bottom = _TOP + _ROW * rows
    parts = []
    for day, told in axis.ticks():
        x = axis.at(day, 0 if not told[0].isdigit() or " " not in told else 0.5)
        parts.append(element("line", x1=x, y1=_TOP - 8, x2=x, y2=bottom, class_="grid"))
        parts.append(words(x, _TOP - 14, told, "tick", "middle"))
    return parts


def _row(axis: Axis, row: int, record: Record, first: date | None, last: date | None) -> list[str]:
    """The name of an incident, and below it its dot or bar."""
    y = _TOP + _ROW * row + 26
    edtf = record["date_edtf"] or ""
    left = axis.at(first, 0) if first else axis.left
    right = axis.at(last, 1) if last else axis.left + axis.width
    told = f"I-{record['id']} {record['title']}: {human(edtf)}"
    name = f"I-{record['id']}  {_short(record['title'])}"
    after = left < _WIDTH / 2
    label = words(left if after else right, y - 9, name, "label", "start" if after else "end")
    if first and first == last:
        style = "dot open" if set(edtf) & set("?~%") else "dot"
        return [label, titled("circle", told, cx=axis.at(first), cy=y, r=5, class_=style)]
    style = "bar lasted" if _lasted(edtf) and first and last else "bar"
    bar = titled("rect", told, x=left, y=y - 4, width=max(right - left, 6), height=8, rx=4, class_=style)
    ends = [element("path", d=_arrow(axis.left, y, -1), class_="open")] if not first else []
    ends += [element("path", d=_arrow(axis.left + axis.width, y, 1), class_="open")] if not last else []
    return [label, bar, *ends]


def _arrow(x: float, y: float, way: int) -> str:
    return f"M{x + way * 4:.1f} {y - 6:.1f} L{x + way * 12:.1f} {y:.1f} L{x + way * 4:.1f} {y + 6:.1f}"


def _short(title: str) -> str:
    return title if len(title) <= 70 else f"{title[:69].rstrip()}…"


def _lasted(edtf: str) -> bool:
    """Whether the incident lasted from one end to the other, rather than fell on some day between."""
    try:
        return shape(edtf).kind == "interval"
    except ValueRefused:
        return False


def _lines(drawn: Sequence[tuple[Record, date | None, date | None]], first: date, last: date) -> list[str]:
    """The same in letters, for Markdown: only REFs, dates and bars."""
    whole = max((last - first).days, 1)
    wide = max(len(f"I-{record['id']}") for record, _, _ in drawn)
    left, right = human(first.isoformat()), human(last.isoformat())
    lines = [f"{' ' * wide}   {left}{right.rjust(_COLUMNS - len(left))}"]
    for record, start, end in drawn:
        low = (start - first).days * (_COLUMNS - 1) // whole if start else 0
        high = (end - first).days * (_COLUMNS - 1) // whole if end else _COLUMNS - 1
        bar = f"{'├' if start else '←'}{'─' * max(0, high - low - 1)}{'┤' if end else '→'}"
        mark = ("●" if start and start == end else bar).ljust(_COLUMNS - low)
        lines.append(f"I-{record['id']}".ljust(wide) + f"   {' ' * low}{mark}   {human(record['date_edtf'])}")
    return lines
