"""Importers that other packages bring along, for files that no profile can describe: the entry points of a group.

An installed distribution names an object (a module, or an instance) under the group `tracker.importers`:

    [project.entry-points."tracker.importers"]
    firelog = "firelog.tracker"

The object has two functions. `identify(source) -> bool` says whether the file is one of its own; `rows(source)` gives
its records one by one, each a dict of column → text, number, bool, None, or lists and dicts of these. `source` is a
`Given`: the file's path and name, and `open()` for its bytes. The rows are then taken as those of a JSON-lines file
with these columns: by the profile named, by `--map`, as the dataset they are known as, or in our own columns.
"""

from __future__ import annotations

import gzip
import json
import lzma
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import IO, Any

from tracker.errors import Refused, TrackerError
from tracker.exchange.sources import Source, open_source
from tracker.text import screen, truncate

GROUP = "tracker.importers"
_OPENERS: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}


@dataclass(frozen=True, slots=True)
class Given:
    """A file as an importer is given it."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def open(self) -> IO[bytes]:
        """The file's bytes from the start, unpacked when its name ends in .gz or .xz; close it when done."""
        opener = _OPENERS.get(self.path.suffix.lower())
        found: IO[bytes] = opener(self.path, "rb") if opener else self.path.open("rb")
        return found


def names() -> tuple[str, ...]:
    """The names of the importers that are installed."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def imported(path: str | Path, *, limits: bool = True) -> tuple[Source, str] | None:
    """The rows of the first importer that knows the file, as a source to be read, and its name; None when none does.

    Raises Refused, naming importer and file, when an importer fails or gives what are no rows.
    """
    given = Given(Path(path))
    if not given.path.is_file():
        return None
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        with _told(point, given, "looking at"):
            importer = point.load()
            known = importer.identify(given)
        if known:
            return _spooled(point, importer, given, limits), point.name
    return None


def _spooled(point: EntryPoint, importer: Any, given: Given, limits: bool) -> Source:
    """The rows as a JSON-lines file that is gone with the process, under the name of the file they come from."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        spool = Path(folder) / f"{given.path.stem}.jsonl"
        with spool.open("wb") as file:
            for line in _lines(point, importer, given):
                file.write(line)
        if not spool.stat().st_size:
            raise Refused(f"{given.name}: the importer “{point.name}” found no rows in it; is it the right file?")
        # On POSIX an open file stays readable when its name is gone.
        source = open_source(spool, limits=limits)
    source.name = given.name
    return source


def _lines(point: EntryPoint, importer: Any, given: Given) -> Iterator[bytes]:
    with _told(point, given, "reading"):
        for number, row in enumerate(importer.rows(given), 1):
            if not isinstance(row, Mapping) or not all(isinstance(name, str) for name in row):
                raise TypeError(f"row {number} is no dict of column and value")
            yield json.dumps(dict(row), ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _told(point: EntryPoint, given: Given, doing: str) -> _Border:
    return _Border(f"{given.name}: the importer “{point.name}” ({point.value}) failed while {doing} it")


class _Border:
    """The border of an import row that code of others makes: its errors become a refusal that begins with `sentence`.

    What other packages raise cannot be listed, and each has errors of its own; ours and interruptions pass through, and
    nothing of ours but the making of a line stands within.
    """

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, TrackerError):
            return
        why = truncate(screen(" ".join(str(error).split())), 200) or "no reason given"
        raise Refused(
            f"{self.sentence} ({type(error).__name__}: {why}); ask its makers, or give --profile or --map"
        ) from error
