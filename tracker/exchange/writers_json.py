"""Rows as JSON: a document, JSON lines, or GeoJSON (RFC 7946), streaming."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tracker.exchange.jsontext import inert
from tracker.exchange.records import Table
from tracker.exchange.textcells import compact
from tracker.exchange.writers_common import Sink, known, place, utf8

POINT = ("lat", "lon", "geo_precision")
"""The columns without which there is no point on a map, and no word on how far it can be trusted."""

Row = tuple[Any, ...]


def write_lines(file: Sink, table: Table) -> int:
    """One object a line."""
    names = [column.name for column in table.columns]
    return _write(file, table, partial(_record, names), ("", "\n", "\n"))


def write_array(file: Sink, table: Table) -> int:
    """One document: an array of objects, each on a line of its own."""
    names = [column.name for column in table.columns]
    count = _write(file, table, partial(_record, names), ("[\n", ",\n", "\n"))
    file.write(b"]\n")
    return count


def write_geojson(file: Sink, table: Table) -> int:
    """A FeatureCollection: a Point (longitude first, WGS 84) or null for each record, all else as its properties.

    Uncertain dates and the precision of the place stand among the properties as they are stored. A record of which
    only one coordinate is known keeps it as a property.
    """
    names = [column.name for column in table.columns]
    lat, lon, uid = (place(table.columns, name) for name in ("lat", "lon", "uid"))
    make = partial(_feature, names, lat, lon, uid)
    count = _write(file, table, make, ('{"type":"FeatureCollection","features":[\n', ",\n", "\n"))
    file.write(b"]}\n")
    return count


def _record(names: list[str], row: Row) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))


def _feature(names: list[str], lat: int, lon: int, uid: int, row: Row) -> dict[str, Any]:
    properties = dict(zip(names, row, strict=True))
    geometry = None
    if row[lat] is not None and row[lon] is not None:
        geometry = {"type": "Point", "coordinates": [row[lon], row[lat]]}
        del properties["lat"], properties["lon"]
    named = {"id": row[uid]} if uid >= 0 else {}
    return {"type": "Feature", **named, "geometry": geometry, "properties": properties}


def _write(file: Sink, table: Table, make: Callable[[Row], object], around: tuple[str, str, str]) -> int:
    before, between, after = around
    count = 0
    file.write(before.encode())
    for block in known(table):
        file.write(utf8((between if count else "") + between.join(_documents(block, make))))
        count += len(block)
    file.write(after.encode() if count else b"")
    return count


def _documents(block: list[Row], make: Callable[[Row], object]) -> Iterator[str]:
    return (inert(compact(make(row))) for row in block)
