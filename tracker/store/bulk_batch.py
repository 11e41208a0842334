"""The record of an import: what was imported, and the step of undo that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from tracker import clock
from tracker.store.bulk_keys import derived
from tracker.store.bulk_link import Link


@dataclass(frozen=True, slots=True)
class About:
    """What is imported: the profile and the dataset with its release, and the file as it was read."""

    profile: str
    dataset: str
    release: str = ""
    file_name: str = ""
    encoding: str = ""
    delimiter: str = ""
    file_sha256: str = ""


class Made(NamedTuple):
    """What every record of an import is marked with."""

    stamp: str
    batch: int

    def columns(self) -> dict[str, object]:
        """The columns that have one value in all records."""
        return {"version": 1, "created_at": self.stamp, "updated_at": self.stamp, "batch_id": self.batch}


def begin(link: Link, who: str, about: About, reason: str, stamp: str) -> tuple[int, int]:
    """Write the action and the batch of an import that begins; gives back their ids."""
    action, batch = link.take("action", 1)[0], link.take("batch", 1)[0]
    columns = ("id", "at", "who", "verb", "sentence", "reason", "reverted")
    link.insert("action", columns, [(action, stamp, who, "import", "", reason, False)])
    link.insert("batch", _BATCH, [(
        batch, derived("batch", about.dataset, stamp, about.file_name, str(batch)), 1, stamp, stamp, about.profile,
        about.dataset, about.release or None, action, about.file_name or None, about.encoding or None,
        about.delimiter or None, stamp,
    )])  # fmt: skip
    return action, batch


_BATCH = (
    "id", "uid", "version", "created_at", "updated_at", "profile", "dataset", "release", "action", "file_name",
    "encoding", "delimiter", "started",
)  # fmt: skip
_COUNTS = ("new", "changed", "same", "gone", "rejected")


def conclude(
    link: Link, about: About, batch: int, action: int, counts: Mapping[str, int], report: Mapping[str, object],
    sha256: str,
) -> None:  # fmt: skip
    """Write down what the import came to."""
    now = clock.now()
    values = [counts.get(name, 0) for name in _COUNTS]
    link.run(
        "UPDATE batch SET finished = ?, updated_at = ?, file_sha256 = ?, report = ?,"
        f" {', '.join(f'{name} = ?' for name in _COUNTS)} WHERE id = ?",
        (now, now, sha256 or about.file_sha256 or None, json.dumps(report, ensure_ascii=False), *values, batch),
    )
    told = [f"{counts[name]:,} {name}" for name in ("new", "changed", "gone") if counts.get(name)]
    said = f": {', '.join(told)}" if told else ""
    sentence = f"Imported B-{batch} from {PurePath(about.file_name).name or about.dataset}{said}"
    link.run("UPDATE action SET sentence = ? WHERE id = ?", (sentence, action))


def forget(link: Link, batch: int, action: int) -> None:
    """Leave no trace of an import that changed no record."""
    link.run("DELETE FROM batch WHERE id = ?", (batch,))
    link.run("DELETE FROM action WHERE id = ?", (action,))
