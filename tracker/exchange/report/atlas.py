"""Where it happened: points on a net of degrees, as large as their place is vague; no map is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from tracker.exchange.report.blocks import Block, Head, Para, Picture, Table
from tracker.exchange.report.drawing import element, picture, titled, words
from tracker.exchange.report.wording import many
from tracker.model import codes
from tracker.store.digest import CELLS, Cell, Counts

_WIDTH, _MARGIN, _LEFT = 760.0, 36.0, 64.0
"""The margin at the left has room for the longest latitude."""
_LOWEST, _HIGHEST = 220.0, 620.0
_MOST = 1_200
_NUMBERED = 60
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0)
_SIZES = {
    "exact": 4.0, "site": 4.5, "town": 6.0, "near_town": 9.0, "admin2": 12.0, "admin1": 16.0, "fuzzy": 16.0,
    "country": 22.0, "international": 26.0,
}  # fmt: skip
_VAGUE = 26.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the world that is drawn, in degrees, and how high the drawing is."""

    south: float
    north: float
    west: float
    east: float
    height: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place stands: x, y."""
        x = _LEFT + (_WIDTH - _LEFT - _MARGIN) * (lon - self.west) / (self.east - self.west)
        y = _MARGIN + (self.height - 2 * _MARGIN) * (self.north - lat) / (self.north - self.south)
        return x, y


def atlas(counts: Counts, box: Box | None, happened: int) -> list[Block]:
    """The drawing, and how many incidents it leaves out."""
    missing = happened - counts.located
    if box is None or not counts.located:
        told = f"None of the {many(happened, 'counted incident')} has coordinates, so there is nothing to draw."
        return [Para(f"{told} Places that are named stand with each incident.")]
    beside = f"{missing:,} of {many(happened, 'incident')} {'has' if missing == 1 else 'have'} no coordinates"
    sheet = _sheet(box)
    spots = sorted(counts.places.items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0], pair[0][2] or ""))
    # The vaguest go below, so that no large circle hides a small one.
    drawn = sorted(spots[:_MOST], key=lambda pair: -_size(pair[0][2]))
    parts = [*_net(sheet), *(_spot(sheet, box, cell, count, len(drawn)) for cell, count in drawn)]
    told = f"{many(counts.located, 'incident')} at {many(len(spots), 'spot')}, {_region(box)}."
    svg = picture("atlas", "Map", told, _WIDTH, sheet.height, parts)
    caption = f"{told} The larger the circle, the less exactly the place is known."
    if missing:
        caption += f" {beside}."
    if rest := spots[_MOST:]:
        caption += f" {many(len(rest), 'spot')} with {many(sum(n for _, n in rest), 'incident')} are not drawn."
    return [Picture(svg, caption), _precisions(counts.places)]


def _precisions(places: Counter[Cell]) -> Table:
    by: Counter[str | None] = Counter()
    for (_, _, precision), count in places.items():
        by[precision] += count
    order = sorted(by.items(), key=lambda pair: (_size(pair[0]), pair[0] or ""))
    rows = [(codes.label("geo_precision", code) if code else "not recorded", f"{count:,}") for code, count in order]
    heads = (Head("Place known to"), Head("Incidents", number=True, bar=True))
    return Table("How exactly the places are known", heads, rows)


def _region(box: Box) -> str:
    south, north, west, east = box
    return f"{_degrees(south, 'NS')} to {_degrees(north, 'NS')}, {_degrees(west, 'EW')} to {_degrees(east, 'EW')}"


def _degrees(value: float, ways: str) -> str:
    return f"{abs(value):.2f}".rstrip("0").rstrip(".") + f"°{ways[value < 0]}"


def _size(precision: str | None) -> float:
    return _SIZES.get(precision or "", _VAGUE)


def _sheet(box: Box) -> Sheet:
    """The box with a margin, not smaller than half a degree, its height true to the latitude."""
    south, north, west, east = box
    tall, wide = max((north - south) * 1.2, 0.6), max((east - west) * 1.2, 0.6)
    shrink = max(0.2, cos(radians((south + north) / 2)))
    inner = _WIDTH - _LEFT - _MARGIN
    wide = max(wide, tall * inner / (shrink * (_HIGHEST - 2 * _MARGIN)))
    tall = max(tall, wide * shrink * (_LOWEST - 2 * _MARGIN) / inner)
    lat, lon = (south + north) / 2, (west + east) / 2
    height = inner * tall / (wide * shrink) + 2 * _MARGIN
    return Sheet(lat - tall / 2, lat + tall / 2, lon - wide / 2, lon + wide / 2, height)


def _net(sheet: Sheet) -> list[str]:
    span = max(sheet.north - sheet.south, (sheet.east - sheet.west) / 2)
    step = next((step for step in _STEPS if span / step <= 6), _STEPS[-1])
    frame = element(
        "rect", x=_LEFT, y=_MARGIN, width=_WIDTH - _LEFT - _MARGIN, height=sheet.height - 2 * _MARGIN, class_="frame"
    )
    shown = _region((max(sheet.south, -90), min(sheet.north, 90), max(sheet.west, -180), min(sheet.east, 180)))
    parts = [frame, words(_LEFT, _MARGIN - 10, f"{shown}; no coastlines or borders are drawn", "tick")]
    for lat in _multiples(max(sheet.south, -90), min(sheet.north, 90), step):
        x, y = sheet.at(lat, sheet.west)
        parts.append(element("line", x1=x, y1=y, x2=_WIDTH - _MARGIN, y2=y, class_="grid"))
        parts.append(words(x - 4, y + 4, _degrees(lat, "NS"), "tick", "end"))
    for lon in _multiples(max(sheet.west, -180), min(sheet.east, 180), step):
        x, y = sheet.at(sheet.south, lon)
        parts.append(element("line", x1=x, y1=_MARGIN, x2=x, y2=y, class_="grid"))
        parts.append(words(x, y + 14, _degrees(lon, "EW"), "tick", "middle"))
    return parts


def _multiples(low: float, high: float, step: float) -> Sequence[float]:
    first = -int(-low // step)
    return [round(place * step, 4) for place in range(first, int(high // step) + 1)]


def _spot(sheet: Sheet, box: Box, cell: Cell, count: int, spots: int) -> str:
    south, north, west, east = box
    tall, wide = (north - south) / CELLS, (east - west) / CELLS
    # The last cell holds the edge itself, which lies at its end.
    lat, lon = min(south + (cell[1] + 0.5) * tall, north), min(west + (cell[0] + 0.5) * wide, east)
    x, y = sheet.at(lat, lon)
    precision = codes.label("geo_precision", cell[2]) if cell[2] else "precision not recorded"
    told = f"{many(count, 'incident')}, {precision}, about {_degrees(lat, 'NS')} {_degrees(lon, 'EW')}"
    size = _size(cell[2])
    circle = titled("circle", told, cx=x, cy=y, r=size, class_="spot" if size < 10 else "spot vague")
    return circle if count == 1 or spots > _NUMBERED else circle + words(x + size + 2, y + 4, f"{count:,}", "tick")
