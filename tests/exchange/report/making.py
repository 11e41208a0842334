"""Reports as text, and small cases to report on, for the tests of reports."""

from __future__ import annotations

import io
from typing import Any

from tracker.exchange.report import report, write
from tracker.model.kinds import INCIDENT
from tracker.store.casebook import Casebook
from tracker.store.database import Database, Reader
from tracker.store.query import parse


def written(where: Database, form: str = "md", query: str = "", **options: Any) -> str:
    """The report on what `query` picks, as text."""
    file = io.BytesIO()
    with Reader(where) as reader:
        write(file, report(reader, parse(INCIDENT, query), **options), form)
    return file.getvalue().decode()


def incident(book: Casebook, title: str = "Shelling of the harbour", **more: object) -> int:
    """A new incident; its id."""
    return book.add("incident", {"title": title, "category": "armed_clash", "status": "reported", **more}).id


def dated(edtf: str, earliest: str | None, latest: str | None, field: str = "date") -> dict[str, Any]:
    """The stored parts of an uncertain date."""
    return {f"{field}_edtf": edtf, f"{field}_earliest": earliest, f"{field}_latest": latest}


def day(value: str) -> dict[str, Any]:
    """The stored parts of a date that is one known day."""
    return dated(value, value, value)
