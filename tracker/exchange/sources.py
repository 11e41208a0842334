"""A file or the standard input before it is read as a table: its form, its first records, and the way to a grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TypeVar

from tracker import text
from tracker.errors import Refused
from tracker.exchange.grid import Grid, Input
from tracker.exchange.jsonvalues import Found
from tracker.exchange.textlines import extends_ascii, marked
from tracker.exchange.unpacking import Raw, named, opened_file, plain_name, spooled, unpacked

Made = TypeVar("Made")
_HEAD = 1 << 16
FORMS = {".json": "json", ".geojson": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx", ".xlsm": "xlsx"}
"""What the endings of names promise, but for files with delimiters."""
_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|\?xml|head|body|script|rss|!--)", re.IGNORECASE)


NO_PARQUET = "is Parquet, which is written here but not read; export as csv, jsonl or xlsx and import that"


class Source:
    """A file that can be looked into before it is read: `head` and `keys` cost 64 KiB, whatever its size.

    `head`: up to 20 records as lists of text, read with the delimiter that was told from it; the first is usually the
    header, for JSON the names in `keys`. `stem` is the name without endings, `suffix` the last ending before packing.
    """

    def __init__(self, path: str | Path, *, encoding: str | None, delimiter: str | None, limits: bool) -> None:
        self.name = named(path)
        self.limits = limits
        self.encoding, self.delimiter = encoding, delimiter
        self.stem, self.suffix = plain_name(self.name)
        self._file = self._unpacked = opened_file(path, limits=limits)
        self.raw = Raw(self._file)
        try:
            self._look()
        except BaseException:
            self.close()
            raise

    def _look(self) -> None:
        first = b""
        for piece in self.pieces():
            first += piece
            if len(first) >= _HEAD:
                break
        self.whole_in_head = len(first) < _HEAD
        if first.startswith(_PARQUET):
            raise Refused(f"{self.name}: {NO_PARQUET}")
        self.form = "xlsx" if first.startswith(_ZIP) and self.is_workbook() else ""
        self.text = "" if self.form else self._text(first[:_HEAD])
        self.form = self.form or self._told()
        self.head: tuple[list[str], ...] = ()
        self.keys: tuple[str, ...] = ()
        self.sniffed = ""
        if self.form == "xlsx":
            from tracker.exchange.grid_xlsx import look
        elif self.form == "delimited":
            from tracker.exchange.grid_delimited import look
        else:
            from tracker.exchange.grid_json import look
        look(self)

    def _told(self) -> str:
        form = FORMS.get(self.suffix, "delimited")
        if form == "delimited" and self.text.lstrip()[:1] in ("{", "["):
            first = self.text.lstrip().partition("\n")[0].rstrip()
            return "jsonl" if first.startswith("{") and first.endswith("}") and "\n" in self.text.strip() else "json"
        return "delimited" if form == "xlsx" else form

    def _text(self, first: bytes) -> str:
        mark = marked(first)
        if not mark:
            # Nothing is decoded by this but what is no text at all is refused here, in the border's own words.
            shown = first[: min(4096, len(first)) & ~1]
            wide = shown.count(0) * 4 > len(shown)
            text.decode(shown, self.encoding or (None if wide else "latin-1"), name=self.name)
        codec = mark or self.encoding or "utf-8"
        special = bool(mark) or not extends_ascii(codec)
        decoded = first.decode(codec if special else "utf-8", "replace")
        if "\ufffd" in decoded[:-4] and not special:
            decoded = first.decode(self.encoding or "cp1252", "replace")
        decoded = decoded.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
        if not decoded.strip("\ufeff \t\n") and self.suffix not in (".jsonl", ".ndjson"):
            raise Refused(f"{self.name}:1: is empty; there is nothing to import, not even a header")
        if _WEB_PAGE.match(decoded):
            raise Refused(f"{self.name}:1: is a web page or XML, perhaps a login page; download the file itself")
        return decoded

    def file(self) -> IO[bytes]:
        """The unpacked bytes as a file, for what must jump about in them."""
        return self._unpacked

    def pieces(self) -> Iterator[bytes]:
        """The unpacked bytes from the start, in small pieces; an earlier pass must not be continued."""
        self.raw = Raw(self._file)
        return unpacked(self.raw, self.name, limits=self.limits)

    def is_workbook(self) -> bool:
        """Whether a zip archive is an xlsx workbook."""
        from zipfile import BadZipFile, ZipFile

        self._file.seek(0)
        if self._file.read(len(_ZIP)) != _ZIP:
            self._unpacked = spooled(self.pieces(), self.name, limits=self.limits)
        try:
            with ZipFile(self._unpacked) as archive:
                return "xl/workbook.xml" in archive.namelist()
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Refused(f"{self.name}: is a broken zip archive or workbook ({error}); fetch the file again") from None

    def grid(self, input: Input | None = None, *, limits: bool | None = None) -> Grid:
        """The file's table, read as `input` says; may be asked for once.

        An encoding or a delimiter given with the source goes before those of `input`. Raises Refused, naming file, line
        and cure, for what is no table of records as a whole.
        """
        wanted, grid = self._begun(input or Input(), limits)
        if wanted.form == "xlsx":
            from tracker.exchange.grid_xlsx import read
        elif wanted.form == "delimited":
            from tracker.exchange.grid_delimited import read
        else:
            from tracker.exchange.grid_json import read
        self._with(read, grid, wanted)
        return grid

    def values(self) -> tuple[Grid, Iterator[Found]]:
        """The records of a JSON file with their types, as an alternative to `grid`, and what there is to say of it."""
        from tracker.exchange.grid_json import values

        wanted, grid = self._begun(Input(), None)
        return grid, self._with(values, grid, wanted)

    def _begun(self, wanted: Input, limits: bool | None) -> tuple[Input, Grid]:
        wanted = self._with_options(wanted)
        if limits is not None:
            self.limits = limits
        form = wanted.form or self.form
        if (form == "xlsx") != (self.form == "xlsx"):
            self.close()
            raise Refused(f"{self.name}: is to be read as {form} but is {self.form} by its content; choose by that")
        grid = Grid(self.name, self.stem, hashed=self._hash, share=self._share, close=self.close)
        return replace(wanted, form=form), grid

    def _with(self, read: Callable[[Grid, Source, Input], Made], grid: Grid, wanted: Input) -> Made:
        try:
            made = read(grid, self, wanted)
        except BaseException:
            self.close()
            raise
        if grid.encoding not in ("utf-8", "utf-8-sig"):
            grid.note(f"read as {grid.encoding}")
        return made

    def _with_options(self, wanted: Input) -> Input:
        if self.delimiter:
            wanted = replace(wanted, delimiter=self.delimiter)
        if self.encoding:
            given = (self.encoding,)
            wanted = replace(wanted, encoding=("utf-8", *given) if extends_ascii(self.encoding) else given)
        return wanted

    def _hash(self) -> str:
        return self.raw.sha256()

    def _share(self) -> float:
        return min(1.0, self.raw.count / self.raw.size) if self.raw.size else 0.0

    def close(self) -> None:
        """Let go of the file; exhausted blocks do it by themselves."""
        self._file.close()
        self._unpacked.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(
    path: str | Path, *, encoding: str | None = None, delimiter: str | None = None, limits: bool = True
) -> Source:
    """Look into a file, packed or not, or into the standard input for `-`.

    Raises Refused, naming file and cure, when it is missing, too large, empty, broken, or no table at all, and
    UsageError for an unknown encoding.
    """
    return Source(path, encoding=encoding, delimiter=delimiter, limits=limits)
