"""JSON values as files hold them: figures stay as written, keys must not stand twice, and nothing is too deep."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tracker.exchange.grid import Fault
from tracker.text import MAX_COLUMNS, MAX_FIELD, MAX_JSON_DEPTH, clean, truncate

TOO_LONG = f"is longer than {MAX_FIELD:,} characters; shorten it"
_TOO_DEEP = f"is nested deeper than {MAX_JSON_DEPTH} levels; flatten it"


class Number(str):
    """A number as a JSON file has it, digit for digit."""

    __slots__ = ()


class Found(NamedTuple):
    """A record of a JSON file: its line and number (from 1), and its value, or why there is none."""

    line: int
    number: int
    value: Any
    fault: Fault | None = None


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


def json_reason(error: Exception, before: int = 0) -> str:
    """What is wrong with a text that is no JSON, and where; `before`: characters of its line that it does not have."""
    if isinstance(error, json.JSONDecodeError):
        what = error.msg.lower().removesuffix(" at")
        return f"is not JSON: {what} at column {error.colno + before}; correct it there"
    return _TOO_DEEP


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


def depth_within(value: object, depth: int = MAX_JSON_DEPTH) -> bool:
    """Whether a JSON value is nested no deeper than allowed."""
    if isinstance(value, dict):
        return depth > 0 and all(depth_within(item, depth - 1) for item in value.values())
    return not isinstance(value, list) or (depth > 0 and all(depth_within(item, depth - 1) for item in value))


def cleaned(value: Any, fit: Callable[[str], str]) -> Any:
    """A JSON value with every text in it, keys too, made fit by `fit`; numbers stay as written."""
    if isinstance(value, dict):
        return {fit(name): cleaned(item, fit) for name, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item, fit) for item in value]
    return fit(value) if type(value) is str else value


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
    made: dict[str, Any] = plain(cleaned(value, clean))
    return made


def document(value: Any) -> str:
    """JSON text in which figures keep their digits."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{document(str(key))}: {document(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(document, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)


def no_object(value: Any) -> Fault | None:
    """The fault of a JSON value that is no object."""
    if isinstance(value, dict):
        return None
    shown = truncate(document(value), 40) if depth_within(value) else "[…]"
    return Fault("", shown, "is no object; write {…} with columns")
