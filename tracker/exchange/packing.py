"""Packing what is written, as the end of the file's name asks: .gz, .xz or .zst, the same bytes for the same data."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from tracker.exchange.writers_common import Sink

PACKED = (".gz", ".xz", ".zst")
"""The ends of names that mean a packed file."""


def inner(name: str) -> str:
    """The name of what is packed in a file of this name: without the end that says how."""
    return name[: -len(end)] if (end := _end(name)) else name


def _end(name: str) -> str:
    end = PurePath(name).suffix.lower()
    return end if end in PACKED else ""


@contextlib.contextmanager
def packing(file: BinaryIO, name: str) -> Iterator[Sink]:
    """What to write to for a file of this name: the file itself, or what packs into it."""
    end = _end(name)
    if not end:
        yield file
        return
    with _opened(file, end) as packed:
        yield packed


def _opened(file: BinaryIO, end: str) -> contextlib.AbstractContextManager[Sink]:
    if end == ".gz":
        import gzip

        # Neither a name nor a moment in it.
        return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)
    if end == ".xz":
        import lzma

        return lzma.LZMAFile(file, "wb")
    import zstandard

    return zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(file, closefd=False)
