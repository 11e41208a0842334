"""The analyst's desk: texts are taken in and suggestions decided on, each as one action of the casebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tracker.store.ledger import Act, Saved

if TYPE_CHECKING:
    from tracker.store.workbench import Ingested, Suggested

SURE = 0.85
"""The confidence from which on suggestions may be accepted together."""


class Desk:
    """What a casebook does with articles; its `unit` runs a piece of work as one action."""

    who: str
    unit: Callable[[str, str, Callable[[Act], tuple[Saved, str]]], Saved]

    def ingest(
        self,
        source: Mapping[str, object],
        text: str,
        sha256: str,
        suggested: Sequence[Suggested],
        *,
        engine: str,
        encoding: str = "",
        supersedes: int | None = None,
    ) -> Ingested:
        """Take in an article: its source (stored columns), its pinned text, and what is suggested from it.

        `sha256` pins the text; the same one again adds nothing. With `supersedes` it is a newer edition of that source:
        evidence is anchored anew, decisions are kept. Raises ValueRefused for a value, UsageError for a span.
        """
        from dataclasses import replace

        from tracker.store import workbench

        found: list[Ingested] = []

        def work(act: Act) -> tuple[Saved, str]:
            done = workbench.ingest(
                act, source, text, sha256, suggested, engine=engine, encoding=encoding, supersedes=supersedes
            )
            found.append(done)
            return done.saved, done.sentence

        saved = self.unit("ingest", "", work)
        return replace(found[-1], saved=saved)

    def decide(
        self,
        suggestion_id: int,
        decision: str,
        *,
        version: int | None,
        value: Mapping[str, Any] | None = None,
        spans: Mapping[str, Sequence[Sequence[int]]] | None = None,
        speaker: int | None = None,
        reason: str = "",
    ) -> Saved:
        """Decide on a suggestion: accepted, edited (with `value` or `spans`) or rejected; gives back the record made.

        `speaker` is the actor who speaks, or whom a suggested actor is. Raises Conflict when `version` is stale,
        UsageError when it was accepted before, or when its record lacks something, such as a speaker.
        """
        from tracker.store import deciding

        def work(act: Act) -> tuple[Saved, str]:
            return deciding.decide(
                act, self.who, suggestion_id, decision, version=version, value=value, spans=spans, speaker=speaker
            )

        return self.unit("decide", reason, work)

    def accept_all(self, source_id: int, least: float = SURE) -> Saved:
        """Accept what waits in a source with a confidence of `least` or more, as one action."""
        from tracker.store import deciding

        return self.unit("decide", "", lambda act: deciding.accept_all(act, self.who, source_id, least))
