"""What the screen remembers between runs: the list in view, filters, sorts, columns, preview, theme."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tracker import paths

_LOOKS = {"theme", "preview"}


class State:
    """Settings by name, those of one database apart from another's; a broken file is set aside, never fatal.

    `save` writes them, when the screen is left; with `keep` False nothing is read or written.
    """

    def __init__(self, database: str = "", path: Path | None = None, *, keep: bool = True) -> None:
        self.path = path or paths.state_folder() / "screen.json"
        self.keep = keep
        self._of = f"{database}#" if database else ""
        self.notice = ""
        self._values: dict[str, Any] = self._load()

    def _load(self) -> dict[str, Any]:
        if not self.keep:
            return {}
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            found = None
        if isinstance(found, dict):
            return found
        aside = self.path.with_suffix(".broken")
        try:
            self.path.replace(aside)
            self.notice = f"the saved state of the screen could not be read; it lies in {aside}"
        except OSError:
            self.notice = f"the saved state of the screen could not be read: {self.path}"
        return {}

    def get(self, name: str, default: Any = None) -> Any:
        """The value under `name`, if it is of the default's type."""
        value = self._values.get(self._key(name), default)
        return value if default is None or isinstance(value, type(default)) else default

    def set(self, name: str, value: Any) -> None:
        """Remember a value until the next `save`."""
        self._values[self._key(name)] = value

    def _key(self, name: str) -> str:
        """Looks are the user's, whatever the database; filters and places are the database's."""
        return name if name in _LOOKS or name.endswith(".columns") else self._of + name

    def save(self) -> None:
        """Write the file whole or not at all; a state that cannot be written is no reason to stop."""
        if not self.keep:
            return
        try:
            paths.private_folder(self.path.parent)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".screen")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file, ensure_ascii=False, indent=1)
            Path(name).replace(self.path)
        except OSError:
            return
