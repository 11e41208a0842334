"""Rows of JSON files: an array of records, or one record a line; figures stay as written, keys must not stand twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.errors import Refused
from tracker.exchange.readers import TOO_LONG, Fault, Number, Row, Sheet, depth_within
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_JSON_DEPTH, truncate

_TOO_DEEP = f"is nested deeper than {MAX_JSON_DEPTH} levels; flatten it"


class _Doubled(dict[str, Any]):
    """An object in which the key `name` stands twice."""

    name = ""


class _NotANumber(str):
    """NaN or Infinity, which no JSON standard knows."""

    __slots__ = ()


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object of its keys and values, marked when a key stands twice."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    doubled, seen = _Doubled(made), set()
    for name, _ in pairs:
        if name in seen:
            doubled.name = name
        seen.add(name)
    return doubled


DECODER = json.JSONDecoder(
    object_pairs_hook=object_of, parse_int=Number, parse_float=Number, parse_constant=_NotANumber
)
"""Figures come as `Number`; a key that stands twice and NaN come as marks that `record_fault` finds."""


def line_rows(sheet: Sheet, text: str) -> Iterator[Row]:
    """The records of a file with one on each line; a line that is none costs that row only."""
    number = 0
    for at, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        number += 1
        try:
            value = DECODER.decode(line)
        except (ValueError, RecursionError) as error:
            yield Row(at, number, {}, Fault("", truncate(line, 60), json_reason(error)))
            continue
        yield _row(sheet, at, number, value)


def array_rows(sheet: Sheet, text: str) -> Iterator[Row]:
    """The records of a JSON array, of a single record, or of a file with one record a line.

    Raises Refused where the JSON breaks: what follows cannot be told apart.
    """
    at = _skip(text, 0)
    if text.startswith("{", at):
        yield from _objects(sheet, text, at)
        return
    if not text.startswith("[", at):
        raise Refused(f"{sheet.name}:1: holds no records but {truncate(text[at:], 30)}; write an array of objects")
    line, counted, number = 1, 0, 0
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        line, counted, number = line + text.count("\n", counted, at), at, number + 1
        value, end = _decoded(sheet, text, at, line)
        yield _row(sheet, line, number, value)
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            _refuse(sheet, text, at, "a comma or ] is missing")
    if _skip(text, at + 1) < len(text):
        _refuse(sheet, text, _skip(text, at + 1), "there is more after the end of the array")


def _objects(sheet: Sheet, text: str, at: int) -> Iterator[Row]:
    first, _, rest = text[at:].partition("\n")
    if rest.strip() and _is_whole(first):
        yield from line_rows(sheet, text)
        return
    value, end = _decoded(sheet, text, at, 1 + text.count("\n", 0, at))
    if _skip(text, end) < len(text):
        _refuse(sheet, text, _skip(text, end), "there is more after the record; write an array, or a record a line")
    yield _row(sheet, 1 + text.count("\n", 0, at), 1, value)


def _is_whole(line: str) -> bool:
    try:
        DECODER.decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def _decoded(sheet: Sheet, text: str, at: int, line: int) -> tuple[Any, int]:
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise Refused(f"{sheet.name}:{error.lineno}: {json_reason(error)}; nothing was imported") from error
    except RecursionError as error:
        raise Refused(f"{sheet.name}:{line}: {_TOO_DEEP}; nothing was imported") from error


def _refuse(sheet: Sheet, text: str, at: int, reason: str) -> None:
    line = 1 + text.count("\n", 0, at)
    raise Refused(f"{sheet.name}:{line}: {reason} (at “{truncate(text[at:], 20)}”); nothing was imported")


def json_reason(error: Exception) -> str:
    """What is wrong with a text that is no JSON, and where."""
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg.lower()} at column {error.colno}; correct it there"
    return _TOO_DEEP


def _row(sheet: Sheet, line: int, number: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(line, number, {}, Fault("", truncate(json.dumps(value), 40), "is no object; write {…} with columns"))
    fault = record_fault(value)
    if fault and fault.reason == _TOO_DEEP:
        return Row(line, number, {}, fault)
    return Row(line, number, {sheet.fit(name): _fit(sheet, item) for name, item in value.items()}, fault)


def record_fault(record: dict[str, Any]) -> Fault | None:
    """Why a JSON object cannot be taken as a record: too many keys, too deep, a key twice, NaN, a text too long."""
    if len(record) > MAX_COLUMNS:
        return Fault("", "", f"has {len(record):,} keys; at most {MAX_COLUMNS:,} are read")
    if not depth_within(record):
        return Fault("", "", _TOO_DEEP)
    if isinstance(record, _Doubled):
        return Fault(record.name, "", f"the key “{truncate(record.name, 40)}” stands twice; keep one")
    for name, value in ((name, value) for name, item in record.items() for value in _within(item)):
        if isinstance(value, _Doubled):
            return Fault(name, "", f"the key “{truncate(value.name, 40)}” stands twice; keep one")
        if isinstance(value, _NotANumber):
            return Fault(name, value, "is no number in JSON; write null for unknown")
        if isinstance(value, str) and len(value) > MAX_FIELD:
            return Fault(name, truncate(value, 40), TOO_LONG)
    return None


def _within(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, dict):
        for item in value.values():
            yield from _within(item)
    elif isinstance(value, list):
        for item in value:
            yield from _within(item)


def _fit(sheet: Sheet, value: Any) -> Any:
    """A JSON value with every text in it cleaned; numbers stay as written."""
    if isinstance(value, dict):
        return {sheet.fit(name): _fit(sheet, item) for name, item in value.items()}
    if isinstance(value, list):
        return [_fit(sheet, item) for item in value]
    return sheet.fit(value) if type(value) is str else value


def plain(value: Any) -> Any:
    """A JSON value with its numbers as numbers."""
    if isinstance(value, Number):
        return float(value) if set(value) & set(".eE") else int(value) if len(value) < 300 else str(value)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def read_object(raw: str) -> dict[str, Any] | None:
    """The JSON object in a cell, with its texts cleaned and its numbers as numbers; None when the cell holds none."""
    try:
        value = DECODER.decode(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not depth_within(value) or record_fault(value):
        return None
    cleaned: dict[str, Any] = plain(_fit(Sheet("", ""), value))
    return cleaned
