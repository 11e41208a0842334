"""A codebook of rows: its columns by what they are about, each made from an incident or given back as it was read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.exchange.codebooks.loss import Loss
from tracker.exchange.codebooks.reading import Draft, number
from tracker.exchange.codebooks.unsaid import Means, unsaid
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

    `derived` are columns of original files that say nothing of their own, so that leaving them out loses nothing. An
    import keeps no empty cells and may leave out what the records say word for word: `said` gives such a column back.
    `remade` are columns that older files lack, made from the model when they are missing.
    """

    name: str
    header: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    means: Means
    datasets: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()
    said: Mapping[str, Callable[[Draft], Value]] = field(default_factory=dict)
    remade: frozenset[str] = frozenset()

    def row(self, file: Casefile) -> tuple[list[str], list[Loss]]:
        """The cells of an incident, in the order of the header, and what they leave out."""
        draft = Draft(file, self.datasets, self.aliases)
        cells = dict.fromkeys(self.header, "")
        self._untaken(draft)
        self._fill(draft)
        for aspect in self.aspects:
            cells.update(_cells(aspect, draft))
        unsaid(draft, self.means, cells)
        return [cells[name] for name in self.header], draft.losses

    def _fill(self, draft: Draft) -> None:
        """Give the original the columns that were not kept of it."""
        if draft.original is None:
            return
        missing = [name for name in self.header if name not in draft.original and name not in self.remade]
        draft.original.add({name: _text(self.said[name](draft)) if name in self.said else "" for name in missing})

    def _untaken(self, draft: Draft) -> None:
        """Columns of the original file that this header has no more; columns without a name are numbers of rows."""
        original = draft.original
        if original is None:
            return
        for name in sorted(original.keys() - self._known - self.derived - {""}):
            if value := original.text(name):
                draft.lose("extra", "original", f"the original column {name} is not in the header", value)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.header)

    def write(self, blocks: Iterable[list[Casefile]], raw: bool) -> Iterator[tuple[int, bytes, list[Loss]]]:
        """The file as CSV, piece by piece: how many incidents, the bytes, the losses."""
        yield 0, _lines([list(self.header)], raw=True), []
        for block in blocks:
            rows, losses = [], []
            for file in block:
                cells, lost = self.row(file)
                rows.append(cells)
                losses += lost
            yield len(rows), _lines(rows, raw), losses


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


def _lines(rows: list[list[str]], raw: bool) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows(rows if raw else [[_guarded(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode(errors="replace")


def _guarded(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else guard(cell)
