"""What the user has set: the configuration file and the environment, read once, errors naming file and key."""

from __future__ import annotations

import difflib
import getpass
import os
import tomllib
from dataclasses import dataclass, field
from typing import Any

from tracker import paths
from tracker.errors import UsageError


@dataclass(frozen=True, slots=True)
class Config:
    """The settings: `database` address or path, `who` signs changes, `theme` of the screen, `keys` command → keys."""

    database: str = ""
    who: str = ""
    theme: str = ""
    keys: dict[str, str] = field(default_factory=dict)


_TYPES: dict[str, type] = {"database": str, "who": str, "theme": str, "keys": dict}


def load() -> Config:
    """The configuration of this user; empty when there is no file.

    Raises UsageError that names the file, the key and the nearest known one.
    """
    path = paths.config_file()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); correct it or move it away") from error
    for key, value in found.items():
        _check(str(path), key, value)
    return Config(**found)


def _check(path: str, key: str, value: Any) -> None:
    if key not in _TYPES:
        near = difflib.get_close_matches(key, _TYPES, n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(_TYPES)}"
        raise UsageError(f"{path}: “{key}” is no setting; {hint}")
    if not isinstance(value, _TYPES[key]):
        raise UsageError(f"{path}: “{key}” must be a {'table' if _TYPES[key] is dict else 'text'}")


def database_address(given: str | None, config: Config) -> str:
    """The database to open: the option, else TRACKER_DB, else the configuration, else the default file."""
    return given or os.environ.get("TRACKER_DB") or config.database or str(paths.default_database())


def signature(config: Config) -> str:
    """The name that signs changes: TRACKER_WHO, else the configuration, else the login name."""
    name = os.environ.get("TRACKER_WHO") or config.who
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "analyst"
