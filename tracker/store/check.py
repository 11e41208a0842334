"""Holding a whole database to what it promises: spans, hashes, dates, references, history, indexes; it only reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tracker.errors import UsageError
from tracker.store import check_files, check_history, check_records, check_texts
from tracker.store.check_report import Finding, Problem, Report, Severity, Tally, wrong
from tracker.store.database import Reader, driver_error

__all__ = ["Problem", "Report", "Tally", "check"]

KEPT = 200
"""Problems of one sort that are told one by one; of the rest, only how many there are."""


@dataclass
class _Gathered:
    """What has been found so far: in constant memory, however much is wrong."""

    checked: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    sorts: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    spans: int = 0
    good_spans: int = 0

    def take(self, finding: Finding) -> None:
        """Count one finding, and keep its problem if few of its sort are kept."""
        self.checked[finding.what] += finding.checked
        self.spans += finding.spans
        self.good_spans += finding.good_spans
        problem = finding.problem
        if problem is None:
            return
        self.seen[problem.severity] += 1
        self.sorts[finding.sort, problem.severity] += 1
        if self.sorts[finding.sort, problem.severity] <= KEPT:
            self.problems.append(problem)

    def report(self) -> Report:
        """All of it, with one line for what was not told one by one."""
        more = [
            Problem(severity, "", f"{sort}: {count - KEPT:,} more like those above")
            for (sort, severity), count in self.sorts.items()
            if count > KEPT
        ]
        return Report(
            tallies=tuple(Tally(what, count) for what, count in self.checked.items() if count),
            problems=(*self.problems, *more),
            spans=self.spans,
            good_spans=self.good_spans,
            errors=self.seen["error"],
            warnings=self.seen["warning"],
            unchecked=self.seen["unchecked"],
        )


def check(reader: Reader, source: str | None = None) -> Report:
    """Check everything, or the text and the spans of one source (a REF or a uid), as of one moment.

    Nothing is changed. Raises UsageError for a source that is not there.
    """
    gathered = _Gathered()
    with reader.snapshot():
        if source is not None:
            only = _source_id(reader, source)
            steps: list[Callable[[], Iterator[Finding]]] = [lambda: check_texts.texts(reader, only)]
        else:
            steps = [
                lambda: check_files.files(reader),
                lambda: check_texts.texts(reader, None),
                lambda: check_records.records(reader),
                lambda: check_records.references(reader),
                lambda: check_records.adopted(reader),
                lambda: check_history.history(reader),
                lambda: check_files.full_text(reader),
            ]
        for step in steps:
            _run(gathered, reader, step)
    return gathered.report()


def _run(gathered: _Gathered, reader: Reader, step: Callable[[], Iterator[Finding]]) -> None:
    """One step; a file so damaged that it cannot be read on does not keep the other steps from being taken."""
    try:
        for finding in step():
            gathered.take(finding)
    except driver_error(reader.dialect) as error:
        reason = str(error).strip().partition("\n")[0]
        gathered.take(wrong("database", "", f"the database cannot be read to its end ({reason}); restore a backup"))


def _source_id(reader: Reader, ref: str) -> int:
    number = re.fullmatch(r"(?:src-)?([0-9]{1,18})", ref.strip(), re.IGNORECASE | re.ASCII)
    column, key = ("id", int(number[1])) if number else ("uid", ref.strip())
    found = reader.rows(f"SELECT id FROM source WHERE {column} = ? AND deleted_at IS NULL", (key,))
    if not found:
        raise UsageError(f"{ref}: there is no such source; see “tracker list sources”")
    return int(found[0][0])
