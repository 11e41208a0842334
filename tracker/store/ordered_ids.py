"""The ids of a list in its order: the first ones at once, a stretch at any depth, or all of them packed."""

from __future__ import annotations

from array import array

from tracker.store.conjuncts import lists, starts_by
from tracker.store.database import Reader
from tracker.store.listing import Listing, engine_sql
from tracker.store.sieve import can_sieve, sieved

WINDOW, WIDEST = 400, 4_000
"""So many records, in the order of the list, are tried against a filter before all that match are gathered."""
FEW = 12_000
"""Up to so many matches are gathered and sorted without further ado."""
COMMON = 30_000
"""Above so many matches it is faster to walk the index of the order than to sort the matches."""
_SLICE = 65_536


def first(reader: Reader, listing: Listing, count: int) -> list[int]:
    """The first `count` ids.

    A filter that many records match is answered from the beginning of the index of the order, one that few match by
    gathering and sorting these: neither ever reads the whole table when an index serves the filter.
    """
    if not listing.condition or _served(reader, listing):
        return stretch(reader, listing, 0, count)
    if _along(listing):
        return _walked(reader, listing, count)
    if not listing.indexed or _few(reader, listing):
        return _gathered(reader, listing, count)
    if can_sieve(listing) and len(found := sieved(reader, listing, count)) == count:
        return found
    # Most of the cost of full text is the same for any number of records.
    window = WIDEST if "_fts" in listing.condition else max(WINDOW, count)
    while window <= WIDEST:
        found, whole = _among_first(reader, listing, window, count)
        if whole or len(found) >= count:
            return found
        wanted = window * count * 3 // (2 * max(1, len(found)))
        window = max(wanted, window + 1)
    return _gathered(reader, listing, count)


def stretch(reader: Reader, listing: Listing, offset: int, count: int, *, backwards: bool = False) -> list[int]:
    """`count` ids from `offset` on, counted from the end of the list when `backwards`."""
    sql = f"SELECT t.id {listing.source} {listing.order(backwards=backwards)} LIMIT ? OFFSET ?"
    return [row[0] for row in reader.rows(sql, (*listing.parameters, count, offset))]


def total(reader: Reader, listing: Listing, cap: int | None = None) -> int:
    """How many there are; no more than `cap` are counted."""
    # SQLite counts along an index only when it is asked for the order of that index.
    ordered = listing.order() if reader.dialect == "sqlite" and listing.indexed and not listing.condition else ""
    limit = 2**62 if cap is None else cap
    sql = f"SELECT count(*) FROM (SELECT t.id {listing.source} {ordered} LIMIT ?) c"
    return int(reader.rows(sql, (*listing.parameters, limit))[0][0])


def every(reader: Reader, listing: Listing) -> array[int]:
    """All ids, 8 bytes each."""
    inner = f"SELECT t.id AS id {listing.source} {listing.order()}"
    if _along(listing):
        inner = f"SELECT t.id AS id {listing.source_by(listing.sorted_by)} {listing.order()}"
    elif listing.condition and not _served(reader, listing):
        inner = _gathering(listing)
        if reader.dialect == "sqlite" and listing.indexed and listing.needs_ids_only:
            inner = _walking(listing) if total(reader, listing, COMMON) == COMMON else inner
    # One text of all ids is made in half the time that a row for each takes, most of it outside of Python.
    sql = engine_sql(reader.dialect, f"SELECT string_agg(CAST(o.id AS TEXT), ',') FROM ({inner}) o")
    return _unpacked(reader.rows(sql, listing.parameters)[0][0] or "")


def _walking(listing: Listing) -> str:
    """The ids along the index of the order; the plus sign keeps SQLite from fetching each match for its place in it."""
    source = listing.source.replace("t.id IN (", "+t.id IN (")
    return f"SELECT t.id AS id {source} {listing.order()}"


def _unpacked(text: str) -> array[int]:
    """The numbers of a comma-separated text, read in slices so that memory stays small."""
    ids = array("q")
    start = 0
    while start < len(text):
        end = text.find(",", start + _SLICE)
        end = len(text) if end < 0 else end
        ids.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return ids


def _along(listing: Listing) -> bool:
    """Whether the index of the order holds all that the filter asks."""
    return bool(listing.condition) and not listing.reaches and listing.covered_by == listing.sorted_by != ()


def _walked(reader: Reader, listing: Listing, count: int) -> list[int]:
    """The first `count` ids along the index of the order, from where its values can begin; unknown ones are lowest."""
    source, order = listing.source_by(listing.sorted_by), listing.order()
    latest = starts_by(listing)
    parts: list[tuple[str, tuple[object, ...]]] = [("", ())]
    if latest is not None:
        key = listing.keys[0]
        parts = [(f" AND {key} <= ?", (latest,)), (f" AND {key} IS NULL", ())]
    found: list[int] = []
    for condition, parameters in parts if listing.descending else parts[::-1]:
        if len(found) < count:
            sql = f"SELECT t.id {source}{condition} {order} LIMIT ?"
            rows = reader.rows(sql, (*listing.parameters, *parameters, count - len(found)))
            found += [row[0] for row in rows]
    return found


def _few(reader: Reader, listing: Listing) -> bool:
    """Whether one of the lists that all matches must be in is short."""
    return any(
        reader.rows(f"SELECT count(*) FROM ({query} LIMIT {FEW}) c", parameters)[0][0] < FEW
        for query, parameters in lists(listing)
    )


def _served(reader: Reader, listing: Listing) -> bool:
    """Whether SQLite finds the matches through an index that has them in order already."""
    if reader.dialect != "sqlite" or listing.reaches:
        return False
    plan = reader.rows(f"EXPLAIN QUERY PLAN SELECT t.id {listing.source} {listing.order()}", listing.parameters)
    return len(plan) == 1 and str(plan[0][3]).startswith("SEARCH t USING")


def _among_first(reader: Reader, listing: Listing, window: int, count: int) -> tuple[list[int], bool]:
    """The matches among the first `window` records, at most `count`, and whether there are no more records."""
    names, keys = listing.named_keys
    table = listing.kind.name
    alive = f"SELECT t.id AS id{keys} FROM {table} t WHERE t.deleted_at IS NULL {listing.order()} LIMIT {window}"
    rows = "w t WHERE" if listing.needs_ids_only else f"w CROSS JOIN {table} t WHERE t.id = w.id AND"
    sql = (
        f"WITH w AS MATERIALIZED ({alive}) SELECT t.id, (SELECT count(*) FROM w) FROM {rows} {listing.within}"
        f" {listing.order(keys=names)} LIMIT ?"
    )
    found = reader.rows(sql, (*listing.parameters, count))
    return [row[0] for row in found], bool(found) and found[0][1] < window


def _gathering(listing: Listing) -> str:
    """The ids of all matches, which are found first and sorted then."""
    names, keys = listing.named_keys
    source = listing.source if listing.reaches else listing.source_by(listing.covered_by)
    found = f"WITH f AS MATERIALIZED (SELECT t.id AS id{keys} {source})"
    return f"{found} SELECT id FROM f {listing.order(keys=names, id_='id')}"


def _gathered(reader: Reader, listing: Listing, count: int) -> list[int]:
    return [row[0] for row in reader.rows(f"{_gathering(listing)} LIMIT ?", (*listing.parameters, count))]
