"""Grids of JSON files: records in an array, under a key, or one a line, read as they come and flattened to columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from tracker.errors import Refused
from tracker.exchange.grid import Block, Faulty, Grid, Input, column_names
from tracker.exchange.jsonrows import DECODER, json_reason, record_fault
from tracker.exchange.jsonstream import JsonText, items
from tracker.exchange.readers import Number, depth_within
from tracker.exchange.textlines import chosen, decoded, marked, split
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_ROW, clean_counted, truncate

if TYPE_CHECKING:
    from tracker.exchange.sources import Source

MORE = "_more"
"""Column for what stands under keys that the first 100 records do not have, as JSON."""
_PEEKED = 100
_SCALARS = frozenset({str, Number, bool, type(None)})
_SHOWN = 20
_CUT = "the file ends in the middle of this record; fetch the whole file again"


@dataclass(slots=True)
class _Found:
    line: int
    number: int
    cells: dict[str, str]
    column: str = ""
    value: str = ""
    reason: str = ""


@dataclass(slots=True)
class _Flattening:
    """Records as flat texts; `removed` counts the unfit characters taken out."""

    removed: int = 0
    taken: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def fit(self, value: str) -> str:
        if value.isascii() and value.isprintable():
            return value
        cleaned, removed = clean_counted(value)
        self.removed += removed
        return cleaned

    def found(self, line: int, number: int, value: Any) -> _Found:
        """A JSON value as a record, or with its fault."""
        if not isinstance(value, dict):
            shown = truncate(_document(value), 40) if depth_within(value) else "[…]"
            return _Found(line, number, {}, "", shown, "is no object; write {…} with columns")
        if (cells := self._quick(value)) is not None:
            return _Found(line, number, cells)
        if fault := record_fault(value):
            return _Found(line, number, {}, fault.column, fault.value, fault.reason)
        self.taken = {}
        twice = self._flatten("", value)
        if twice:
            return _Found(line, number, self.taken, twice, "", "stands twice once nested keys are joined; rename one")
        if len(self.taken) > MAX_COLUMNS:
            reason = f"has {len(self.taken):,} keys; at most {MAX_COLUMNS:,} are read"
            return _Found(line, number, {}, "", "", reason)
        return _Found(line, number, self.taken)

    def _quick(self, record: dict[str, Any]) -> dict[str, str] | None:
        """The cells of a record without anything nested or at fault, else None."""
        if type(record) is not dict or len(record) > MAX_COLUMNS or not _SCALARS.issuperset(map(type, record.values())):
            return None
        cells = {}
        for key, value in record.items():
            if (name := self.names.get(key)) is None:
                name = self.names[key] = self.fit(key)
            if type(value) is str and len(value) > MAX_FIELD:
                return None
            cells[name] = self.fit(value) if type(value) is str else _plain(value)
        if len(self.names) > MAX_COLUMNS:
            self.names.clear()
        return cells if len(cells) == len(record) else None

    def _flatten(self, prefix: str, record: dict[str, Any]) -> str:
        twice = ""
        for key, value in record.items():
            name = prefix + self.fit(key)
            if isinstance(value, dict) and value:
                twice = self._flatten(name + ".", value) or twice
                continue
            if name in self.taken:
                twice = name
            self.taken[name] = self.fit(_plain(value))
        return twice


def _plain(value: Any) -> str:
    """One value as text: figures as written, nothing for null, lists joined by "; " or, of objects, as JSON."""
    if isinstance(value, str):
        return str(value)
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if any(isinstance(item, dict | list) for item in value):
        return _document(value)
    return "; ".join(filter(None, map(_plain, value)))


def _document(value: Any) -> str:
    """JSON text in which figures keep their digits."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_document(str(key))}: {_document(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_document, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)


def _from_lines(grid: Grid, pieces: Iterator[str], flat: _Flattening) -> Iterator[_Found]:
    number = at = 0
    for line in chain.from_iterable(split(pieces)):
        at += 1
        if at == 1:
            line = line.lstrip("\ufeff")
        if not line.strip():
            continue
        number += 1
        reason = ""
        if len(line) > MAX_ROW:
            reason = f"is longer than {MAX_ROW:,} characters; shorten it"
        else:
            try:
                value = DECODER.decode(line.strip())
            except (ValueError, RecursionError) as error:
                reason = json_reason(error) if line.endswith("\n") else f"{_CUT} ({json_reason(error)})"
        yield _Found(at, number, {}, "", truncate(line, 60), reason) if reason else flat.found(at, number, value)


def _found(grid: Grid, source: Source, wanted: Input, codec: str, flat: _Flattening) -> Iterator[_Found]:
    pieces = decoded(source.pieces, codec, grid.name)
    if wanted.form == "jsonl":
        yield from _from_lines(grid, pieces, flat)
        return
    text = JsonText(grid.name, pieces)
    for number, (line, value) in enumerate(items(text, wanted.records, grid.note), 1):
        yield flat.found(line, number, value)


def look(source: Source) -> None:
    """Fill the source's `keys` and `head` from its first records; their faults are told when they are read."""
    grid = Grid(source.name, source.stem)
    codec = marked(next(source.pieces(), b"")) or source.encoding or "utf-8"
    found: list[_Found] = []
    with suppress(Refused):
        found.extend(islice(_found(grid, source, Input(form=source.form), codec, _Flattening()), _SHOWN))
    source.keys = tuple(dict.fromkeys(name for record in found for name in record.cells))
    rows = [[record.cells.get(name, "") for name in source.keys] for record in found if not record.reason]
    source.head = tuple([list(source.keys), *rows][:_SHOWN]) if source.keys else ()


def read(grid: Grid, source: Source, wanted: Input) -> None:
    """Fill `grid` with the keys of the first 100 records and the way to the blocks.

    Raises Refused where the file is no JSON or holds no records.
    """
    grid.encoding = chosen(source.pieces, wanted.encoding, grid.name)
    flat = _Flattening()
    found = _found(grid, source, wanted, grid.encoding, flat)
    first = list(islice(found, _PEEKED))
    keys = list(dict.fromkeys(chain((name for record in first for name in record.cells), wanted.keys)))
    if len(keys) > MAX_COLUMNS:
        raise Refused(f"{grid.name}:1: its records have {len(keys):,} keys; at most {MAX_COLUMNS:,} are read")
    if len(first) == _PEEKED:
        keys.append(MORE)
    grid.header = column_names(grid, keys)
    grid.removed = flat.removed
    if not first:
        grid.note("holds no records")
    grid.make = lambda size: _blocks(grid, chain(first, found), keys, flat, size)


def _blocks(grid: Grid, found: Iterator[_Found], keys: list[str], flat: _Flattening, size: int) -> Iterator[Block]:
    known = frozenset(keys)
    later: dict[str, None] = {}
    while records := list(islice(found, size)):
        block = Block()
        for record in records:
            if unknown := record.cells.keys() - known:
                extra = {name: text for name, text in record.cells.items() if name in unknown}
                record.cells[MORE] = _document(extra)
                later.update(dict.fromkeys(extra))
            row = [record.cells.get(name, "") for name in keys]
            if record.reason:
                told = (record.column, record.value, record.reason)
                block.faulty.append(Faulty(record.number, record.line, tuple(row), *told))
                continue
            block.numbers.append(record.number)
            block.lines.append(record.line)
            block.rows.append(row)
        grid.removed = flat.removed
        yield block
    if later:
        shown = ", ".join(truncate(name, 30) for name in islice(later, 5)) + (", …" if len(later) > 5 else "")
        grid.note(f"{len(later):,} keys come only after the first {_PEEKED} records and are kept in {MORE}: {shown}")
