"""The same quotation in other sources: who has it word for word, and what the others dropped, added or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tracker.store.database import Reader
from tracker.store.other_texts import Origin, Quoted, quotation, quotations, texts
from tracker.store.rewording import Change, Words, difference, locate, shown

RUN = 6
"""So many words of a quotation that follow each other are a part of it, whatever became of the others."""

_LONG = 5
_SHARE = 0.4
"""A text that lacks more of the longer words is not looked at more closely."""


class Variant(NamedTuple):
    """The words as another source has them.

    `how` is exact, normalized (spelling and marks differ) or fuzzy; `score` 0–100; `start` and `end` its place in the
    text, None when only a statement of that source holds it; `statement` that statement's REF, or empty.
    """

    source: Origin
    how: str
    score: float
    start: int | None
    end: int | None
    words: str
    statement: str
    changes: tuple[Change, ...]

    @property
    def difference(self) -> str:
        """The words, with [-what was dropped-] and {+what was added+}."""
        return shown(self.changes)


@dataclass(frozen=True, slots=True)
class Variants:
    """A quotation and its variants: the most alike first."""

    ref: str
    quote: str
    speaker: str
    source: Origin | None
    found: tuple[Variant, ...]


def variants(reader: Reader, statement_id: int) -> Variants:
    """The variants of a statement's quotation in all other sources; UsageError when it has no quotation."""
    asked = quotation(reader, statement_id)
    own = asked.source.id if asked.source else None
    coded: dict[int, list[Quoted]] = {}
    for other in quotations(reader, own):
        if other.source is not None and _like(asked.quote, other.quote):
            coded.setdefault(other.source.id, []).append(other)
    found = {one.source.id: one for one in _in_texts(reader, asked, own, coded)}
    for source_id, others in coded.items():
        if source_id not in found:
            found[source_id] = _coded(asked, others[0])
    order = sorted(found.values(), key=lambda one: (-one.score, one.source.published, one.source.id))
    return Variants(f"S-{asked.id}", asked.quote, asked.speaker, asked.source, tuple(order))


def _in_texts(reader: Reader, asked: Quoted, own: int | None, coded: dict[int, list[Quoted]]) -> Iterator[Variant]:
    long = {key for key in Words(asked.quote).keys if len(key) >= _LONG}
    for source, whole in texts(reader, own):
        lowered = whole.casefold()
        if sum(key in lowered for key in long) < _SHARE * len(long):
            continue
        told = _own_telling(whole)
        place = locate(Words(told), asked.quote, part=RUN)
        if place is None:
            continue
        words = " ".join(told[place.start : place.end].split())
        statement = next((f"S-{one.id}" for one in coded.get(source.id, ()) if _like(words, one.quote)), "")
        changes = tuple(difference(asked.quote, words))
        yield Variant(source, place.how, place.score, place.start, place.end, words, statement, changes)


def _own_telling(whole: str) -> str:
    """A text with blanks for captions, promotion and the like, which may stand in the midst of a quotation."""
    from tracker.articles.document import document

    pieces, at = [], 0
    for part in document(whole).noise:
        pieces += [whole[at : part.start], " " * (part.end - part.start)]
        at = part.end
    return "".join([*pieces, whole[at:]])


def _coded(asked: Quoted, other: Quoted) -> Variant:
    """A variant of which only the statement is known: its source has no text here."""
    place = locate(Words(other.quote), asked.quote, part=RUN)
    how, score = (place.how, place.score) if place else ("fuzzy", 0.0)
    changes = tuple(difference(asked.quote, other.quote))
    if other.source is None:
        raise AssertionError("a quotation of another source has a source")
    return Variant(other.source, how, score, None, None, other.quote, f"S-{other.id}", changes)


def _like(one: str, other: str) -> bool:
    """Whether one of two quotations is found in the other."""
    return any(locate(Words(within), words, part=RUN) for within, words in ((one, other), (other, one)))
