"""Taking in an article: its source, its pinned text, and what is suggested from it, as one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from tracker import clock
from tracker.errors import UsageError
from tracker.model.kinds import BY_NAME
from tracker.model.tables import Row, table
from tracker.model.values import complete, require
from tracker.store import editions, pinning
from tracker.store.ledger import Act, Saved, new_uid
from tracker.store.spans import ENCODING, UNKNOWN_ENCODING, rehash
from tracker.store.suggesting import Content, content, key, spans_of
from tracker.text import Decoded


class Suggested(NamedTuple):
    """What an engine proposes for a text; spans by role are code points, half-open, `value` fields of the record."""

    kind: str
    spans: Mapping[str, Sequence[tuple[int, int]]]
    value: Mapping[str, Any]
    confidence: float
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What taking in a text came to.

    `new` is False when the text was there already; `pending` counts what waits for a decision in the source, and
    `superseded` what became of the evidence of the older edition, by verdict (verified, moved, altered, orphaned …).
    """

    source_id: int
    new: bool
    pending: int
    superseded: Mapping[str, int] = field(default_factory=dict)
    saved: Saved = field(default=Saved(0, ""))

    @property
    def action(self) -> int:
        """The action it was; 0 when nothing was changed."""
        return self.saved.action

    @property
    def sentence(self) -> str:
        """What was done, for people."""
        return self.saved.sentence

    @property
    def ref(self) -> str:
        """The REF of the source."""
        return f"SRC-{self.source_id}"


def ingest(
    act: Act,
    source: Mapping[str, object],
    text: str,
    sha256: str,
    suggested: Sequence[Suggested],
    *,
    engine: str,
    encoding: str = "",
    supersedes: int | None = None,
) -> Ingested:
    """Write a source with its text and its suggestions; the same text again adds nothing.

    A source that was pinned by this hash gets the text. What another engine version had proposed and nobody decided
    on is replaced. With `supersedes` the evidence of that edition is anchored in the new text and decisions are kept.
    """
    _require_spans(text, suggested)
    known = act.where("source", sha256=sha256)
    if known:
        return _again(act, known[0], Decoded(text, encoding or "utf-8", sha256), suggested, engine)
    row = dict(source) | {"text": text, "sha256": sha256}
    if supersedes is not None:
        row["supersedes_id"] = editions.newest(act, supersedes)
    if noted := _noted(text, encoding, sha256):
        row["extra"] = {**_extra(source), ENCODING: noted}
    saved = act.add("source", row)
    told: Mapping[str, int] = {}
    kept: dict[Content, Mapping[str, Any]] = {}
    if supersedes is not None:
        told = editions.reanchor(act, int(str(row["supersedes_id"])), saved.id, text)
        kept = editions.decided(act, int(str(row["supersedes_id"])))
    pending = _propose(act, saved.id, text, sha256, suggested, engine, kept)
    sentence = f"Took in SRC-{saved.id} {_short(row.get('title'))}: {_many(pending, 'suggestion')}"
    sentence += f"; {editions.told(told)}" if told else ""
    return Ingested(saved.id, True, pending, told, replace(saved, sentence=sentence))


def _again(
    act: Act, source: Mapping[str, Any], decoded: Decoded, suggested: Sequence[Suggested], engine: str
) -> Ingested:
    """A text whose hash a source has already: the text itself where it is missing, and newer proposals."""
    source_id = source["id"]
    saved = Saved(act.id, "", "source", source_id, source["uid"], source["version"])
    first = source["text"] is None
    if first:
        saved = pinning.attach(act, source_id, decoded)[0]
    there = act.where("suggestion", source_id=source_id)
    newer = not there or any(row["engine_version"] != engine for row in there)
    if newer:
        kept = {content(decoded.text, row): row for row in there if row["status"] != "pending"}
        same = {key(row): row for row in there if row["status"] == "pending" and row["engine_version"] == engine}
        for row in there:
            if row["status"] == "pending" and key(row) not in same:
                act.delete("suggestion", row["id"])
        fresh = [one for one in suggested if key(one._asdict()) not in same]
        _propose(act, source_id, decoded.text, decoded.sha256, fresh, engine, kept, all_kept=False)
    pending = len(act.where("suggestion", source_id=source_id, status="pending"))
    told = "is there already" if not first else "has its text now"
    told = f"SRC-{source_id} {told}: {_many(pending, 'suggestion')} {'waits' if pending == 1 else 'wait'}"
    return Ingested(source_id, first, pending, {}, replace(saved, sentence=told))


def _propose(
    act: Act,
    source_id: int,
    text: str,
    sha256: str,
    suggested: Sequence[Suggested],
    engine: str,
    kept: Mapping[Content, Mapping[str, Any]],
    *,
    all_kept: bool = True,
) -> int:
    """Write suggestions; what was decided before keeps its decision by content. Gives back how many are pending.

    With `all_kept` a decision on the older edition is written again for the new one, else it stands already.
    """
    coded = editions.coded(act, source_id)
    rows = []
    for one in suggested:
        row = {
            "source_id": source_id, "text_sha256": sha256, "kind": one.kind, "value": dict(one.value),
            "spans": {role: [list(span) for span in spans] for role, spans in one.spans.items()},
            "confidence": one.confidence, "reason": one.reason or None, "rule": one.rule or None,
            "engine_version": engine, "status": "pending",
        }  # fmt: skip
        before = kept.get(content(text, row)) if kept else None
        if before and not all_kept:
            continue
        names = ("status", "decided_by", "decided_at", "made_uid")
        rows.append(row | ({name: before[name] for name in names} if before else editions.made_from(act, coded, row)))
    add_all(act, "suggestion", rows)
    return sum(row["status"] == "pending" for row in rows)


def add_all(act: Act, kind: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Write many new records of one kind, each with its revision, in two statements; their references are checked once.

    Raises ValueRefused for the first rule that one breaks.
    """
    if not rows:
        return
    declared, stamp = BY_NAME[kind], clock.now()
    records = [complete(declared, row) for row in rows]
    for record in records:
        require(declared, record)
    act.require_alive(declared, records[0])
    shared = {"version": 1, "created_at": stamp, "updated_at": stamp}
    written = [record | shared | {"uid": new_uid()} for record in records]
    act.connection.execute(insert(table(kind)), written)
    columns = table(kind)
    source = records[0]["source_id"]
    query = select(columns.c.uid, columns.c.id).where(columns.c.source_id == source, columns.c.deleted_at.is_(None))
    ids = {row.uid: row.id for row in act.connection.execute(query)}
    revisions = [
        {
            "action_id": act.id, "kind": kind, "record_id": ids[row["uid"]], "uid": row["uid"], "op": "create",
            "version": 1,
            "changes": {name: [None, row[name]] for name in declared.column_names if row[name] is not None},
        }
        for row in written
    ]  # fmt: skip
    act.connection.execute(insert(Row.metadata.tables["revision"]), revisions)
    act.touched += len(revisions)
    first = written[0]
    act.first = act.first or Saved(act.id, "", kind, ids[first["uid"]], str(first["uid"]), 1)


def _require_spans(text: str, suggested: Sequence[Suggested]) -> None:
    for number, one in enumerate(suggested, 1):
        for role, start, end in spans_of(one.spans):
            if not 0 <= start < end <= len(text):
                raise UsageError(f"suggestion {number}: its {role} {start}–{end} is not within the text")


def _noted(text: str, encoding: str, sha256: str) -> str | None:
    """What to note about the encoding so that the hash can be checked later; None for UTF-8."""
    for name in ("utf-8", encoding, f"{encoding}-swapped"):
        if name and rehash(text, name) == sha256:
            return None if name == "utf-8" else name
    return UNKNOWN_ENCODING


def _extra(source: Mapping[str, object]) -> dict[str, Any]:
    found = source.get("extra")
    return dict(found) if isinstance(found, Mapping) else {}


def _short(title: object) -> str:
    words = str(title or "")
    return words if len(words) <= 48 else f"{words[:47]}…"


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"
