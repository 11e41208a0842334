"""Grids of JSON files: records in an array, under a key, or one a line, read as they come and flattened to columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from tracker.errors import Refused
from tracker.exchange.grid import Block, Fault, Faulty, Grid, Input, column_names
from tracker.exchange.jsonstream import JsonText, items
from tracker.exchange.jsonvalues import DECODER, Found, Number, document, json_reason, no_object, record_fault
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
class _Flat:
    line: int
    number: int
    cells: dict[str, str]
    fault: Fault | None = None


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

    def flat(self, found: Found) -> _Flat:
        """A JSON value as a record of texts, or with its fault."""
        line, number, value, fault = found
        fault = fault or no_object(value)
        if not fault and (cells := self._quick(value)) is not None:
            return _Flat(line, number, cells)
        if fault := fault or record_fault(value):
            return _Flat(line, number, {}, fault)
        self.taken = {}
        if twice := self._flatten("", value):
            reason = "stands twice once nested keys are joined; rename one"
            return _Flat(line, number, self.taken, Fault(twice, "", reason))
        if len(self.taken) > MAX_COLUMNS:
            reason = f"has {len(self.taken):,} keys; at most {MAX_COLUMNS:,} are read"
            return _Flat(line, number, {}, Fault("", "", reason))
        return _Flat(line, number, self.taken)

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
        return document(value)
    return "; ".join(filter(None, map(_plain, value)))


def _from_lines(pieces: Iterator[str]) -> Iterator[Found]:
    number = at = 0
    for line in chain.from_iterable(split(pieces)):
        at += 1
        if at == 1:
            line = line.lstrip("\ufeff")
        if not line.strip():
            continue
        number += 1
        value, reason = None, ""
        if len(line) > MAX_ROW:
            reason = f"is longer than {MAX_ROW:,} characters; shorten it"
        else:
            try:
                value = DECODER.decode(line.strip())
            except (ValueError, RecursionError) as error:
                reason = json_reason(error) if line.endswith("\n") else f"{_CUT} ({json_reason(error)})"
        yield Found(at, number, value, Fault("", truncate(line, 60), reason) if reason else None)


def _found(grid: Grid, source: Source, wanted: Input, codec: str) -> Iterator[Found]:
    pieces = decoded(source.pieces, codec, grid.name)
    if wanted.form == "jsonl":
        yield from _from_lines(pieces)
        return
    text = JsonText(grid.name, pieces)
    for number, (line, value) in enumerate(items(text, wanted.records, grid.note), 1):
        yield Found(line, number, value)


def values(grid: Grid, source: Source, wanted: Input) -> Iterator[Found]:
    """The records with their types, figures as `Number`. Raises Refused, at once or later, where the file breaks."""
    grid.encoding = chosen(source.pieces, wanted.encoding, grid.name)
    return _closing(grid, _found(grid, source, wanted, grid.encoding))


def _closing(grid: Grid, found: Iterator[Found]) -> Iterator[Found]:
    try:
        yield from found
    finally:
        grid.close()


def look(source: Source) -> None:
    """Fill the source's `keys` and `head` from its first records; their faults are told when they are read."""
    grid = Grid(source.name, source.stem)
    codec = marked(next(source.pieces(), b"")) or source.encoding or "utf-8"
    found: list[_Flat] = []
    with suppress(Refused):
        found.extend(map(_Flattening().flat, islice(_found(grid, source, Input(form=source.form), codec), _SHOWN)))
    source.keys = tuple(dict.fromkeys(name for record in found for name in record.cells))
    rows = [[record.cells.get(name, "") for name in source.keys] for record in found if not record.fault]
    source.head = tuple([list(source.keys), *rows][:_SHOWN]) if source.keys else ()


def read(grid: Grid, source: Source, wanted: Input) -> None:
    """Fill `grid` with the keys of the first 100 records and the way to the blocks.

    Raises Refused where the file is no JSON or holds no records.
    """
    grid.encoding = chosen(source.pieces, wanted.encoding, grid.name)
    flat = _Flattening()
    found = map(flat.flat, _found(grid, source, wanted, grid.encoding))
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


def _blocks(grid: Grid, found: Iterator[_Flat], keys: list[str], flat: _Flattening, size: int) -> Iterator[Block]:
    known = frozenset(keys)
    later: dict[str, None] = {}
    while records := list(islice(found, size)):
        block = Block()
        for record in records:
            if unknown := record.cells.keys() - known:
                extra = {name: text for name, text in record.cells.items() if name in unknown}
                record.cells[MORE] = document(extra)
                later.update(dict.fromkeys(extra))
            row = [record.cells.get(name, "") for name in keys]
            if record.fault:
                told = (record.fault.column, record.fault.value, record.fault.reason)
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
