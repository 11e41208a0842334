"""The time of day, in one place, so that tests can hold it still."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """The moment in UTC, ISO 8601 to the second; for reading only, never for order."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Today's date where the user is."""
    return datetime.now().astimezone().date()
