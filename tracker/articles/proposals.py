"""What is proposed for an article: a record that could be, the words it rests on, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ENGINE = "rules-1"
"""The version of the rules that propose; kept with each suggestion, since other rules may propose something else."""

SURE = 0.85
"""The confidence from which on proposals may be accepted together."""


class Span(NamedTuple):
    """A stretch of the text: code points from `start` up to but without `end`."""

    start: int
    end: int


Spans = Mapping[str, tuple[Span, ...]]
"""Stretches of the text by the role they play, such as quote, speaker, cue or hedge; a role may have several."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that the text may speak of. Nothing becomes one without an analyst's decision.

    `kind` is statement, actor, date or incident; `value` holds fields of the record that would be made; `confidence`
    is a score from 0 to 1, no probability; `reason` says in words why it is proposed, `rule` which rule did it.
    """

    kind: str
    spans: Spans
    value: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 0.5
    reason: str = ""
    rule: str = ""

    @property
    def sure(self) -> bool:
        """Whether it may be accepted together with others."""
        return self.confidence >= SURE
