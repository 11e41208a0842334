"""What a check comes to: counts of what was looked at, and each problem as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "unchecked"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, doubtful, or could not be checked; `ref` is the record's REF, or empty."""

    severity: Severity
    ref: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of `what` were checked."""

    what: str
    checked: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of a check: `checked` of `what` were looked at; `sort` groups problems that are alike.

    `spans` spans of evidence were met, of which `good_spans` stand in their text as written.
    """

    what: str
    checked: int = 0
    problem: Problem | None = None
    sort: str = ""
    spans: int = 0
    good_spans: int = 0


def wrong(what: str, ref: str, sentence: str, severity: Severity = "error") -> Finding:
    """A finding of a problem with a record, among problems of the sort `what`."""
    return Finding(what, problem=Problem(severity, ref, sentence), sort=what)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check.

    `spans` are all spans of evidence, `good_spans` those whose words stand in their text as written; `errors`,
    `warnings` and `unchecked` count problems, also those not told one by one in `problems`.
    """

    tallies: tuple[Tally, ...]
    problems: tuple[Problem, ...]
    spans: int
    good_spans: int
    errors: int
    warnings: int
    unchecked: int

    @property
    def good(self) -> bool:
        """Whether nothing is wrong; what could not be checked is not wrong."""
        return self.errors == 0

    @property
    def sentence(self) -> str:
        """The outcome in one line, for people."""
        checked = sum(tally.checked for tally in self.tallies)
        if not checked:
            return "Nothing was checked: there is nothing of the kind in this database."
        told = [f"{self.errors:,} wrong", f"{self.warnings:,} doubtful", f"{self.unchecked:,} could not be checked"]
        spans = f"{self.good_spans:,} of {self.spans:,} spans verified; " if self.spans else ""
        return f"{checked:,} checks: {spans}{', '.join(told)}."
