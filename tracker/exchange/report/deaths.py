"""The killed, month by month, and the incidents with most of them: always with how many are not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.exchange.report.axis import MONTHS
from tracker.exchange.report.blocks import Block, Head, Line, Section, Table
from tracker.exchange.report.naming import Mentions
from tracker.exchange.report.wording import added, figure, many, place
from tracker.model.uncertain import human
from tracker.store.digest import Casualties, Months
from tracker.store.digest_records import Record

FEW = 10
"""Of so many incidents or fewer no list of the deadliest is made."""
_MOST, _LINES = 48, 40


def deaths(
    found: Mapping[Months, Casualties], deadliest: Sequence[Record], happened: int, mentions: Mentions
) -> list[Section]:
    """The section on the killed; none where nobody is reported killed or too little is known to tell months apart."""
    blocks: list[Block] = []
    if happened > FEW and deadliest:
        blocks.append(_deadliest(deadliest, mentions))
    if any(one.reported for one in found.values()) and happened > 1:
        blocks.append(_by_month(found))
    return [Section("deaths", "Deaths", blocks)] if blocks else []


def _deadliest(records: Sequence[Record], mentions: Mentions) -> Table:
    heads = (Head("Incident"), Head("When"), Head("Where"), Head("Killed", number=True))
    rows: list[tuple[Line, ...]] = [
        ((mentions.ref("incident", record["id"]), " ", record["title"]), human(record["date_edtf"]),
         place(record) or "not known", figure(record, "killed"))
        for record in records
    ]  # fmt: skip
    note = (
        "By the best figure, else the lowest; an incident with neither may have been deadlier. Retracted incidents and "
        "series of which a part has a figure, are left out."
    )
    return Table(f"The deadliest, {many(len(records), 'incident')}", heads, rows, wide=True, note=note)


def _by_month(found: Mapping[Months, Casualties]) -> Table:
    """One row a month; what does not surely lie in one month stands in a row of its own."""
    size, unit = _unit(found)
    sums: dict[int, Casualties] = {}
    apart = Casualties()
    for (first, last), one in found.items():
        start, end = (_place(month, size) if month else None for month in (first, last))
        into = apart if start is None or start != end else sums.setdefault(start, Casualties())
        into.join(one)
    told = [(place, one) for place, one in sorted(sums.items()) if one.reported + one.silent]
    rows = [_row(_label(place, size), one) for place, one in told[-_LINES:]]
    if rest := told[:-_LINES]:
        earlier = Casualties()
        for _, one in rest:
            earlier.join(one)
        rows.insert(0, _row(f"{len(rest):,} earlier", earlier))
    if apart.reported + apart.silent:
        rows.append(_row(f"not in one {unit}", apart))
    heads = (Head(unit.capitalize()), Head("Killed", number=True), Head("Incidents with a figure", number=True),
             Head("Without", number=True))  # fmt: skip
    note = (
        "Without a figure nothing is added, which is not zero: where there are such incidents, more may have been "
        f"killed. “Not in one {unit}” are incidents whose date is not known to the {unit}, or that lasted longer; they "
        f"are added to no {unit}. Retracted incidents are left out."
    )
    return Table(f"Reported killed by {unit}", heads, rows, note=note)


def _row(label: str, one: Casualties) -> tuple[str, ...]:
    killed = added(one) if one.reported else "not reported"
    open_ = "" if not one.silent or not one.reported or killed.startswith("at least") else " or more"
    return label, f"{killed}{open_}", f"{one.reported:,}", f"{one.silent:,}"


def _unit(found: Mapping[Months, Casualties]) -> tuple[int, str]:
    known = [_place(month, 1) for months in found for month in months if month]
    return (1, "month") if not known or max(known) - min(known) < _MOST else (12, "year")


def _place(month: str, size: int) -> int:
    year, _, rest = month.partition("-")
    return (int(year) * 12 + int(rest or 1) - 1) // size


def _label(place: int, size: int) -> str:
    return str(place) if size == 12 else f"{MONTHS[place % 12 + 1]} {place // 12}"
