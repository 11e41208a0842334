"""How commands print: aligned on a terminal, tab-separated in a pipe, JSON where asked; never a control character."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import text
from tracker.exchange.jsontext import inert

if TYPE_CHECKING:
    from tracker.store.ledger import Saved


def say(sentence: str) -> None:
    """Narration, on stderr."""
    print(text.screen(sentence), file=sys.stderr)


def emit(value: object) -> None:
    """One JSON document on a line, on stdout; control characters in it are escaped."""
    # What an encoding lacks would be replaced by escapes that are none in JSON.
    narrow = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    print(inert(json.dumps(value, ensure_ascii=narrow, default=str)))


def result(sentence: str, facts: Mapping[str, object], *, as_json: bool) -> None:
    """What a command came to: a sentence, or its facts as JSON."""
    if as_json:
        emit(dict(facts))
    else:
        print(text.screen(sentence))


def saved(done: Saved, *, as_json: bool) -> None:
    """What a write came to: its sentence, or the record and its version as JSON."""
    facts = {"action": done.action, "ref": done.ref, "uid": done.uid, "version": done.version}
    result(done.sentence, {**facts, "sentence": done.sentence}, as_json=as_json)


def written(folder: Path, counts: Mapping[str, int], *, as_json: bool) -> None:
    """How many records were written to each file of a folder."""
    by_kind = {Path(name).stem: count for name, count in counts.items()}
    if as_json:
        emit({"folder": str(folder), "counts": by_kind})
        return
    table(["What", "Records"], [[name, f"{count:,}"] for name, count in by_kind.items()])
    say(f"written to {folder}")


def lines(paragraphs: Iterable[str]) -> None:
    """Lines of text on stdout, each made safe for a terminal."""
    for line in paragraphs:
        print(text.screen(line))


def table(labels: Sequence[str], rows: Sequence[Sequence[str]], *, flex: int = 0) -> None:
    """A table on stdout; see `Table`."""
    Table(labels, flex).add(rows)


def alike(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> set[int]:
    """The columns, but for the first, that have the same in all of several rows; none where all have room."""
    if not sys.stdout.isatty() or len(rows) < 2:
        return set()
    from rich.cells import cell_len

    widths = [max(cell_len(text.screen(row[place])) for row in (labels, *rows)) for place in range(len(labels))]
    if sum(widths) + 2 * (len(widths) - 1) <= shutil.get_terminal_size().columns:
        return set()
    return {place for place in range(1, len(labels)) if len({row[place] for row in rows}) == 1}


class Table:
    """A table on stdout that is printed block by block: with tabs in a pipe, aligned on a terminal.

    There the first block decides how wide the columns are; number `flex` gives way first so that a line fits, and
    those of `firm` last.
    """

    def __init__(self, labels: Sequence[str], flex: int = 0, firm: Collection[int] = ()) -> None:
        self._labels = labels
        self._flex = flex
        self._firm = firm
        self._widths: list[int] = []

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Print more rows; before the first, the header."""
        first, safe = not self._widths, [[text.screen(cell) for cell in row] for row in rows]
        if first:
            self._widths = self._measured([list(self._labels), *safe])
            self._line(self._labels, header=True)
        for row in safe:
            self._line(row)

    def _measured(self, rows: Sequence[Sequence[str]]) -> list[int]:
        if not sys.stdout.isatty():
            return [0] * len(self._labels)
        from rich.cells import cell_len

        widths = [max(cell_len(row[place]) for row in rows) for place in range(len(self._labels))]
        room = shutil.get_terminal_size().columns - 2 * (len(widths) - 1)
        widths[self._flex] = max(min(20, widths[self._flex]), widths[self._flex] - max(0, sum(widths) - room))
        every = list(range(len(widths)))
        soft = [place for place in every if place != self._flex and place not in self._firm] if self._firm else []
        for places in (soft, every):
            while sum(widths) > room and places and max(widths[place] for place in places) > 8:
                widths[max(places, key=widths.__getitem__)] -= 1
        return widths

    def _line(self, row: Sequence[str], *, header: bool = False) -> None:
        if not sys.stdout.isatty():
            print("\t".join(row))
            return
        from rich.cells import cell_len

        cells = [text.truncate(cell, width) for cell, width in zip(row, self._widths, strict=True)]
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, self._widths, strict=True)]
        line = "  ".join(padded).rstrip()
        print(f"\x1b[1m{line}\x1b[m" if header and not os.environ.get("NO_COLOR") else line)
