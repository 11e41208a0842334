"""The XML of a workbook's sheets and shared texts (ECMA-376 part 1, 18.3 and 18.4), streamed and held to limits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from tracker.text import MAX_ROW

LAST_COLUMN = 16_384
"""No sheet is wider (XFD)."""
_GAP = 16
"""Empty cells in a row that are filled in at once; what comes after more of them may be far beyond the header."""
_PIECE = 1 << 16
_COUNT = re.compile("[0-9]{1,10}")
_WHOLE = re.compile("[+-]?[0-9]{1,400}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?Z?)?")
_TRUTH = {"0": False, "1": True, "false": False, "true": True}
_SPACES = " \t\r\n"
_TEXT_COST = 60
"""Bytes that a text takes in memory beyond its characters, about."""


class Unreadable(Exception):
    """What is wrong with a part of a workbook, in a few words."""


class Failed(str):
    """What a sheet shows for a formula that failed, such as #N/A; a text that only looks like it is a plain str."""

    __slots__ = ()


class Wrong(str):
    """What stands in a cell that cannot hold it, such as the number of a text that is not there."""

    __slots__ = ()


class Line(NamedTuple):
    """A row by its number from 1: `cells` from the first on, None where one is empty; `far` those after a wide gap, as
    column (from 1) and value; `wrong` column and text of the first that holds what it cannot.
    """

    number: int
    cells: list[object]
    far: list[tuple[int, object]]
    wrong: tuple[int, str] | None


class _Names(dict[str, str]):
    """Names of elements without the prefix that some programs write."""

    def __missing__(self, name: str) -> str:
        plain = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = plain
        return plain


class _Parts:
    """What both sorts of parts share: no declarations, the text of <v> and <t>, and nothing held but what is read."""

    def __init__(self) -> None:
        self.names = _Names()
        self.taken: list[str] = []
        self.taking = False
        self.ready: list[Any] = []
        self.length = 0
        self.aside = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.CharacterDataHandler = self._characters

    def _refuse(self, *_: object) -> None:
        raise Unreadable("it declares a document type, which no workbook has")

    def _characters(self, text: str) -> None:
        if self.taking and self.length <= MAX_ROW:
            self.length += len(text)
            self.taken.append(text)

    def _text(self) -> str:
        text = "".join(self.taken)
        self.taken.clear()
        return text

    def read(self, part: IO[bytes]) -> Iterator[Any]:
        """What the handlers make ready, as it comes. Raises Unreadable for what is no XML or breaks a limit."""
        try:
            while piece := part.read(_PIECE):
                self.parser.Parse(piece, False)
                yield from self.ready
                self.ready.clear()
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable(str(error)) from error
        yield from self.ready


class _Texts(_Parts):
    def __init__(self) -> None:
        super().__init__()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, raw: str, _: dict[str, str]) -> None:
        name = self.names[raw]
        if name == "rPh":
            # How the text is spoken, not the text.
            self.aside += 1
        self.taking = name == "t" and not self.aside

    def _end(self, raw: str) -> None:
        name = self.names[raw]
        self.taking = False
        if name == "rPh":
            self.aside -= 1
        elif name == "si":
            self.ready.append(self._text())
            self.length = 0


def shared_texts(part: IO[bytes], most: int) -> list[str]:
    """The texts that cells refer to by number. Raises Unreadable when they take more than `most` bytes of memory."""
    texts: list[str] = []
    size = 0
    for text in _Texts().read(part):
        size += len(text) + _TEXT_COST
        if size > most:
            raise Unreadable(f"its texts take more than {most >> 20:,} MB; save the sheet as CSV, or give --no-limit")
        texts.append(text)
    return texts


class Sheet(_Parts):
    """The rows of one sheet: `texts` are the shared ones, `moment` makes a date or time of a number (or of a moment as
    it is written) in a style. `line` is the row that was read last, whether or not it is given out yet.
    """

    def __init__(self, texts: Sequence[str], moment: Callable[[float | datetime, int], object | None]) -> None:
        super().__init__()
        self.texts, self.moment = texts, moment
        self.line = 0
        self.column = 0
        self.type = ""
        self.style = 0
        self.cells: list[object] = []
        self.far: list[tuple[int, object]] = []
        self.wrong: tuple[int, str] | None = None
        self.columns: dict[str, int] = {}
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def rows(self, part: IO[bytes]) -> Iterator[Line]:
        """The rows with anything in them. Raises Unreadable where the sheet breaks for good."""
        yield from self.read(part)

    def _start(self, raw: str, given: dict[str, str]) -> None:
        name = self.names[raw]
        if name == "c":
            self.column = self._column(given["r"]) if "r" in given else self.column + 1
            if self.column > LAST_COLUMN:
                raise Unreadable(f"row {self.line} has more than {LAST_COLUMN:,} columns")
            self.type, self.style = given.get("t", "n"), _counted(given.get("s", "0"), "style")
        elif name == "v" or (name == "t" and not self.aside):
            self.taking = True
        elif name == "row":
            self.line = _counted(given["r"], "row") if "r" in given else self.line + 1
            self.cells, self.far, self.wrong, self.column, self.length = [], [], None, 0, 0
        elif name == "rPh":
            self.aside += 1

    def _end(self, raw: str) -> None:
        name = self.names[raw]
        self.taking = False
        if name == "c":
            if self.taken:
                self._put(self._value(self._text()))
        elif name == "row":
            if self.cells or self.far:
                self.ready.append(Line(self.line, self.cells, self.far, self.wrong))
        elif name == "rPh":
            self.aside -= 1

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if (number := self.columns.get(letters)) is None:
            number = 0
            for letter in letters.upper()[:4]:
                number = number * 26 + ord(letter) - 64
            if not 0 < number <= LAST_COLUMN or not letters.isascii() or not letters.isalpha():
                raise Unreadable(f"“{place[:20]}” is no place on a sheet")
            self.columns[letters] = number
        return number

    def _put(self, value: object) -> None:
        if isinstance(value, Wrong) and self.wrong is None:
            self.wrong = self.column, value
        missing = self.column - len(self.cells)
        if missing > _GAP or (self.far and missing > 0):
            self.far.append((self.column, value))
            return
        if missing > 0:
            self.cells += [None] * missing
        self.cells[self.column - 1] = value

    def _value(self, text: str) -> object:
        kind = self.type
        if kind == "s":
            bare = text.strip(_SPACES)
            at = int(bare) if _COUNT.fullmatch(bare) else len(self.texts)
            return self.texts[at] if at < len(self.texts) else Wrong(text)
        if kind == "n":
            return self._number(text)
        if kind == "b":
            found = _TRUTH.get(text.strip(_SPACES))
            return Wrong(text) if found is None else found
        if kind == "e":
            return Failed(text)
        return self._written(text) if kind == "d" else text

    def _number(self, text: str) -> object:
        bare = text.strip(_SPACES)
        number: float
        if _WHOLE.fullmatch(bare):
            number = int(bare)
        elif not _NUMBER.fullmatch(bare) or math.isinf(number := float(bare)):
            return Wrong(text)
        found = self.moment(number, self.style) if self.style else None
        return number if found is None else found

    def _written(self, text: str) -> object:
        """A moment in ISO 8601 as sheets write it: no dates by week, none without hyphens."""
        bare = text.strip(_SPACES)
        try:
            told = datetime.fromisoformat(bare) if _MOMENT.fullmatch(bare) else None
        except ValueError:
            told = None
        if told is None:
            return Wrong(text)
        found = self.moment(told, self.style) if self.style else None
        return told if found is None else found


def _counted(text: str, what: str) -> int:
    if not _COUNT.fullmatch(text):
        raise Unreadable(f"“{text[:20]}” is no number of a {what}")
    return int(text)
