"""What of a row the records do not say again word for word, kept as JSON text of column and cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

from tracker.exchange.layout import ABOUT, NOTES
from tracker.exchange.profile.checks import Memo
from tracker.exchange.profile.dates import Dated
from tracker.exchange.profile.frame import Binder, Columns, Frame
from tracker.exchange.profile.model import Cell, Profile

_quoted: Callable[[str], str] = json.encoder.encode_basestring
_WHOLE = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ASIDE = ("words", "lasted")
"""Columns that a date is read from and does not give back."""
Same = Callable[[str], bool]
"""Whether the records give this text of a column back exactly."""


def _number(text: str) -> bool:
    # A whole number is given back without a point: 34.0 is not what would be written.
    try:
        return _WHOLE.fullmatch(text) is not None or (repr(float(text)) == text and not text.endswith(".0"))
    except ValueError:
        return False


def same_by(cell: Cell) -> Same | None:
    """How to tell for a cell of one column whether its value gives the text back; None when it never does."""
    if cell.template or cell.const is not None or len(cell.columns) != 1 or cell.has_default:
        return None
    if cell.map is not None:
        values = list(cell.map.values())
        known = cell.map.keys() if len(set(map(repr, values))) == len(values) else frozenset[str]()
        return lambda text: text in known
    if cell.kind == "country":
        return (lambda text: text.isupper()) if cell.code == "iso3" else None
    return {"text": None, "code": None, "bool": None, "int": lambda text: _WHOLE.fullmatch(text) is not None,
            "real": _number}[cell.kind]  # fmt: skip


class Kept:
    """Gathers what is to be kept of each row: by `[extra] keep` all columns, none, some, or what is said nowhere else.

    A column is said elsewhere when it alone fills a text, a figure, a coordinate, a name or the id; of such a column
    only cells are kept whose text does not come back as it was read (5.0, 50.450000, NA). Of dates only days written
    YYYY-MM-DD come back. Empty cells are never kept: a column that is missing from `extra` was empty or is said.
    """

    def __init__(self, profile: Profile, binder: Binder, targets: set[str], date: Mapping[str, tuple[int, ...]]):
        columns = binder.columns
        self.header, self._checked = columns.header, binder.memos
        self.key: int | None = None
        self.nulls = profile.null
        self.date = {part: places[0] for part, places in date.items() if len(places) == 1 and part not in _ASIDE}
        self.texts: set[int] = set()
        self.memos: dict[int, Memo] = {}
        places: Sequence[int] = range(len(self.header))
        if profile.keep == "unmapped":
            self._said(profile, columns, targets)
        else:
            self.date = {}
            if isinstance(profile.keep, tuple):
                places = columns.places(profile.keep)
            elif profile.keep == "none":
                places = ()
        said = {*self.texts, *self.memos, *self.date.values(), self.key}
        # What a file of rejected rows says of each is no part of the row.
        self.whole = [at for at in places if at not in said and self.header[at] not in (*NOTES, *ABOUT)]
        self.few: dict[int, Memo | None] = {}

    def _said(self, profile: Profile, columns: Columns, targets: set[str]) -> None:
        cells = {f"incident.{name}": cell for name, cell in profile.incident.items()}
        cells |= {f"actor.{at}.name": one.name for at, one in enumerate(profile.actors) if not (one.split or one.skip)}
        cells |= {f"source.{name}": cell for one in profile.sources for name, cell in one.cells.items()
                  if not columns.places(one.unless)}  # fmt: skip
        for target, cell in cells.items():
            places = columns.places(cell.columns)
            if len(places) != 1 or target in targets or cell.template or cell.null:
                continue
            if target == "source.published":
                self._judged(places[0], lambda text: _DAY.fullmatch(text) is not None)
            elif cell.kind == "text" and cell.map is None and cell.const is None and not cell.has_default:
                self.texts.add(places[0])
            elif (same := same_by(cell)) is not None:
                self._judged(places[0], same)
        if len(profile.key.columns) == 1 and (places := columns.places(profile.key.columns[0])):
            self.key = places[0]
            self.texts.discard(places[0])
            self.memos.pop(places[0], None)

    def _judged(self, at: int, same: Same) -> None:
        head, nulls = _quoted(self.header[at]) + ":", self.nulls

        def odd(text: str) -> str:
            return "" if not text or (text not in nulls and same(text)) else head + _quoted(text)

        self.texts.discard(at)
        memo = self._checked[at] if at in self._checked else Memo(lambda text: None)
        self.memos[at] = memo
        memo.odd_as = odd

    def read(self, frame: Frame, dated: Sequence[Dated] | None) -> Sequence[str | None]:
        """JSON text for each row, None where nothing is to be kept."""
        parts = [self._whole(at, frame.cols[at]) for at in self.whole]
        parts += [self._odd(at, memo, frame) for at, memo in self.memos.items()]
        parts += [self._changed(at, frame.cols[at], frame.texts(at, self.nulls)) for at in self.texts]
        if self.key is not None:
            parts.append(self._changed(self.key, frame.cols[self.key], frame.keys))
        if self.date and dated is not None:
            parts.append([one.kept for one in dated])
        parts = [part for part in parts if any(part)]
        if not parts:
            return [None] * frame.n
        joined = map(",".join, map(filter, repeat(None), zip(*parts, strict=True)))
        return [f"{{{one}}}" if one else None for one in joined]

    def _odd(self, at: int, memo: Memo, frame: Frame) -> Sequence[str]:
        col = frame.cols[at]
        if at not in self._checked:
            memo.of(col)
        return list(map(memo.odd.get, col, repeat(""))) if memo.odd else ()

    def _whole(self, at: int, col: Sequence[str]) -> Sequence[str]:
        head = _quoted(self.header[at]) + ":"
        if at not in self.few:
            # A column of few distinct texts is worth remembering, one of articles is not.
            few = len(set(col)) * 3 < len(col)
            self.few[at] = Memo(lambda text: head + _quoted(text) if text else "", 8_192) if few else None
        if (memo := self.few[at]) is not None:
            return memo.of(col)
        return [head + _quoted(text) if text else "" for text in col]

    def _changed(self, at: int, col: Sequence[str], stored: Sequence[str | None]) -> Sequence[str]:
        """Cells whose text the record has in another form, or not at all."""
        if list(col) == stored:
            return ()
        head = _quoted(self.header[at]) + ":"
        return ["" if not raw or raw == one else head + _quoted(raw) for raw, one in zip(col, stored, strict=True)]
