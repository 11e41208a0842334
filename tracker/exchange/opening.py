"""From a path or the standard input to text: unpacked, within the limits, decoded, line ends made one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from tracker import text
from tracker.exchange.unpacking import PACKED, Raw, named, opened_file, unpacked


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
    shown = named(path)
    with opened_file(path, limits=limits) as file:
        data = b"".join(unpacked(Raw(file), shown, limits=limits))
    decoded = text.decode(data, encoding, name=shown)
    whole = decoded.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    stem, suffix = plain_name(shown)
    return Opened(shown, stem, suffix, whole, decoded.encoding, decoded.sha256)


def plain_name(shown: str) -> tuple[str, str]:
    """A file's name without endings, and the last of them in lower case, both without that of an archive."""
    name = PurePath(shown)
    suffixes = [suffix.lower() for suffix in name.suffixes]
    if suffixes and suffixes[-1] in PACKED:
        name, suffixes = name.with_suffix(""), suffixes[:-1]
    return name.stem, suffixes[-1] if suffixes else ""
