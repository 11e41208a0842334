"""A block of rows as columns, and the binding of a profile's cells to the columns of one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from tracker.exchange.profile.checks import Bad, Memo, parser
from tracker.exchange.profile.model import Cell
from tracker.exchange.profile.template import columns_of, compiled, whole_form

Texts = list[str | None]


class Columns:
    """The header of a file, asked in any case and by the profile's aliases."""

    def __init__(self, header: Sequence[str], aliases: Mapping[str, tuple[str, ...]]) -> None:
        self.header = tuple(header)
        self._at: dict[str, int] = {}
        for place, name in enumerate(header):
            self._at.setdefault(name.strip().lower(), place)
        self._aliases = {name.lower(): others for name, others in aliases.items()}

    def find(self, name: str) -> int | None:
        """The place of a column; None when the file has none of that name."""
        names = (name, *self._aliases.get(name.lower(), ()))
        return next((at for one in names if (at := self._at.get(one.strip().lower())) is not None), None)

    def places(self, names: Sequence[str]) -> tuple[int, ...]:
        """The places of those columns that the file has."""
        found = (self.find(name) for name in names)
        return tuple(dict.fromkeys(at for at in found if at is not None))


class Frame:
    """The rows of a block by column, with what the checks made of them."""

    def __init__(self, cols: Sequence[Sequence[str]], values: list[list[Any]], keys: Sequence[str]) -> None:
        self.cols, self.values, self.keys, self.n = cols, values, keys, len(keys)
        self._texts: dict[tuple[int, frozenset[str]], Texts] = {}

    def only(self, good: Sequence[bool]) -> Frame:
        """The rows marked as good."""
        cols = [list(compress(col, good)) for col in self.cols]
        return Frame(cols, [list(compress(col, good)) for col in self.values], list(compress(self.keys, good)))

    def texts(self, at: int, nulls: frozenset[str]) -> Texts:
        """The texts of a column without spaces around them, None for those that mean "not given"."""
        if (found := self._texts.get((at, nulls))) is None:
            stripped: Texts = list(map(str.strip, self.cols[at]))
            found = stripped if nulls.isdisjoint(stripped) else [None if one in nulls else one for one in stripped]
            self._texts[at, nulls] = found
        return found


Reader = Callable[[Frame], Sequence[Any]]
"""From the frame of a block to one value a row."""


class Check:
    """A column, or several together, that every row is held against before anything is made of it."""

    def __init__(self, columns: Columns, places: tuple[int, ...], memo: Memo) -> None:
        self.places, self.memo = places, memo
        self.name = columns.header[places[0]]

    def read(self, cols: Sequence[Sequence[str]], warnings: Counter[str]) -> tuple[Sequence[Any], list[Any]]:
        """The texts and their values; what could not be read and is kept is counted among the warnings."""
        places = self.places
        raws = cols[places[0]] if len(places) == 1 else list(zip(*(cols[at] for at in places), strict=True))
        values = self.memo.of(raws)
        if self.memo.unread:
            found = Counter(map(self.memo.unread.get, raws))
            warnings.update({warning: n for warning, n in found.items() if warning})
        return raws, values

    def faults(self, raws: Sequence[Any]) -> Iterator[tuple[int, Bad]]:
        """The rows whose texts cannot be taken, and why."""
        if bad := self.memo.bad:
            for row, raw in enumerate(raws):
                if raw in bad:
                    yield row, bad[raw]


class Binder:
    """Binds cells to the columns of a file: `checks` are what has to be run on a block before the readers.

    `memos` are those of the checks of one column, by its place.
    """

    def __init__(self, columns: Columns, nulls: frozenset[str]) -> None:
        self.columns, self.nulls = columns, nulls
        self.checks: list[Check] = []
        self.memos: dict[int, Memo] = {}

    def checked(self, places: tuple[int, ...], memo: Memo) -> Reader:
        """A reader of what a new check makes of these columns."""
        self.checks.append(Check(self.columns, places, memo))
        if len(places) == 1:
            self.memos.setdefault(places[0], memo)
        index = len(self.checks) - 1
        return lambda frame: frame.values[index]

    def cell(self, cell: Cell | None) -> Reader | None:
        """The reader of a cell; None when the file has none of its columns and nothing stands for them."""
        if cell is None:
            return None
        if cell.template:
            return self.template(cell.template, cell.null)
        places = self.columns.places(cell.columns)
        if cell.const is not None or not places:
            value = cell.const if cell.const is not None else cell.default
            return None if value is None else lambda frame: [value] * frame.n
        if cell.kind == "text" and cell.map is None:
            return self.text(cell, places)
        return self.checked(places, Memo(parser(cell, self.nulls, several=len(places) > 1)))

    def text(self, cell: Cell, places: tuple[int, ...]) -> Reader:
        """The reader of a text: of the first column that is not empty, or of all of them joined."""
        nulls, default = self.nulls | cell.null, cell.default if cell.has_default else None

        def read(frame: Frame) -> Sequence[Any]:
            columns = [frame.texts(at, nulls) for at in places]
            found = columns[0]
            if len(columns) > 1 and cell.joined:
                found = ["\n\n".join(dict.fromkeys(filter(None, row))) or None for row in zip(*columns, strict=True)]
            elif len(columns) > 1:
                found = [next(filter(None, row), None) for row in zip(*columns, strict=True)]
            return found if default is None else [one or str(default) for one in found]

        return read

    def template(self, template: str, null: frozenset[str] = frozenset()) -> Reader:
        """The reader of a template; a column that the file does not have is an empty part."""
        places = [self.columns.find(name) for name in columns_of(template, "template")]
        fill, whole, nulls = compiled(template), whole_form(template), self.nulls | null

        def read(frame: Frame) -> Sequence[Any]:
            if None in places:
                columns = [[None] * frame.n if at is None else frame.texts(at, nulls) for at in places]
                return [fill(row) or None for row in zip(*columns, strict=True)]
            columns = [frame.texts(at, nulls) for at in places if at is not None]
            if any(None in column for column in columns):
                return [fill(row) or None for row in zip(*columns, strict=True)]
            return list(map(whole.__mod__, zip(*columns, strict=True)))

        return read
