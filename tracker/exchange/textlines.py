"""Bytes to text and text to physical lines: decoded piece by piece, line ends made one, unfit characters removed."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain
from unicodedata import is_normalized

from tracker.errors import Refused, UsageError
from tracker.text import MAX_ROW, clean_counted, screen

BYTE_ORDER_MARK = "\ufeff"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Reads as itself in every encoding that extends ASCII, and in no other: not in UTF-16, UTF-7, HZ, ISO 2022 or EBCDIC.
_ASCII_PROBE = b"Az09+AGE-~{!!~}\x1b$B!!\x1b(B"
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_GREEK_QUESTION_MARK = "\u037e"
_OTHER_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINES = 1000
QUICK = ("utf-8", "cp125", "iso8859", "ascii")
"""Encodings in which a byte below 128 is always the character of ASCII."""

Pieces = Callable[[], Iterator[bytes]]


def marked(head: bytes) -> str | None:
    """The encoding that a file's byte order mark promises."""
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), None)


def extends_ascii(encoding: str) -> bool:
    """Whether plain ASCII reads as itself in it. Raises UsageError for an unknown encoding."""
    try:
        return _ASCII_PROBE.decode(codecs.lookup(encoding).name, "replace") == _ASCII_PROBE.decode("ascii")
    except (LookupError, ValueError):
        raise UsageError(
            f"There is no text encoding called “{screen(encoding)}”: "
            "give a name such as utf-8, cp1252, utf-16-le or shift_jis."
        ) from None


def chosen(pieces: Pieces, tried: tuple[str, ...], name: str) -> str:
    """The first of the encodings that reads the whole file; a byte order mark decides alone.

    With one to choose from nothing is read. Raises Refused, naming the byte, when the last one fails too.
    """
    if mark := marked(next(pieces(), b"")):
        return mark
    for encoding in tried:
        extends_ascii(encoding)
    names = list(dict.fromkeys(encoding.lower() for encoding in tried)) or ["utf-8"]
    for codec in names[:-1]:
        if _bad_byte(pieces(), codec) is None:
            return codec
    if len(names) > 1 and (bad := _bad_byte(pieces(), names[-1])):
        raise Refused(_complaint(name, bad, names))
    return names[-1]


def _bad_byte(pieces: Iterator[bytes], codec: str) -> tuple[int, int, int] | None:
    """Offset, value and line of the first byte that `codec` cannot read."""
    decoder = codecs.getincrementaldecoder(codec)()
    seen = lines = 0
    for piece in chain(pieces, (b"",)):
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            # The decoder may have held bytes back from before this piece, or taken a mark from it.
            held, start = len(error.object) - len(piece), min(error.start, len(error.object) - 1)
            return seen - held + start, error.object[start], lines + 1 + error.object.count(b"\n", 0, start)
        seen, lines = seen + len(piece), lines + piece.count(b"\n")
    return None


def _complaint(name: str, bad: tuple[int, int, int], tried: list[str]) -> str:
    offset, value, line = bad
    byte = f"{name}:{line}: the byte 0x{value:02X} at offset {offset} (line {line})"
    if tried[-1] in (codec for _, codec in _MARKS):
        promised = tried[-1].removesuffix("-sig").upper()
        return f"{byte} is not {promised}, which the file's byte order mark promises: save the file again as UTF-8."
    if len(tried) > 1:
        return f"{byte} is not {tried[-1]}, nor is the file {tried[0].upper()}: give another --encoding."
    return (
        f"{byte} is not {tried[-1].upper()}: name the file's encoding, for example --encoding cp1252 "
        "(Windows, Western Europe)."
    )


def decoded(pieces: Pieces, codec: str, name: str, stripped: Callable[[int], None] | None = None) -> Iterator[str]:
    """The text of a file, each line end one LF, without a byte order mark or a Ctrl-Z at the end.

    With `stripped` the control characters of ASCII are taken out where that is quick, and counted by it. Raises Refused
    with offset and line of the first byte that is not of this encoding.
    """
    quick = stripped is not None and codecs.lookup(codec).name.startswith(QUICK)
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    try:
        last = b""
        for piece in pieces():
            if last:
                yield decoder.decode(_without_controls(last, stripped) if quick else last)
            last = piece
        last = last.rstrip(b"\x1a") if extends_ascii(codec) else last
        text = decoder.decode(_without_controls(last, stripped) if quick else last, final=True)
        yield text if quick else text.rstrip("\x1a")
    except UnicodeDecodeError:
        bad = _bad_byte(pieces(), codec) or (0, 0, 1)
        raise Refused(_complaint(name, bad, [codec])) from None


def _without_controls(piece: bytes, stripped: Callable[[int], None] | None) -> bytes:
    kept = piece.translate(None, _CONTROLS)
    if stripped and len(kept) != len(piece):
        stripped(len(piece) - len(kept))
    return kept


def split(texts: Iterator[str]) -> Iterator[list[str]]:
    """Lines with their LF, at most 1,000 at a time; a line over the limit for a row is cut one past it."""
    rest: list[str] = []
    length = 0
    for text in texts:
        end = text.rfind("\n") + 1
        if not end:
            if length <= MAX_ROW:
                rest.append(text)
            length += len(text)
            continue
        lines = _lines(text[:end])
        if length:
            lines[0] = "".join((*rest, lines[0]))
        if len(lines[0]) > MAX_ROW + 1:
            lines[0] = lines[0][: MAX_ROW + 1] + "\n"
        rest, length = [text[end:]], len(text) - end
        for at in range(0, len(lines), _LINES):
            yield lines[at : at + _LINES]
    if length:
        yield ["".join(rest)[: MAX_ROW + 1]]


def _lines(text: str) -> list[str]:
    if any(sign in text for sign in _OTHER_LINE_ENDS):
        return io.StringIO(text, newline="\n").readlines()
    return text.splitlines(keepends=True)


class TooLong(Exception):
    """A record that runs on past the limit for a row."""


class Lines:
    """Physical lines, numbered from 1 and cleaned; those that a broken record swallowed can be read again.

    `feed` gives them one by one and is a new iterator after `restart`; `removed` counts unfit characters taken out.
    """

    def __init__(self, pieces: Pieces, codec: str, name: str) -> None:
        self.removed = 0
        self.delimiter = ","
        self.ends_open = False
        """Whether the last line read so far has no end."""
        self._fit_signs: set[str] = set()
        self.long: set[int] = set()
        """Numbers of the lines that were cut because they are longer than a row may be."""
        self._quick = codecs.lookup(codec).name.startswith(QUICK)
        self._fresh = split(decoded(pieces, codec, name, self._count))
        self._held: deque[tuple[int, list[str]]] = deque()
        self._again: deque[list[str]] = deque()
        self._next = 1
        self._progress: Callable[[], int] = lambda: 0
        self.feed = chain.from_iterable(self._lists())

    def watch(self, progress: Callable[[], int]) -> None:
        """Raise TooLong from `feed` when more than a row may hold is read while `progress` stands still."""
        self._progress = progress

    def _count(self, removed: int) -> None:
        self.removed += removed

    def _lists(self) -> Iterator[list[str]]:
        last, since = self._progress(), 0
        while True:
            if (now := self._progress()) != last:
                last, since = now, 0
            if since > MAX_ROW:
                raise TooLong
            if self._again:
                lines = self._again.popleft()
            elif (new := next(self._fresh, None)) is not None:
                lines = self._cleaned(new)
                self._at_the_start(lines)
                if len(lines[0]) > MAX_ROW:
                    self.long.add(self._next)
                self.ends_open = not lines[-1].endswith("\n")
            else:
                return
            self._held.append((self._next, lines))
            self._next += len(lines)
            since += sum(map(len, lines))
            yield lines

    def _at_the_start(self, lines: list[str]) -> None:
        # Some tools put the mark after a `sep=` line, or twice.
        for at in range(max(0, min(2 - (self._next - 1), len(lines)))):
            lines[at] = lines[at].lstrip(BYTE_ORDER_MARK)

    def _cleaned(self, lines: list[str]) -> list[str]:
        odd = "".join([line for line in lines if not line.isascii()] if self._quick else lines)
        if not odd or (self._is_fit(odd) and is_normalized("NFC", odd)):
            return lines
        return [self._fit(line) for line in lines]

    def _is_fit(self, odd: str) -> bool:
        # A text has few distinct characters, and to gather them is far quicker than to look at each.
        fresh = set(odd) - self._fit_signs
        good = {sign for sign in fresh if clean_counted(sign)[1] == 0}
        self._fit_signs |= good
        return len(good) == len(fresh)

    def _fit(self, line: str) -> str:
        # The one sign that NFC would turn into a delimiter.
        parts = line.split(_GREEK_QUESTION_MARK) if self.delimiter == ";" else [line]
        fit = [clean_counted(part) for part in parts]
        self.removed += sum(removed for _, removed in fit)
        return _GREEK_QUESTION_MARK.join(part for part, _ in fit)

    def taken(self, first: int, last: int) -> list[str]:
        """The lines `first` to `last`, both included; they must not have been forgotten."""
        return [line for start, lines in self._held for line in lines[max(0, first - start) : max(0, last + 1 - start)]]

    def forget(self, before: int) -> None:
        """Let go of the lines before a number."""
        while self._held and self._held[0][0] + len(self._held[0][1]) <= before:
            self._held.popleft()

    def restart(self, first: int) -> None:
        """Give the lines from number `first` on once more."""
        again: list[list[str]] = []
        while self._held and self._held[-1][0] + len(self._held[-1][1]) > first:
            start, lines = self._held.pop()
            if start < first:
                self._held.append((start, lines[: first - start]))
                lines = lines[first - start :]
            again.append(lines)
        self._again.extendleft(again)
        self._next = first
        self.feed = chain.from_iterable(self._lists())
