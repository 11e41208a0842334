"""Rows as a Markdown table (GitHub flavour), in which nothing of a cell is taken for markup."""

from __future__ import annotations

import re
from typing import Any

from tracker.exchange.records import Table
from tracker.exchange.textcells import compact, decimal
from tracker.exchange.writers_common import Sink, known, utf8
from tracker.text import screen_lines

_MARKUP = re.compile(r"[\\`*\[\]~|$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NUMBERS = ("int", "real")


def write(file: Sink, table: Table) -> int:
    """A header, a line that tells numbers to the right, and one line a record; unknown is an empty cell."""
    file.write(utf8(_line([cell(column.name) for column in table.columns])))
    file.write(utf8(_line(["---:" if column.type in _NUMBERS else "---" for column in table.columns])))
    count = 0
    for block in known(table):
        file.write(utf8("".join(_line([cell(value) for value in row]) for row in block)))
        count += len(block)
    return count


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def cell(value: Any) -> str:
    """A value as the text of a cell: on one line, its line breaks as <br>, markup and control characters inert."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return decimal(value)
    shown = value if isinstance(value, str) else compact(value)
    return "<br>".join(_MARKUP.sub(r"\\\g<0>", line.translate(_ENTITIES)) for line in screen_lines(shown))
