"""A codebook of rows: its columns by what they are about, each made from an incident or given back as it was read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.exchange.codebooks.carried import tell_own_columns
from tracker.exchange.codebooks.loss import Loss
from tracker.exchange.codebooks.reading import Draft, number
from tracker.exchange.codebooks.unsaid import Means, unsaid
from tracker.model import codes
from tracker.store.casefile import Casefile
from tracker.text import guard

Value = str | int | float | None
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def columns(names: str) -> tuple[str, ...]:
    """Names of columns, parted by blanks."""
    return tuple(names.split())


def always(_: Draft) -> bool:
    """For columns that nothing in the model stands for."""
    return True


@dataclass(frozen=True, slots=True)
class Aspect:
    """Columns that belong together: `make` gives a value for each from the model, telling what is lost.

    `same` says whether the model still says what the original columns say, so that they are written as they were read.
    """

    columns: tuple[str, ...]
    make: Callable[[Draft], Sequence[Value]]
    same: Callable[[Draft], bool] = always
    name: str = ""


@dataclass(frozen=True)
class Codebook:
    """A file of rows: `datasets` are those whose imported rows come back, `aliases` older names of columns.

    An import keeps no empty cells and may leave out what the records say word for word: `said` gives such a column
    back. `remade` are columns that older files lack, made from the model when they are missing.
    """

    name: str
    header: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    means: Means
    datasets: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Callable[[Draft], Value]] = field(default_factory=dict)
    remade: frozenset[str] = frozenset()

    def row(self, file: Casefile, raw: bool = True) -> tuple[list[str], list[Loss]]:
        """The cells of an incident, in the order of the header, and what they leave out.

        No cells for what is no event of the case's own, such as a plan or its background. Cells are guarded unless
        `raw`; each that this changes is told.
        """
        draft = Draft(file, self.datasets, self.aliases)
        if draft.original is None and (nature := draft.row["nature"]) not in (None, "event"):
            what = codes.label("nature", nature)
            draft.lose("nature", "left_out", f"it is no event ({what}) and has no row", draft.row["title"])
            return [], draft.losses
        cells = dict.fromkeys(self.header, "")
        self._fill(draft)
        for aspect in self.aspects:
            cells.update(_cells(aspect, draft))
        unsaid(draft, self.means, cells)
        tell_own_columns(draft, cells)
        if not raw:
            cells = {name: _guarded(draft, name, cell) for name, cell in cells.items()}
        return [cells[name] for name in self.header], draft.losses

    def _fill(self, draft: Draft) -> None:
        """Give the original the columns that were not kept of it."""
        if draft.original is None:
            return
        missing = [name for name in self.header if name not in draft.original and name not in self.remade]
        values = {name: self.said[name](draft) if name in self.said else "" for name in missing}
        draft.original.add({name: _text(value) for name, value in values.items()})
        for name, value in values.items():
            # An import takes 34 and 34.0 for the same number and keeps neither.
            if isinstance(value, float) and value.is_integer():
                loss = "whether the file had it with or without a decimal point was not kept"
                draft.lose(name, "format", loss, _text(value))

    def write(self, blocks: Iterable[list[Casefile]], raw: bool) -> Iterator[tuple[int, bytes, list[Loss]]]:
        """The file as CSV, piece by piece: how many incidents, the bytes, the losses."""
        yield 0, _lines([list(self.header)]), []
        for block in blocks:
            rows, losses = [], []
            for file in block:
                cells, lost = self.row(file, raw)
                rows += [cells] if cells else []
                losses += lost
            yield len(rows), _lines(rows), losses


def _cells(aspect: Aspect, draft: Draft) -> dict[str, str]:
    """The cells of an aspect: the original ones while the model says the same, else made ones."""
    original = draft.original
    kept = {name: original[name] for name in aspect.columns if original and name in original}
    draft.muted = restored = bool(kept) and aspect.same(draft)
    if restored:
        draft.restored.add(aspect.name)
        if len(kept) == len(aspect.columns):
            draft.muted = False
            return kept
    made = dict(zip(aspect.columns, map(_text, aspect.make(draft)), strict=True))
    draft.muted = False
    return made | kept if restored else made


def _text(value: Value) -> str:
    return value if isinstance(value, str) else number(value)


def _lines(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode(errors="replace")


def _guarded(draft: Draft, name: str, cell: str) -> str:
    """The cell so that no spreadsheet runs it; that it is not as it was is told."""
    if _NUMBER.fullmatch(cell) or (safe := guard(cell)) == cell:
        return cell
    draft.lose(name, "guard", "a ' stands before it, for a spreadsheet would run it; --raw leaves it out", cell)
    return safe
