"""One export in the shape of a codebook, from the reader to the bytes, with its report of losses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from tracker.errors import UsageError
from tracker.exchange.atomic import writing
from tracker.exchange.codebooks.loss import Loss, Report, form_of, told
from tracker.exchange.layout import nearest
from tracker.exchange.records import order
from tracker.exchange.writers import Sink
from tracker.model.kinds import INCIDENT
from tracker.store import casefile
from tracker.store.database import Reader
from tracker.store.export import Condition

Write = Callable[[Iterable[list[casefile.Casefile]], bool], Iterator[tuple[int, bytes, list[Loss]]]]
"""Whole incidents as pieces of a file: how many incidents each holds, its bytes, and what they leave out."""

TARGETS = {"acled": ".csv", "ged": ".csv", "gtd": ".csv", "plover": ".jsonl", "stix": ".json"}
"""The codebooks that can be written, with what the name of a file ends with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many incidents were written, the losses by kind, and both in a sentence for people."""

    target: str
    incidents: int
    losses: Counter[str]
    sentence: str


def export_as(
    reader: Reader,
    target: str,
    condition: Condition | None,
    file: Sink,
    loss_file: str = "",
    *,
    sort: str | None = None,
    limit: int | None = None,
    raw: bool = False,
    force: bool = False,
) -> Outcome:
    """Write the incidents that `condition` picks into `file` as `target` has them, and what that loses to `loss_file`.

    Incidents come oldest first unless `sort` names a column; memory does not grow with them. The report is CSV, JSON or
    JSON lines by its name, and stands only once everything is written. Cells of CSV are guarded against being run as
    formulas unless `raw`. Raises UsageError for a target, a column or a report's name that is not known, Refused when
    the report is there already and `force` is not set.
    """
    write = _writer(target)
    keys = order(INCIDENT, sort)
    form = form_of(loss_file) if loss_file and loss_file != "-" else "csv"
    incidents = 0
    with ExitStack() as stack:
        report = Report(stack.enter_context(writing(loss_file, force=force)) if loss_file else None, form)
        stack.enter_context(reader.snapshot())
        for count, data, losses in write(casefile.stream(reader, condition, keys, limit), raw):
            file.write(data)
            report.add(losses)
            incidents += count
        report.close()
    return Outcome(target, incidents, report.counts, told(report.counts, incidents, target, loss_file))


def require_target(target: str) -> None:
    """Refuse a codebook that is not known (UsageError), with the nearest."""
    if target not in TARGETS:
        hint = nearest(target, tuple(TARGETS)) or f"; known are {', '.join(TARGETS)}"
        raise UsageError(f"--as: “{target}” is no codebook that can be written{hint}")


def _writer(target: str) -> Write:
    require_target(target)
    if target == "acled":
        from tracker.exchange.codebooks.acled import ACLED

        return ACLED.write
    if target == "ged":
        from tracker.exchange.codebooks.ged import GED

        return GED.write
    if target == "gtd":
        from tracker.exchange.codebooks.gtd import GTD

        return GTD.write
    if target == "plover":
        from tracker.exchange.codebooks import plover

        return plover.write
    from tracker.exchange.codebooks import stix

    return stix.write
