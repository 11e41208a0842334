"""Who says what a stretch of the text tells, by the statements found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tracker.articles.as_record import contents, speaker_name
from tracker.articles.proposals import Proposal

_ENOUGH = 0.5
"""The confidence from which on a statement is taken for one."""


class Speech:
    """Who says the stretch that a place of the text is in."""

    def __init__(self, statements: Sequence[Proposal]) -> None:
        self._spans: list[tuple[int, int, str, bool]] = []
        self._cues: dict[int, str] = {}
        for statement in statements:
            if statement.confidence < _ENOUGH:
                continue
            speaker = speaker_name(statement)
            quoted = statement.value.get("type") == "direct" or statement.value.get("mode") == "verbatim"
            self._spans += [(*span, speaker, quoted) for span in contents(statement)]
            self._cues |= {span[0]: speaker for span in statement.spans.get("cue", ())}
        self._spans.sort()
        self._starts = [span[0] for span in self._spans]

    def at(self, place: int) -> tuple[str, bool] | None:
        """The speaker, empty where unknown, and whether the words are theirs; None outside all statements."""
        for start, end, speaker, quoted in reversed(
            self._spans[max(0, bisect_right(self._starts, place) - 4) : bisect_right(self._starts, place)]
        ):
            if start <= place < end:
                return speaker, quoted
        return None

    def cue(self, start: int, end: int) -> str:
        """The speaker of the statement whose verb stands in text[start:end]; empty for none."""
        return next((self._cues[place] for place in range(start, end) if place in self._cues), "")
