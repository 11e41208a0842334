"""What commands that write have in common: values are read against the right day, spans against their text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli import records
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.model.fields import Kind
    from tracker.model.values import Values
    from tracker.store.database import Reader


def read_values(
    reader: Reader,
    kind: Kind,
    texts: Mapping[str, str],
    *,
    anchor: str = "",
    source: int | None = None,
    order: str = "",
) -> Values:
    """Stored columns from texts; relative dates are told from `anchor`, else from the source's publication date.

    Raises ValueRefused or UsageError for the first that cannot be read.
    """
    from tracker.model.values import Context, parse_values

    if order not in ("", "dmy", "mdy", "ymd"):
        raise UsageError(f"--date-order: “{order}” is none; give dmy, mdy or ymd")
    look_up = records.lookup(reader)
    if source is None and (given := texts.get("source", "").strip()) and "source" in kind.by_name:
        source = look_up("source", given, "source")
    day, day_of = (anchor_day(anchor), None) if anchor else _published(reader, source)
    return parse_values(kind, texts, Context(look_up, day, day_of, order or None))


def anchor_day(anchor: str) -> date:
    """The day of --anchor: YYYY-MM-DD or today; UsageError for any other text."""
    from tracker import clock

    if anchor.lower() == "today":
        return clock.today()
    try:
        return date.fromisoformat(anchor)
    except ValueError as error:
        raise UsageError(f"--anchor: “{anchor}” is no day; write YYYY-MM-DD") from error


def _published(reader: Reader, source: int | None) -> tuple[date | None, int | None]:
    from tracker.model.kinds import BY_NAME
    from tracker.store import views
    from tracker.store.reanchor import anchor_of

    if source is None:
        return None, None
    record: dict[str, Any] = views.record(reader, BY_NAME["source"], source) or {}
    return (anchor_of(record), source) if record else (None, None)


def spanned(reader: Reader, values: Values) -> Values:
    """A span's columns, with words, context and verdict from the text of its source when that is attached."""
    from tracker.model.kinds import BY_NAME
    from tracker.store import views
    from tracker.store.spans import selectors

    source = values.get("source_id")
    record = views.record(reader, BY_NAME["source"], source) if isinstance(source, int) else None
    whole = (record or {}).get("text")
    if not isinstance(whole, str):
        return values
    values = dict(values)
    exact = values.get("exact")
    if isinstance(exact, str) and values.get("start") is None and values.get("end") is None:
        values |= _place(whole, exact)
    if not isinstance(values.get("start"), int) or not isinstance(values.get("end"), int):
        return values
    return values | selectors(whole, {"exact": None, **values})


def _place(whole: str, exact: str) -> dict[str, object]:
    """Where the words stand, when they stand there once."""
    times = whole.count(exact)
    if times != 1:
        many = f"stand there {times} times" if times else "do not stand in the text of the source"
        raise UsageError(f"exact: these words {many}; give start and end")
    start = whole.find(exact)
    return {"start": start, "end": start + len(exact)}
