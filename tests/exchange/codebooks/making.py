"""What the tests of codebook exports share: small cases on the spot, and what an export of them gives."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import Store

from tracker.exchange.codebooks import Outcome, export_as
from tracker.store.casebook import Casebook
from tracker.store.database import connect

CASE: dict[str, Any] = {
    "title": "Rockets at a depot", "category": "rocket_artillery_missile", "status": "reported", "review": "coded",
    "date_edtf": "2020-03-05", "date_earliest": "2020-03-05", "date_latest": "2020-03-05", "date_precision": "day",
    "date_basis": "stated", "place_name": "Taji", "country": "IRQ", "admin1": "Baghdad", "admin2": "Taji",
    "lat": 33.5245, "lon": 44.2568, "geo_precision": "town", "killed_low": 2, "killed_best": 2, "killed_high": 2,
}  # fmt: skip
"""An incident of which ACLED can say all but who did it."""


@dataclass
class Exported:
    """The bytes of an export, its losses as rows, and what it came to."""

    data: bytes
    losses: list[dict[str, str]]
    outcome: Outcome

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV file."""
        return list(csv.DictReader(io.StringIO(self.data.decode(), newline=""), strict=True))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of JSON lines."""
        return [json.loads(line) for line in self.data.decode().splitlines()]

    def lost(self, kind: str, field: str = "") -> list[str]:
        """The sentences of the losses of a kind."""
        return [loss["loss"] for loss in self.losses if loss["kind"] == kind and field in ("", loss["field"])]


def exported(store: Store, target: str, folder: Path, **options: Any) -> Exported:
    """All incidents in the shape of a codebook."""
    file, report = io.BytesIO(), folder / f"{target}.loss.csv"
    outcome = export_as(store.reader(), target, None, file, str(report), force=True, **options)
    with report.open(encoding="utf-8", newline="") as lines:
        return Exported(file.getvalue(), list(csv.DictReader(lines, strict=True)), outcome)


def incident(book: Casebook, **values: Any) -> int:
    """An incident as `CASE` has it, but for `values`."""
    return book.add("incident", CASE | values).id


def actor(book: Casebook, name: str, kind: str = "armed_group", **values: Any) -> int:
    """An actor."""
    return book.add("actor", {"name": name, "kind": kind} | values).id


def source(book: Casebook, **values: Any) -> int:
    """A source published on one day."""
    day = {f"published_{part}": "2020-03-06" for part in ("edtf", "earliest", "latest")}
    return book.add("source", {"title": "Rockets hit depot", "kind": "wire", "publisher": "Wire", **day,
                               "published_precision": "day", **values}).id  # fmt: skip


def involved(book: Casebook, case: int, who: int, role: str = "perpetrator", **values: Any) -> int:
    """An involvement, adopted unless `values` say otherwise."""
    made = {"incident_id": case, "actor_id": who, "role": role, "stance": "states", "adopted": True} | values
    return book.add("involvement", made).id


def imported(book: Casebook, kind: str, record: int) -> None:
    """Mark a record as made by an import."""
    raw = connect(book.database, writing=True)
    raw.execute(f"UPDATE {kind} SET batch_id = 1 WHERE id = {record}")
    raw.close()
