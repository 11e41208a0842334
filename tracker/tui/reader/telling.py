"""A suggestion in words: one line for the queue, and what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tracker.model import codes
from tracker.model.uncertain import human
from tracker.store.reading_desk import Article, Waiting
from tracker.store.suggesting import main_spans

STATUS = {"pending": "·", "accepted": "✓", "edited": "✎", "rejected": "✗"}
UNKNOWN = "–"


def confidence(given: float) -> str:
    """A confidence from 0 to 1 in three cells: .97, 1.0."""
    return "1.0" if given >= 0.995 else f"{given:.2f}"[1:]


def words(whole: str, waiting: Waiting) -> str:
    """The words that a suggestion is about, in one line: of an actor's mentions, or of tellings, the first."""
    spans = main_spans(waiting.kind, waiting.spans)
    told = spans if waiting.kind == "statement" else spans[:1]
    return " … ".join(" ".join(whole[start:end].split()) for start, end in told)


def focus(waiting: Waiting) -> tuple[int, int] | None:
    """What is to be in view: from where the words begin to where they end, or the first of an actor's mentions."""
    spans = main_spans(waiting.kind, waiting.spans)
    last = spans[-1:] if waiting.kind == "statement" else spans[:1]
    return (spans[0][0], last[0][1]) if spans else None


def value(whole: str, waiting: Waiting) -> str:
    """What a suggestion proposes, in one line."""
    return _VALUES.get(waiting.kind, _other)(whole, waiting)


def speaker(waiting: Waiting) -> str:
    """Who is suggested to speak, as far as it is said; "" when it is not."""
    given = waiting.value
    told = given.get("speaker_entity") or given.get("speaker")
    told = told.get("name") if isinstance(told, Mapping) else told
    return str(told or "")


def _statement(whole: str, waiting: Waiting) -> str:
    stretch = (waiting.spans.get("speaker") or ((0, 0),))[0]
    who = speaker(waiting) or " ".join(whole[stretch[0] : stretch[1]].split()) or UNKNOWN
    said = waiting.value.get("quote") or waiting.value.get("paraphrase") or words(whole, waiting)
    return f"{who} · {_code('statement_kind', waiting.value.get('kind'))} “{' '.join(str(said).split())}”"


def _actor(whole: str, waiting: Waiting) -> str:
    given = waiting.value
    names = [str(name) for name in given.get("names") or given.get("aliases") or ()]
    also = f" · also {', '.join(names)}" if names else ""
    return f"{given.get('name') or words(whole, waiting)} · {_code('actor_kind', given.get('kind'))}{also}"


def _date(whole: str, waiting: Waiting) -> str:
    given = waiting.value
    read, other = given.get("edtf"), given.get("alternative")
    told = human(str(read)) if read else UNKNOWN
    return f"{given.get('words') or words(whole, waiting)} → {told}" + (f" (or {human(str(other))})" if other else "")


def _incident(whole: str, waiting: Waiting) -> str:
    title = waiting.value.get("title") or words(whole, waiting)
    return f"{title} · {_code('category', waiting.value.get('category'))}"


def _other(whole: str, waiting: Waiting) -> str:
    return words(whole, waiting)


_VALUES: Mapping[str, Callable[[str, Waiting], str]] = {
    "statement": _statement, "actor": _actor, "date": _date, "incident": _incident,
}  # fmt: skip


def _code(codes_of: str, given: Any) -> str:
    return codes.label(codes_of, str(given)) if given and str(given) in codes.values(codes_of) else UNKNOWN


def detail(whole: str, waiting: Waiting, *, moved: bool) -> list[str]:
    """What stands below the queue: how it was decided, why it is suggested, and the words it is about."""
    lines = []
    if waiting.status != "pending":
        made = f" → {waiting.made}" if waiting.made else ""
        lines.append(f"{waiting.ref} {waiting.status} by {waiting.decided_by or UNKNOWN}{made}")
    if moved:
        lines.append("words moved, not saved yet: a accepts them")
    lines.append(value(whole, waiting))
    lines.append(f"{waiting.reason or 'no reason is given'} ({waiting.rule})" if waiting.rule else waiting.reason)
    lines.append(f"“{words(whole, waiting)}”")
    return lines


def heading(article: Article) -> str:
    """The source in one line: its REF, title and publisher."""
    told = f"{article.ref} {article.title}"
    return f"{told} · {article.publisher}" if article.publisher else told


def progress(article: Article, decided: int, of: int, coverage: int | None) -> str:
    """The day of publication, how much of the text is coded in percent if that is known, how many are decided."""
    day = human(article.published) if article.published else "undated"
    covered = f"coverage {coverage} % · " if coverage is not None else ""
    return f"{day} · {covered}{decided:,} of {of:,} decided"
