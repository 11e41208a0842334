"""Typed values as the text of a cell of a delimited file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tracker.exchange.layout import FileColumn
from tracker.text import guard

Encoder = Callable[[Any], Any]

_COMPACT = re.compile(r'\{"(?:[^"\\]++|\\.)*+":(?! )')
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def cell_encoder(column: FileColumn, raw: bool = False) -> Encoder | None:
    """What turns a value of a column into a CSV cell; None when the value can be written as it is."""
    if column.type == "bool":
        return {True: "yes", False: "no", None: ""}.__getitem__
    if column.type == "real":
        return _real
    if column.type == "json":
        return _json_cell_raw if raw else _json_cell
    if not column.guarded:
        return None
    return _text_raw if raw else _text


def compact(value: object) -> str:
    """A JSON value on one line, without needless blanks."""
    return _ENCODER.encode(value)


def compacted(stored: str) -> str:
    """The same for a JSON text as the database keeps it; one that is compact already is not taken apart."""
    # One style holds for the whole text, so that the first key tells.
    if _COMPACT.match(stored) and "\\u" not in stored:
        return stored
    return compact(json.loads(stored))


def decimal(value: float) -> str:
    """The shortest text that is exactly this number, with a decimal point and never an exponent."""
    shown = repr(float(value))
    if "e" in shown:
        from decimal import Decimal

        shown = format(Decimal(shown), "f")
    return shown


def _text_raw(value: str | None) -> str | None:
    # The csv module of Python 3.11 leaves a lone CR unquoted; as read back it is a line break in any case.
    return value.replace("\r\n", "\n").replace("\r", "\n") if value and "\r" in value else value


def _text(value: str | None) -> str | None:
    return guard(_text_raw(value) or "") if value else value


def _real(value: float | None) -> str | None:
    return None if value is None else decimal(value)


def _json_cell_raw(value: object) -> str | None:
    return None if value is None else compact(value)


def _json_cell(value: object) -> str | None:
    return None if value is None else guard(compact(value))
