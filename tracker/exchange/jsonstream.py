"""JSON values one after the other out of a text that comes in pieces, so that no array is ever held as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from tracker.errors import Refused
from tracker.exchange.jsonvalues import DECODER, json_reason, object_of
from tracker.text import MAX_JSON_DEPTH, MAX_ROW, truncate

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_NEAR = 20
# A figure may go on behind what looks like its end: “1” of “1.5”, “1.5” of “1.5e+3”.
_MAY_GO_ON = 3
_MORE = "there is more after the record; write an array, or a record a line"
Record = tuple[int, Any]


class JsonText:
    """A position in a JSON text, of which only what is being read is held."""

    def __init__(self, name: str, pieces: Iterator[str]) -> None:
        self.name = name
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._counted = 0
        self._line = 1
        self._before = 0
        """Characters of the first line held that were let go of."""
        self._ended = False

    def line(self) -> int:
        """The physical line of the position, from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _more(self) -> bool:
        self.line()
        wanted = max(len(self._text) - self._at, 1)
        fresh: list[str] = []
        while wanted > 0 and not self._ended:
            piece = next(self._pieces, None)
            self._ended = piece is None
            fresh.append(piece or "")
            wanted -= len(piece or "")
        line_end = self._text.rfind("\n", 0, self._at)
        self._before = self._at - line_end - 1 if line_end >= 0 else self._before + self._at
        self._text = "".join((self._text[self._at :], *fresh))
        self._at = self._counted = 0
        return any(fresh)

    def peek(self) -> str:
        """The next character that is no space, without taking it; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended or not (self._more() or not self._ended):
                return ""

    def take(self, sign: str, missing: str) -> None:
        """Step over one character. Raises Refused, saying what is missing, when another stands there."""
        if self.peek() != sign:
            self.refuse(missing)
        self._at += 1

    def refuse(self, reason: str) -> NoReturn:
        """Raise Refused for the position."""
        at = self.near(_NEAR)
        shown = f" (at “{at}”)" if at else " (the file ends here)"
        raise Refused(f"{self.name}:{self.line()}: {reason}{shown}; nothing was imported")

    def near(self, width: int) -> str:
        """What stands at the position, cut to `width`."""
        while len(self._text) - self._at < 4 * width and not self._ended:
            self._more()
        return truncate(self._text[self._at : self._at + 4 * width].rstrip(), width)

    def value(self) -> Any:
        """The next value. Raises Refused where the text is no JSON, or the value is longer than a row may be."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_whole(error):
                    raise self._broken(error) from error
            except RecursionError as error:
                reason = f"is nested deeper than {MAX_JSON_DEPTH} levels; flatten it"
                raise Refused(f"{self.name}:{self.line()}: {reason}; nothing was imported") from error
            else:
                if end - self._at <= MAX_ROW and (self._ended or end + _MAY_GO_ON <= len(self._text)):
                    self._at = end
                    return value
            if len(self._text) - self._at > MAX_ROW:
                self.refuse(f"a value is longer than {MAX_ROW:,} characters, or a quote is missing")
            self._more()

    def _is_whole(self, error: json.JSONDecodeError) -> bool:
        """Whether more text could not make good what is wrong."""
        if self._ended:
            return True
        return len(self._text) - error.pos > _NEAR and not error.msg.startswith("Unterminated")

    def _broken(self, error: json.JSONDecodeError) -> Refused:
        line = self.line() + self._text.count("\n", self._at, error.pos)
        if self._ended and error.pos >= len(self._text.rstrip()):
            return Refused(f"{self.name}:{line}: is not JSON: it ends in the middle of a value; fetch the file again")
        before = self._before if error.lineno == 1 else 0
        return Refused(f"{self.name}:{line}: {json_reason(error, before)}; nothing was imported")


def items(text: JsonText, records: str, note: Callable[[str], None]) -> Iterator[Record]:
    """The records of a JSON text, each with its line.

    `records` is the dotted path to them: "" = the array, or the only list of objects in the object that the file is;
    "." = the file itself; a path that ends in "*" = the values of an object, each with its key as `_key`. Raises
    Refused, naming the line, where the text is no JSON or there is nothing at the path.
    """
    first = text.peek()
    if first == "[":
        yield from _array(text)
    elif first != "{":
        shown = text.near(30) or "nothing"
        raise Refused(f"{text.name}:1: holds no records but {shown}; write an array of objects")
    elif records == ".":
        yield from _whole_objects(text, 0)
        return
    elif records:
        found: list[str] = []
        yield from _at_path(text, records.split("."), found)
        if found:
            shown = ", ".join(truncate(name, 30) for name in found[:8])
            raise Refused(f"{text.name}:1: has nothing at “{records}”; what it has: {shown}")
    else:
        yield from _only_list(text, note)
        before = text.line()
        if text.peek() == "{":
            yield from _whole_objects(text, before)
    if text.peek():
        text.refuse("there is more after the end of the array" if first == "[" else _MORE)


def _array(text: JsonText) -> Iterator[Record]:
    text.take("[", "an array is missing")
    while text.peek() != "]":
        yield text.line(), text.value()
        if text.peek() == ",":
            text.take(",", "")
            if text.peek() == "]":
                text.refuse("is not JSON: a comma stands before ]; take it out")
        elif text.peek() != "]":
            text.refuse("a comma or ] is missing")
    text.take("]", "")


def _whole_objects(text: JsonText, before: int) -> Iterator[Record]:
    """Objects one after the other, each on a line of its own, the last one before them on line `before`."""
    while text.peek() == "{":
        if text.line() == before:
            text.refuse(_MORE)
        yield text.line(), text.value()
        before = text.line()
    if text.peek():
        text.refuse(_MORE)


def _keys(text: JsonText) -> Iterator[str]:
    """The keys of an object, each with the position at its value, which must be taken before the next."""
    text.take("{", "an object is missing")
    while text.peek() != "}":
        key = text.value() if text.peek() == '"' else text.refuse("is not JSON: a key in quotes is missing")
        text.take(":", "is not JSON: a colon is missing after a key")
        text.peek()
        yield key
        if text.peek() == ",":
            text.take(",", "")
            if text.peek() == "}":
                text.refuse("is not JSON: a comma stands before }; take it out")
        elif text.peek() != "}":
            text.refuse("a comma or } is missing")
    text.take("}", "")


def _at_path(text: JsonText, path: list[str], missing: list[str]) -> Iterator[Record]:
    """The records at a path; the keys met stand in `missing` when nothing was there."""
    seen: list[str] = []
    there = False
    for key in _keys(text):
        seen.append(key)
        line, sign = text.line(), text.peek()
        if path == ["*"]:
            there = True
            value = text.value()
            yield line, {"_key": key, **value} if isinstance(value, dict) else value
        elif key != path[0] or sign not in ("[", "{"):
            text.value()
        elif sign == "{" and len(path) > 1:
            there = True
            yield from _at_path(text, path[1:], missing)
        elif len(path) > 1:
            text.value()
        else:
            there = True
            yield from _array(text) if sign == "[" else iter([(line, text.value())])
    if not there:
        missing += seen or ["nothing"]


def _only_list(text: JsonText, note: Callable[[str], None]) -> Iterator[Record]:
    """The objects of the only list of objects in an object; without one the object is the record."""
    line = text.line()
    plain: list[tuple[str, Any]] = []
    listed = ""
    for key in _keys(text):
        if text.peek() != "[":
            plain.append((key, text.value()))
            continue
        entries = _array(text)
        if (first := next(entries, None)) is None or not isinstance(first[1], dict):
            plain.append((key, [entry for _, entry in ([first] if first else [])] + [entry for _, entry in entries]))
            continue
        if listed:
            several = f"holds several lists of records ({listed}, {key})"
            text.refuse(f"{several}; keep one, or say by a profile which: records = …")
        listed = key
        yield first
        yield from entries
    if listed:
        note(f"the records are those under “{truncate(listed, 40)}”")
    else:
        yield line, object_of(plain)
