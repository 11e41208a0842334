"""From a path or the standard input to text: unpacked, within the limits, decoded, line ends made one."""

from __future__ import annotations

import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from tracker import text
from tracker.errors import Refused

_CHUNK = 1 << 20
_ALWAYS_ALLOWED = 16 << 20
"""Unpacked bytes that no ratio forbids: a short archive of blank lines is no bomb."""
_XZ_MEMORY = 256 << 20
_PACKED = {".gz": "gzip", ".xz": "xz"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's text with LF line ends; `name` is what people call it, `stem` its name without endings."""

    name: str
    stem: str
    suffix: str
    text: str
    encoding: str
    sha256: str


def opened(path: str | Path, *, encoding: str | None = None, limits: bool = True) -> Opened:
    """Read a file, or the standard input for `-`.

    Raises Refused when it is missing, too large, a broken or oversized archive, or not text.
    """
    shown = "stdin" if str(path) == "-" else text.screen(str(path))
    data = _unpacked(_bytes(path, shown, limits), shown, limits)
    decoded = text.decode(data, encoding, name=shown)
    whole = decoded.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    name = PurePath(shown)
    suffixes = [s.lower() for s in name.suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        name, suffixes = name.with_suffix(""), suffixes[:-1]
    return Opened(shown, name.stem, suffixes[-1] if suffixes else "", whole, decoded.encoding, decoded.sha256)


def _bytes(path: str | Path, shown: str, limits: bool) -> bytes:
    most = text.MAX_FILE + 1 if limits else -1
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(most)
        else:
            with Path(path).open("rb") as file:
                data = file.read(most)
    except IsADirectoryError:
        raise Refused(f"{shown}: is a folder that holds no file of records; name the file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Refused(f"{shown}: cannot be read ({reason}); check its name and permissions") from error
    if limits and len(data) > text.MAX_FILE:
        raise Refused(f"{shown}: is larger than {text.MAX_FILE:,} bytes; split it, or give --no-limit")
    return data


def _unpacked(data: bytes, shown: str, limits: bool) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        chunks = _gunzip(data)
    elif data.startswith(b"\xfd7zXZ\x00"):
        chunks = _unxz(data)
    elif data.startswith(b"\x28\xb5\x2f\xfd"):
        raise Refused(f"{shown}: is packed with zstd; unpack it first (zstd -d)")
    else:
        if kind := _PACKED.get(PurePath(shown).suffix.lower()):
            raise Refused(f"{shown}:1: is no {kind} file, whatever its name says; rename it, or fetch it again")
        return data
    most = min(text.MAX_FILE, max(_ALWAYS_ALLOWED, text.MAX_ARCHIVE_RATIO * len(data)))
    size, kept = 0, []
    try:
        for chunk in chunks:
            size += len(chunk)
            if limits and size > most:
                raise Refused(
                    f"{shown}: unpacks to more than {most:,} bytes from {len(data):,}, which looks like an archive "
                    "bomb; unpack it yourself if you trust it, or give --no-limit"
                )
            kept.append(chunk)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        line = 1 + sum(chunk.count(b"\n") for chunk in kept)
        raise Refused(f"{shown}:{line}: the archive is broken here ({error}); fetch the file again") from error
    return b"".join(kept)


def _gunzip(data: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        while chunk := file.read1(_CHUNK):
            yield chunk


def _unxz(data: bytes) -> Iterator[bytes]:
    rest = data
    while rest:
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
        while not unpacker.eof:
            chunk = unpacker.decompress(rest, _CHUNK)
            rest = b""
            if not chunk and unpacker.needs_input and not unpacker.eof:
                raise EOFError("it ends too soon")
            yield chunk
        rest = unpacker.unused_data.lstrip(b"\0")
