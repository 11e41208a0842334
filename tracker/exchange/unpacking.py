"""Bytes of a file or of the standard input, unpacked piece by piece, counted, hashed and held to the limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import IO

from tracker import text
from tracker.errors import Refused

PIECE = 1 << 18
ALWAYS_ALLOWED = 16 << 20
"""Unpacked bytes that no ratio forbids: a short archive of blank lines is no bomb."""
PACKED = {".gz": "gzip", ".xz": "xz", ".zst": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_MEMORY = 256 << 20
_SPOOLED = 8 << 20
# A few bytes of zstd can stand for a block of 128 KiB, and a frame is unpacked as far as it is fed.
_SIP = 1024


class Raw:
    """The packed bytes: read once from the start, counted and hashed as they lie on the disk."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.count = 0
        self.size = file.seek(0, io.SEEK_END)
        file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        data = self._file.read(size)
        self._hash.update(data)
        self.count += len(data)
        return data

    def sha256(self) -> str:
        """The hash (hex) of the bytes so far, of the whole file once all of it was read."""
        return self._hash.hexdigest()

    def drain(self) -> None:
        """Read on to the end, past what an unpacker left over."""
        while self.read(PIECE):
            pass


def named(path: str | Path) -> str:
    """What people call the file: `stdin` for `-`."""
    return "stdin" if str(path) == "-" else text.screen(str(path))


def plain_name(shown: str) -> tuple[str, str]:
    """A file's name without endings, and the last of them in lower case, both without that of an archive."""
    name = PurePath(shown)
    suffixes = [suffix.lower() for suffix in name.suffixes]
    if suffixes and suffixes[-1] in PACKED:
        name, suffixes = name.with_suffix(""), suffixes[:-1]
    return name.stem, suffixes[-1] if suffixes else ""


def opened_file(path: str | Path, *, limits: bool = True) -> IO[bytes]:
    """The file at `path`, or the standard input for `-`, open at its start and fit to be read more than once.

    Raises Refused when it is missing, a folder, or larger than the limit.
    """
    shown = named(path)
    try:
        if str(path) == "-":
            return spooled(_in_pieces(sys.stdin.buffer), shown, limits=limits)
        file = Path(path).open("rb")  # noqa: SIM115
        if not file.seekable():
            with file:
                return spooled(_in_pieces(file), shown, limits=limits)
        if limits and file.seek(0, io.SEEK_END) > text.MAX_FILE:
            file.close()
            raise _too_large(shown)
    except IsADirectoryError:
        raise Refused(f"{shown}: is a folder that holds no file of records; name the file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Refused(f"{shown}: cannot be read ({reason}); check its name and permissions") from error
    return file


def spooled(pieces: Iterator[bytes], shown: str, *, limits: bool = True) -> IO[bytes]:
    """Bytes that come in pieces as a file, beyond 8 MB on the disk. Raises Refused for more than the limit."""
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115
    size = 0
    try:
        for data in pieces:
            size += len(data)
            if limits and size > text.MAX_FILE:
                raise _too_large(shown)
            kept.write(data)
    except BaseException:
        kept.close()
        raise
    return kept


def _in_pieces(source: IO[bytes]) -> Iterator[bytes]:
    while data := source.read(PIECE):
        yield data


def _too_large(shown: str) -> Refused:
    return Refused(f"{shown}: is larger than {text.MAX_FILE:,} bytes; split it, or give --no-limit")


def unpacked(raw: Raw, shown: str, *, limits: bool = True) -> Iterator[bytes]:
    """The bytes of a gzip, xz or zstd file as they were before packing, or of any other as they are, in small pieces.

    Raises Refused for a broken archive, one over 200:1 beyond 16 MB, and a name that promises an archive there is not.
    """
    head = raw.read(6)
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        if promised := PACKED.get(PurePath(shown).suffix.lower()):
            raise Refused(f"{shown}:1: is no {promised} file, whatever its name says; rename it, or fetch it again")
        yield head
        while piece := raw.read(PIECE):
            yield piece
        return
    most = min(text.MAX_FILE, max(ALWAYS_ALLOWED, text.MAX_ARCHIVE_RATIO * raw.size)) if limits else sys.maxsize
    size, line = 0, 1
    try:
        for piece in _UNPACKERS[kind](raw, head):
            size += len(piece)
            if size > most:
                raise Refused(
                    f"{shown}: unpacks to more than {most:,} bytes from {raw.size:,}, which looks like an archive "
                    "bomb; unpack it yourself if you trust it, or give --no-limit"
                )
            yield piece
            line += piece.count(b"\n")
    except (OSError, EOFError, zlib.error, lzma.LZMAError, _Broken) as error:
        raise Refused(f"{shown}:{line}: the archive is broken here ({error}); fetch the file again") from error
    raw.drain()


class _Broken(Exception):
    """What a library says of an archive."""


class _Ahead(io.RawIOBase):
    """A stream that begins with bytes already read."""

    def __init__(self, head: bytes, raw: Raw) -> None:
        self._head, self._raw = head, raw

    def read(self, size: int = -1) -> bytes:
        data, self._head = (self._head[:size], self._head[size:]) if size >= 0 else (self._head, b"")
        return data or self._raw.read(size)


def _gunzip(raw: Raw, head: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=_Ahead(head, raw)) as file:
        while piece := file.read1(PIECE):
            yield piece


def _unxz(raw: Raw, head: bytes) -> Iterator[bytes]:
    rest = head
    while rest:
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
        while not unpacker.eof:
            if unpacker.needs_input and not rest and not (rest := raw.read(PIECE)):
                raise EOFError("it ends too soon")
            piece, rest = unpacker.decompress(rest, PIECE), b""
            if piece:
                yield piece
        rest = unpacker.unused_data.lstrip(b"\0") or raw.read(PIECE).lstrip(b"\0")


def _unzstd(raw: Raw, head: bytes) -> Iterator[bytes]:
    import zstandard

    rest = head
    while rest:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_MEMORY >> 1).decompressobj()
        while not unpacker.eof:
            if not rest and not (rest := raw.read(PIECE)):
                raise EOFError("packed with zstd, it ends too soon")
            sip, rest = rest[:_SIP], rest[_SIP:]
            try:
                piece = unpacker.decompress(sip)
            except zstandard.ZstdError as error:
                raise _Broken(f"packed with zstd, {error}") from error
            if piece:
                yield piece
        rest = unpacker.unused_data + rest or raw.read(PIECE)


_UNPACKERS: dict[str, Callable[[Raw, bytes], Iterator[bytes]]] = {"gzip": _gunzip, "xz": _unxz, "zstd": _unzstd}
