"""The border for text: bytes become a safe `str` on the way in, a `str` a screen line or a CSV cell on the way out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from tracker.errors import Refused, UsageError

MAX_FIELD = 1_000_000
"""Code points in one field."""
MAX_ROW = 5_000_000
"""Code points in one row."""
MAX_FILE = 500_000_000
"""Bytes in one file, unless the user lifts the limit."""
MAX_COLUMNS = 4_096
MAX_JSON_DEPTH = 64
MAX_ARCHIVE_RATIO = 200
"""Unpacked bytes for each packed byte."""
"""UTF-8 bytes in a file name: below the 255 of most file systems, so that a suffix for a temporary file still fits."""

_PLANES = range(0, 0x110000, 0x10000)
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in _PLANES)
_NEVER = "\ud800-\udfff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f" + _NONCHARACTERS
_REMOVED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NEVER}]")
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_NEVER}]")
_LINE_END = re.compile("\r\n?")
_LINE_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_BREAKS = re.compile("[\t\n\u2028\u2029]+")
_DENSE = re.compile("[^\x00-\u02ff]{256}")
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Decoded(NamedTuple):
    """A file's text as it stands (no BOM, not cleaned), the codec that read it, the SHA-256 of the file's bytes (hex).

    `data.decode(encoding) == text` holds, so offsets in code points can be checked against the bytes at any time.
    """

    text: str
    encoding: str
    sha256: str


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"%PDF-", "a PDF"),
    (b"SQLite format 3\0", "an SQLite database"),
)
# Reads as itself in every encoding that extends ASCII, and in no other: not in UTF-16, UTF-7, HZ, ISO 2022 or EBCDIC.
_ASCII_PROBE = b"Az09+AGE-~{!!~}\x1b$B!!\x1b(B"


def decode(data: bytes, encoding: str | None = None, *, name: str = "input") -> Decoded:
    """Decode a file by its byte order mark, else as strict UTF-8, else in the encoding given; nothing is guessed.

    An encoding in which plain ASCII would read differently (UTF-16 without a mark, ISO 2022, EBCDIC) goes before UTF-8
    when given. `name` is the file's name for messages. Raises `Refused` with the byte offset of the first bad byte, and
    `UsageError` for an unknown encoding.
    """
    import hashlib

    if kind := next((kind for magic, kind in _NOT_TEXT if data.startswith(magic)), None):
        raise Refused(f"{screen(name)} is {kind} by its first bytes, not text: unpack it or save its text first.")
    mark = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    tried = [mark] if mark else _candidates(encoding)
    for codec in tried:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            failure = error
            continue
        if codec == "utf-8" and (wide := _wide(data)):
            raise Refused(
                f"{screen(name)} is full of NUL bytes and looks like {wide.upper()} without a byte order mark: "
                f"if that is what it is, say --encoding {wide}."
            )
        return Decoded(text, codec, hashlib.sha256(data).hexdigest())
    raise Refused(f"{screen(name)}: {_complaint(data, tried, failure)}")


def _candidates(encoding: str | None) -> list[str]:
    if encoding is None:
        return ["utf-8"]
    try:
        codec = codecs.lookup(encoding).name
        extends_ascii = _ASCII_PROBE.decode(codec, "replace") == _ASCII_PROBE.decode("ascii")
    except (LookupError, ValueError):
        raise UsageError(
            f"There is no text encoding called “{screen(encoding)}”: "
            "give a name such as utf-8, cp1252, utf-16-le or shift_jis."
        ) from None
    if not extends_ascii:
        return [codec]
    return ["utf-8"] if codec == "utf-8" else ["utf-8", codec]


def _wide(data: bytes) -> str | None:
    head = data[:4096]
    nuls = head.count(0)
    if len(data) % 2 or nuls * 4 <= len(head):
        return None
    step = 4 if nuls * 8 > len(head) * 5 else 2
    little = head[::step].count(0) < head[step - 1 :: step].count(0)
    return f"utf-{8 * step}-{'le' if little else 'be'}"


def _complaint(data: bytes, tried: list[str], failure: UnicodeDecodeError) -> str:
    codec = tried[-1]
    # This codec alone counts from behind its mark.
    start = min(failure.start + (3 if codec == "utf-8-sig" else 0), len(data) - 1)
    byte = f"the byte 0x{data[start]:02X} at offset {start} (line {data.count(10, 0, start) + 1})"
    if codec in (marked for _, marked in _MARKS):
        promised = codec.removesuffix("-sig").upper()
        return f"{byte} is not {promised}, which the file's byte order mark promises: save the file again as UTF-8."
    if len(tried) > 1:
        return f"{byte} is not {codec}, nor is the file UTF-8: give another --encoding, or save it again as UTF-8."
    wide = _wide(data)
    example = f"--encoding {wide}" if wide else "--encoding cp1252 (Windows, Western Europe)"
    return f"{byte} is not {codec.upper()}: name the file's encoding, for example {example}."


def entities(value: str) -> str:
    """Replace HTML character references once (`&amp;lt;` becomes `&lt;`); without semicolon, as in URLs, they stay."""
    if "&" not in value:
        return value
    from html import unescape
    from html.entities import html5

    def one(match: re.Match[str]) -> str:
        reference = match[0]
        return unescape(reference) if reference[1] == "#" else html5.get(reference[1:], reference)

    return _ENTITY.sub(one, value)


def clean(value: str, *, multiline: bool = True) -> str:
    """Make a string fit to be kept: NFC, LF line ends, nothing that could control a terminal or reorder text.

    Removed are C0 but `\\n` and `\\t`, DEL, C1, lone surrogates, noncharacters, U+E0000–E007F, U+202A–202E and
    U+2066–2069; ZWJ and ZWNJ stay. With `multiline=False` each run of line breaks and tabs becomes one space.
    """
    if value.isprintable():
        return value if value.isascii() else _normalize("NFC", value)
    return clean_counted(value, multiline=multiline)[0]


def clean_counted(value: str, *, multiline: bool = True) -> tuple[str, int]:
    """Clean as `clean` does and also return how many code points were removed (a CR that became LF is not one)."""
    value, removed = _REMOVED.subn("", value)
    value = _normalize("NFC", _LINE_END.sub("\n", value) if "\r" in value else value)
    return (value if multiline else _BREAKS.sub(" ", value)), removed


def _normalize(form: Literal["NFC", "NFKD"], value: str) -> str:
    if value.isascii():
        return value
    if len(value) > 256 and _DENSE.search(value):
        # unicodedata sorts a run of combining marks in quadratic time: a field of nothing else would take hours.
        apart: Literal["NFD", "NFKD"] = "NFD" if form == "NFC" else "NFKD"
        parts = (part for char in value for part in unicodedata.normalize(apart, char))
        runs = groupby(parts, key=lambda part: unicodedata.combining(part) > 0)
        value = "".join("".join(sorted(run, key=unicodedata.combining) if marks else run) for marks, run in runs)
    return unicodedata.normalize(form, value)


_IGNORED = "\u00ad\u034f\u0640\ufe0e\ufe0f"
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u05f3\u2032"
_STROKED = str.maketrans(dict(zip("øđłħŧıð", "odlhtid", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"})
_STRAIGHT = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]\b")


class _Folding(dict[int, str | None]):
    """Translation by code point: writers' choices vanish, what parts two words becomes a space, letters stay."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        folded: str | None = char
        if unicodedata.category(char) in ("Cf", "Cs", "Cn") or _optional(unicodedata.combining(char)):
            folded = None
        elif unicodedata.category(char)[0] in "PZC":
            folded = " "
        if len(self) < 8192:
            self[code] = folded
        return folded


def _optional(combining: int) -> bool:
    # Accents, strokes, Hebrew and Arabic points; viramas, nuktas, kana voicing, Thai vowels (7-9, 84-132) part words.
    return combining == 1 or 10 <= combining <= 36 or combining >= 200


_FOLDING = _Folding(dict.fromkeys(map(ord, _IGNORED + _APOSTROPHES)) | {0x2212: " "})


def fold(value: str) -> str:
    """Return the key by which two spellings of a name are the same: `al-Haq` and `Al Haq`, `Shi’ite` and `Shiite`.

    Case, accents, apostrophes and invisible characters vanish, hyphens and other punctuation become one space, dotted
    initials close up (`U.N.` is `UN`). A key is empty only when nothing of the value is visible, is fit to be kept as
    `clean` text, and folds to itself.
    """
    key = value if value.isascii() else _normalize("NFKD", value.replace("\u00b4", ""))
    if "." in key:
        key = _INITIALS.sub(lambda match: match[0].replace(".", ""), key)
    key = key.translate(_FOLDING).casefold()
    if not key.isascii():
        key = _normalize("NFC", key.translate(_STROKED))
    return " ".join(key.split()) or _bare(value)


def _bare(value: str) -> str:
    # Only signs and marks come here, so there is no case to fold.
    straight = clean(value).translate(_STRAIGHT)
    visible = "".join(char for char in straight if unicodedata.category(char) != "Cf")
    return " ".join(_normalize("NFC", visible).split())


# Controls have their own pictures in U+2400. LRM, RLM and ALM stay: they override no letter, and Arabic needs them.
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(32)}
_PICTURES |= {"\t": " ", "\n": "⏎", "\u2028": "⏎", "\u2029": "⏎", "\x7f": "\u2421"}


def screen(value: str) -> str:
    """Make a string fit for one line of a terminal: visible placeholders stand for what could control or reorder it.

    One code point for one, so offsets stay valid. Markup such as `[sic]` is left as it is. Idempotent.
    """
    if value.isprintable():
        return value
    return _UNSAFE.sub(lambda match: _PICTURES.get(match[0], "\ufffd"), value)


def screen_lines(value: str) -> list[str]:
    """Screen a text line by line, breaking it at CRLF, CR, LF and the Unicode line and paragraph separators."""
    return [screen(line) for line in _LINE_BREAK.split(value)]


def truncate(value: str, width: int) -> str:
    """Screen a string and cut it to `width` terminal cells, with `…` where cut, never inside a grapheme (UAX #29)."""
    if width <= 0:
        return ""
    head = screen(value[: 32 * width + 32])
    whole = len(head) == len(value)
    if whole and head.isascii():
        return head if len(head) <= width else head[: width - 1] + "…"
    from rich.cells import cell_len

    if whole and cell_len(head) <= width:
        return head
    used = end = 0
    for boundary in _boundaries(head):
        used += cell_len(head[end:boundary])
        if used >= width:
            break
        end = boundary
    return head[:end] + "…"


_LEADING_JAMO = "\u1100-\u115f\ua960-\ua97c"
_FOLLOWING_JAMO = "\u1160-\u11ff\ud7b0-\ud7fb"
_PREPENDED = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"


@cache
def _unbroken() -> re.Pattern[str]:
    jamo = f"{_LEADING_JAMO}\uac00-\ud7a3"
    return re.compile(
        f"[\u200d{_PREPENDED}]."
        "|.[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff]"
        f"|[{jamo}{_FOLLOWING_JAMO}][{_FOLLOWING_JAMO}]"
        f"|[{_LEADING_JAMO}][{jamo}]",
        re.DOTALL,
    )


def _boundaries(value: str) -> Iterator[int]:
    unbroken, flags = _unbroken(), 0
    for index in range(1, len(value)):
        before, char = value[index - 1], value[index]
        flags = flags + 1 if "\U0001f1e6" <= before <= "\U0001f1ff" else 0
        if flags % 2 and "\U0001f1e6" <= char <= "\U0001f1ff":
            continue
        conjunct = unicodedata.combining(before) == 9 and unicodedata.category(char) == "Lo"
        if not (conjunct or unicodedata.category(char)[0] == "M" or unbroken.match(before + char)):
            yield index
    yield len(value)


_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_FORMULA = re.compile(f"'*+(?:[\x00-\x1f\x7f-\x9f\\s{_FORMAT}]*+[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n\x00|%])")


def guard(value: str) -> str:
    """Put one `'` before a text cell that a spreadsheet could take for a formula, or that already looks so guarded.

    For text only: numbers are written bare. `unguard(guard(s)) == s` for every `s`.
    """
    return "'" + value if not value[:1].isalnum() and _FORMULA.match(value) else value


def unguard(value: str) -> str:
    """Take away the `'` that `guard` put before a cell; any other cell is returned as it is."""
    return value[1:] if value[:1] == "'" and _FORMULA.match(value) else value
