"""What a codebook cannot say of an incident: one entry each, as a file of CSV or JSON and in a sentence."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePath

from tracker.errors import UsageError
from tracker.exchange.jsontext import inert
from tracker.exchange.writers import Sink
from tracker.text import guard

KINDS = {
    "not_adopted": "fields empty because no coding is adopted",
    "rival_attribution": "attributions that are not adopted",
    "denial": "denials and doubts",
    "asserter": "names of who says so",
    "hedge": "hedges",
    "actor": "actors without a place",
    "role": "roles",
    "category": "kinds of incident",
    "nature": "plans, campaigns and background",
    "status": "doubts about the incident",
    "claim": "claims of responsibility",
    "date": "dates",
    "place": "places",
    "country": "countries",
    "unknown": "unknown figures",
    "range": "ranges of figures",
    "tally": "figures without a column",
    "statement": "statements",
    "evidence": "quoted spans",
    "source": "sources",
    "link": "links",
    "text": "texts without a column",
    "tag": "tags",
    "detail": "details of involvements and figures",
    "original": "columns of the original file",
    "format": "ways of writing",
    "left_out": "incidents left out, for they are no events",
    "guard": "cells guarded against being run as formulas",
}
"""The kinds of loss, in words for many."""

FORMS = {".csv": "csv", "": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""What the end of a report's name says about its form."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost: `field` is ours, `kind` one of `KINDS`, `loss` a sentence, `value` what there is."""

    incident: str
    uid: str
    field: str
    kind: str
    loss: str
    value: str


HEADER = tuple(Loss.__dataclass_fields__)


def form_of(path: str) -> str:
    """The form that a report's name tells; UsageError when it tells none."""
    suffix = PurePath(path).suffix.lower()
    if suffix in FORMS:
        return FORMS[suffix]
    known = ", ".join(name for name in FORMS if name)
    raise UsageError(f"{path}: “{suffix}” names no form of a loss report; known are {known}")


class Report:
    """Losses on their way into a file, if there is one, and counted by kind."""

    def __init__(self, file: Sink | None = None, form: str = "csv") -> None:
        self.counts: Counter[str] = Counter()
        self._file, self._form, self._written = file, form, False
        if file and form == "csv":
            file.write((",".join(HEADER) + "\n").encode())

    def add(self, losses: Iterable[Loss]) -> None:
        """Write and count losses."""
        for loss in losses:
            self.counts[loss.kind] += 1
            if self._file:
                self._file.write(self._bytes(loss))
                self._written = True

    def _bytes(self, loss: Loss) -> bytes:
        if self._form == "csv":
            line = io.StringIO(newline="")
            csv.writer(line, lineterminator="\n").writerow([guard(value) for value in asdict(loss).values()])
            return line.getvalue().encode(errors="replace")
        before = ("[\n" if not self._written else ",\n") if self._form == "json" else ""
        after = "" if self._form == "json" else "\n"
        made = inert(json.dumps(asdict(loss), ensure_ascii=False, separators=(",", ":")))
        return f"{before}{made}{after}".encode(errors="replace")

    def close(self) -> None:
        """Write what ends the file."""
        if self._file and self._form == "json":
            self._file.write(b"\n]\n" if self._written else b"[]\n")


def told(counts: Counter[str], incidents: int, target: str, path: str = "") -> str:
    """One sentence: how much is lost, by kind, and where it is listed or how to have it listed."""
    total = sum(counts.values())
    if not total:
        return f"{target}: nothing is lost of {incidents:,} incidents"
    kinds = "; ".join(f"{counts[kind]:,} {words}" for kind, words in KINDS.items() if counts[kind])
    where = f"listed in {path}" if path else "list them with --loss-report FILE"
    return f"{target}: {total:,} losses in {incidents:,} incidents ({kinds}); {where}"
