"""Rows as bytes: one way in for all forms of file that can be written, streaming."""

from __future__ import annotations

from collections.abc import Callable

from tracker.errors import UsageError
from tracker.exchange.layout import nearest
from tracker.exchange.packing import inner
from tracker.exchange.records import Table
from tracker.exchange.textcells import compact
from tracker.exchange.writers_common import Sink
from tracker.model.fields import Kind

__all__ = ["BINARY", "FORMATS", "Sink", "compact", "form_of_name", "needed", "require", "write"]

FORMATS = ("csv", "tsv", "jsonl", "json", "xlsx", "parquet", "geojson", "md")
"""What `write` can write."""

BINARY = ("xlsx", "parquet")
"""The forms that are no text, and nothing for a terminal."""

_DELIMITERS = {"csv": ",", "tsv": "\t"}
_ENDS = {name: name for name in FORMATS} | {"ndjson": "jsonl", "markdown": "md"}


def write(file: Sink, table: Table, form: str = "csv", *, excel: bool = False, raw: bool = False) -> int:
    """Write a table in one of `FORMATS`, text as UTF-8, and give back how many rows that were.

    In CSV and TSV text cells are guarded against being run as formulas, unless `raw`; numbers, yes/no and days stand
    bare, an unknown value is an empty cell. `excel` adds the byte order mark and CRLF that spreadsheets expect. In the
    other forms strings are exact and an unknown value is null or an empty cell. Raises UsageError as `require` does,
    and Refused when the form cannot hold the data.
    """
    require(form, table.kind)
    if form in _DELIMITERS:
        from tracker.exchange.writers_delimited import write as write_delimited

        return write_delimited(file, table, _DELIMITERS[form], excel=excel, raw=raw)
    missing = [name for name in needed(form) if name not in {column.name for column in table.columns}]
    if missing:
        raise UsageError(f"{form} needs the columns {', '.join(missing)}; add them to --columns")
    return _writer(form)(file, table)


def _writer(form: str) -> Callable[[Sink, Table], int]:
    if form == "xlsx":
        from tracker.exchange.writers_xlsx import write as write_xlsx

        return write_xlsx
    if form == "parquet":
        from tracker.exchange.writers_parquet import write as write_parquet

        return write_parquet
    if form == "md":
        from tracker.exchange.writers_markdown import write as write_markdown

        return write_markdown
    from tracker.exchange import writers_json

    return {
        "json": writers_json.write_array, "jsonl": writers_json.write_lines, "geojson": writers_json.write_geojson,
    }[form]  # fmt: skip


def require(form: str, kind: Kind) -> None:
    """Raise UsageError when there is no such form, when records of `kind` have none of it, or its extra is missing."""
    if form not in FORMATS:
        hint = nearest(form, FORMATS) or f"; known are {', '.join(FORMATS)}"
        raise UsageError(f"format: “{form}” cannot be written{hint}")
    if form == "geojson" and not {"lat", "lon"} <= kind.by_name.keys():
        raise UsageError(f"geojson: {kind.plural} have no place of their own; export incidents, or give --format json")
    if form == "parquet":
        from tracker.exchange.writers_parquet import require as require_arrow

        require_arrow()


def needed(form: str) -> tuple[str, ...]:
    """The columns that a form cannot do without."""
    if form != "geojson":
        return ()
    from tracker.exchange.writers_json import POINT

    return POINT


def form_of_name(name: str) -> str:
    """The form that the end of a file's name tells, before the end of a packed one; csv for none or .txt.

    Raises UsageError for an end that tells none.
    """
    plain = inner(name)
    last = plain.replace("\\", "/").rpartition("/")[2]
    end = last.rpartition(".")[2].lower() if "." in last.lstrip(".") else ""
    if end in ("", "txt"):
        return "csv"
    if end in _ENDS:
        return _ENDS[end]
    known = ", ".join(f".{known}" for known in _ENDS)
    raise UsageError(f"{name}: “.{end}” names no form; known are {known}; else give --format")
