"""Finding the records that a form refers to: completion while typing, and the record that a text means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker import text
from tracker.errors import UsageError
from tracker.model.fields import Kind
from tracker.model.kinds import BY_NAME
from tracker.store import views
from tracker.store.database import Reader
from tracker.store.query import parse
from tracker.tui.form_text import Suggestion, ref_in

LINES = 8
"""So many suggestions are offered at once."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What a text in a reference field came to: the record's id and what it is called, or what is wrong."""

    id: int
    shown: str
    wrong: str = ""


Asked = tuple[str, str]
"""A kind of record, and the text that is to name one."""


def title(kind: Kind, record: dict[str, Any]) -> str:
    """What a record is called in one short line; "" when it has no words of its own."""
    words = record.get(kind.title) or record.get("paraphrase") or ""
    return text.truncate(str(words).replace("\n", " "), _LONGEST)


def called(kind: str, record_id: int, words: str) -> str:
    """A record in a field: its REF and its title."""
    return f"{BY_NAME[kind].prefix}-{record_id} {words}".strip()


def name(reader: Reader, kind: str, record_id: int) -> str:
    """The REF and title of a record; the REF alone when it is not there."""
    record = views.record(reader, BY_NAME[kind], record_id)
    return called(kind, record_id, title(BY_NAME[kind], record) if record else "")


def names(reader: Reader, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The REFs and titles of several records."""
    return {(kind, record_id): name(reader, kind, record_id) for kind, record_id in wanted}


def complete(reader: Reader, target: str, typed: str) -> list[Suggestion]:
    """Up to `LINES` records of the kind `target` that fit what was typed; the newest ones when nothing was."""
    wanted = typed.strip()
    if not wanted:
        return recent(reader, target)
    if ref_in(wanted) == wanted:
        found = resolve(reader, target, wanted)
        return [] if found.wrong else [Suggestion(found.shown, found.shown)]
    if target == "actor":
        return [_actor_line(hit) for hit in views.complete_actors(reader, wanted, LINES)]
    hits = [hit for hit in views.search(reader, wanted, LINES * 5) if _kind_name(hit.kind) == target]
    return [_line(target, hit.id, hit.title) for hit in hits[:LINES]]


def recent(reader: Reader, target: str) -> list[Suggestion]:
    """The records of a kind that its list shows first."""
    kind = BY_NAME[target]
    rows = views.Browser(reader, views.View(kind, parse(kind, ""), ("ref", True), ("ref",))).head(LINES)
    return [Suggestion(line, line) for line in (name(reader, target, row[0]) for row in rows)]


def _kind_name(kind: Kind | str) -> str:
    return kind if isinstance(kind, str) else kind.name


def _line(target: str, record_id: int, words: str) -> Suggestion:
    line = called(target, record_id, text.truncate(words, _LONGEST))
    return Suggestion(line, line)


def _actor_line(hit: views.ActorHit) -> Suggestion:
    line = called("actor", hit.id, text.truncate(hit.name, _LONGEST))
    also = f", also {text.truncate(hit.matched, 30)}" if hit.matched and hit.matched != hit.name else ""
    return Suggestion(line, f"{line}{also}")


def resolve(reader: Reader, target: str, typed: str) -> Found:
    """The one record of the kind `target` that a text means: a REF, a uid, or an actor's exact name."""
    wanted = typed.strip()
    try:
        if ref := ref_in(wanted):
            return _by_ref(reader, target, ref)
        if target == "actor":
            return _by_name(reader, wanted)
        return _by_ref(reader, target, wanted)
    except UsageError as error:
        return Found(0, "", str(error))


def _by_ref(reader: Reader, target: str, ref: str) -> Found:
    kind, record_id = views.find(reader, ref)
    if kind.name != target:
        raise UsageError(f"“{text.screen(ref)}” is {_a(kind)}; choose {_a(BY_NAME[target])}")
    return Found(record_id, name(reader, target, record_id))


def _a(kind: Kind) -> str:
    return f"{'an' if kind.label[0] in 'AEIOU' else 'a'} {kind.label.lower()}"


def _by_name(reader: Reader, wanted: str) -> Found:
    key = text.fold(wanted)
    near = views.complete_actors(reader, wanted, 20)
    hits = {hit.id: hit for hit in near if key in (text.fold(hit.name), text.fold(hit.matched))}
    if not hits:
        shown = text.truncate(wanted, _LONGEST)
        raise UsageError(f"“{shown}” is not known; choose from the list (↓), or “+ new actor” at its end")
    if len(hits) > 1:
        several = ", ".join(called("actor", hit.id, hit.name) for hit in hits.values())
        raise UsageError(f"several go by this name: {text.truncate(several, 120)}; choose one")
    return Found(min(hits), called("actor", min(hits), text.truncate(hits[min(hits)].name, _LONGEST)))


def resolve_all(reader: Reader, asked: Iterable[Asked]) -> dict[Asked, Found]:
    """`resolve` for several texts."""
    return {(target, typed): resolve(reader, target, typed) for target, typed in asked}


def day_of(reader: Reader, source_id: int) -> date | None:
    """The day that words are told from when a source says them; None when its day of publication is not known."""
    from tracker.store.reanchor import anchor_of

    record = views.record(reader, BY_NAME["source"], source_id)
    return anchor_of(record) if record else None


def latest_source(reader: Reader) -> Found | None:
    """The source that was added last, or None."""
    lines = recent(reader, "source")
    return resolve(reader, "source", lines[0].text) if lines else None
