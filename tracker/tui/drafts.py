"""What was typed into a form and not saved yet, kept in files so that no crash and no kill loses it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tracker import clock, paths


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left: `values` are texts by field, of an edited record (`id`, `version`) only the changed ones.

    `parts` are the linked records typed into the same form, as (kind, texts); `actors` the new actors it names, by
    name, with their texts. `key` names the file.
    """

    database: str
    kind: str
    id: int | None
    version: int | None
    values: dict[str, str]
    parts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    actors: dict[str, dict[str, str]] = field(default_factory=dict)
    at: str = ""
    key: str = ""

    def discard(self) -> None:
        """Remove the draft for good."""
        discard(self.key)


def folder() -> Path:
    """Where drafts lie."""
    return paths.state_folder() / "drafts"


def new_key() -> str:
    """A name for a draft that no other draft has."""
    return secrets.token_hex(8)


def keep(draft: Draft) -> None:
    """Write a draft over its older self, in one step and for its owner only; raises OSError."""
    place = paths.private_folder(folder())
    path, half = place / f"{draft.key}.json", place / f"{draft.key}.{secrets.token_hex(4)}.part"
    content = json.dumps(asdict(draft) | {"at": clock.now()}, ensure_ascii=True).encode()
    try:
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def discard(key: str) -> None:
    """Remove a draft, if there is one."""
    with contextlib.suppress(OSError):
        (folder() / f"{key}.json").unlink(missing_ok=True)


def pending(database_shown: str) -> list[Draft]:
    """The drafts left behind for one database, the newest first; a file that is no draft is passed over."""
    found = [draft for path in sorted(folder().glob("*.json")) if (draft := _read(path))]
    mine = [draft for draft in found if draft.database == database_shown]
    return sorted(mine, key=lambda draft: draft.at, reverse=True)


def _read(path: Path) -> Draft | None:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        parts = [(str(kind), _texts(texts)) for kind, texts in raw["parts"]]
        actors = {str(name): _texts(texts) for name, texts in raw["actors"].items()}
        return Draft(
            str(raw["database"]), str(raw["kind"]), raw["id"], raw["version"], _texts(raw["values"]), parts, actors,
            str(raw["at"]), path.stem,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _texts(raw: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in raw.items()}
