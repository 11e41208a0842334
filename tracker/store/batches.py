"""The imports of datasets: which there were, and taking one back with all that it brought."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from tracker.errors import UsageError
from tracker.store.database import Database, Reader
from tracker.store.hindrances import Hindrances, Kept
from tracker.store.ledger import Act, Saved

COUNTS = ("new", "changed", "same", "gone", "rejected")


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: its file as it was read, what it came to, and `reverted`, whether it was taken back.

    `reverted_at` and `reverted_by` tell when and by whom, and are empty while it is in force.
    """

    id: int
    uid: str
    profile: str
    dataset: str
    release: str
    action: int
    who: str
    file_name: str
    file_sha256: str
    encoding: str
    delimiter: str
    started: str
    finished: str
    counts: dict[str, int]
    report: dict[str, Any]
    reverted: bool
    reverted_at: str
    reverted_by: str

    def as_json(self) -> dict[str, object]:
        """The same as a JSON document."""
        return asdict(self)


_TEXTS = ("profile", "dataset", "release", "file_name", "file_sha256", "encoding", "delimiter", "started", "finished")


def batches(reader: Reader) -> list[Batch]:
    """All imports of datasets, the newest first."""
    texts = ", ".join(f"coalesce(b.{name}, '')" for name in _TEXTS)
    counts = ", ".join(f"coalesce(b.{name}, 0)" for name in COUNTS)
    rows = reader.rows(
        f"SELECT b.id, b.uid, b.action, a.who, a.reverted, r.at, r.who, b.report, {texts}, {counts}"
        " FROM batch b LEFT JOIN action a ON a.id = b.action"
        " LEFT JOIN action r ON r.reverts_id = a.id AND r.reverted = FALSE AND a.reverted = TRUE"
        " WHERE b.deleted_at IS NULL ORDER BY b.id DESC"
    )
    return [_batch(*row) for row in rows]


def _batch(
    id_: int, uid: str, action: int, who: str, reverted: bool, at: str, by: str, report: Any, *more: Any
) -> Batch:
    texts = dict(zip(_TEXTS, more, strict=False))
    counts = dict(zip(COUNTS, more[len(_TEXTS) :], strict=True))
    told = json.loads(report) if isinstance(report, str) else report
    return Batch(
        id=id_, uid=uid, action=action, who=who or "", reverted=bool(reverted), reverted_at=at or "",
        reverted_by=by or "", report=told or {}, counts=counts,
        **texts,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reverted(Saved):
    """An import taken back: the fields that stay as somebody set them since, the first of `kept_count` of them.

    `stayed` counts the actors and sources it made that stay, for others use them.
    """

    kept: tuple[Kept, ...] = ()
    kept_count: int = 0
    stayed: dict[str, int] = field(default_factory=dict)


def revert(where: Database, who: str, batch_id: int, *, force: bool = False) -> Reverted:
    """Take an import back: what it added goes, softly; what it changed is as before; its marks come off.

    Raises UsageError for a batch that is not there or is taken back already, and Conflict, naming the records, when
    somebody worked on what it brought; with `force` added records go all the same, with what rests on them, and
    fields that were set since stay. It is one step of undo.
    """
    from tracker.store.casebook import Casebook

    met = Hindrances(batch_id, force)

    def work(act: Act) -> tuple[Saved, str]:
        nonlocal met
        # Anew: on PostgreSQL a deadlock runs all of this again.
        met = Hindrances(batch_id, force)
        return _taken_back(act, batch_id, met)

    with Casebook(where, who) as book:
        saved = book.unit("revert", "", work)
    return Reverted(**asdict(saved), kept=tuple(met.kept), kept_count=met.kept_count, stayed=met.stayed)


def _taken_back(act: Act, batch_id: int, met: Hindrances) -> tuple[Saved, str]:
    from sqlalchemy import select

    from tracker.model.tables import Row
    from tracker.store import revert as reverting

    there = act.fetch("batch", batch_id)
    log = Row.metadata.tables["action"]
    action = act.connection.execute(select(log).where(log.c.id == there["action"])).first()
    if action is None:
        raise UsageError(f"B-{batch_id}: holds no step that could be taken back")
    if action.reverted:
        raise UsageError(f"B-{batch_id}: was taken back already; “tracker redo” or an import brings it again")
    count = reverting.revert(act, action, met=met)
    name = PurePath(there["file_name"] or "").name or there["dataset"]
    saved = Saved(act.id, "", "batch", batch_id, there["uid"], there["version"])
    return saved, f"Took back B-{batch_id} from {name}: {count:,} records{_left(met)}"


def _left(met: Hindrances) -> str:
    """What of the import is there still, for the end of a sentence."""
    counts = [(count, kind, "in use elsewhere") for kind, count in met.stayed.items()]
    counts += [(met.kept_count, "field", "set since")] * bool(met.kept_count)
    told = [f"{count:,} {what}{'s' * (count != 1)} {why}" for count, what, why in counts]
    return f"; {' and '.join(told)} stay{'s' * (sum(count for count, *_ in counts) == 1)}" if told else ""
