"""Import profiles: which columns of a dataset mean what, as data, compiled into checks of whole columns."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import paths
from tracker.errors import UsageError
from tracker.exchange.profile.model import Profile

if TYPE_CHECKING:
    from tracker.exchange.profile.detection import Looked

__all__ = ["Profile", "detect", "load", "names", "own_folder", "readable"]

_SHIPPED = Path(__file__).parent.parent / "profiles"


def own_folder() -> Path:
    """Where a user's own profiles lie: the folder `profiles` beside the configuration."""
    return paths.config_file().parent / "profiles"


def _files() -> dict[str, Path]:
    """The file of every profile by its name; a user's own goes before a shipped one."""
    return {path.stem: path for folder in (_SHIPPED, own_folder()) for path in sorted(folder.glob("*.toml"))}


def names() -> tuple[str, ...]:
    """The names of all profiles, shipped and the user's own."""
    return tuple(sorted(_files()))


def load(name_or_path: str) -> Profile:
    """The profile of a name, or in a TOML file.

    Raises UsageError with the nearest name, or naming file and key of what is wrong in the file.
    """
    if name_or_path.endswith(".toml"):
        return _read(Path(name_or_path).expanduser())
    found = _files()
    if name_or_path not in found:
        from tracker.exchange.profile.shapes import nearest

        raise UsageError(f"There is no profile “{name_or_path}”; {nearest(name_or_path, sorted(found))}")
    return _read(found[name_or_path])


def _read(path: Path) -> Profile:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The profile {path} cannot be read ({error}); name a TOML file in UTF-8") from error
    return _parsed(text, path.name, path.parent == _SHIPPED)


@cache
def _parsed(text: str, where: str, trusted: bool) -> Profile:
    from tracker.exchange.profile.toml import read

    return replace(read(text, where), trusted=trusted)


def detect(source: Looked) -> Profile | None:
    """The profile of a file by its header (in any case), number of columns and name; None when none fits.

    It comes with the file's own header row: the same dataset is passed around with a title line, or without header.
    """
    from tracker.exchange.profile.detection import best

    return best(readable()[0], source)


def readable() -> tuple[list[Profile], list[str]]:
    """All profiles, and a sentence for each of the user's own that is broken: it is passed over until it is named."""
    found: list[Profile] = []
    faults: list[str] = []
    for path in _files().values():
        try:
            found.append(_read(path))
        except UsageError as error:
            faults.append(f"{error}; it is passed over")
    return found, faults
