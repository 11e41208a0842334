"""The killed by month and the deadliest incidents say what is not known, and add nobody twice."""

from __future__ import annotations

import re

from conftest import Store

from report.making import dated, day, incident, written
from tracker.store.casebook import Casebook


def rows(told: str, caption: str) -> list[list[str]]:
    """The cells of a table of the report in Markdown."""
    after = told.partition(caption)[2]
    lines = re.findall(r"(?m)^\|.*\|$|^(?!\|).+$", after)
    table = []
    for line in lines:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            break
    return table[2:]


def case(book: Casebook) -> None:
    incident(book, "Two", killed_low=2, killed_best=2, killed_high=2, **day("2020-03-05"))
    incident(book, "More", killed_low=3, **day("2020-03-06"))
    incident(book, "Silent", **day("2020-03-07"))
    incident(book, "April", killed_best=7, **day("2020-04-07"))
    incident(book, "Either", killed_best=4, **dated("[2020-03-31..2020-04-01]", "2020-03-31", "2020-04-01"))
    incident(book, "Undated")
    incident(book, "Retracted", killed_best=900, status="retracted", **day("2020-03-07"))
    incident(book, "Gone", killed_best=901, gone="26.1", **day("2020-03-07"))
    incident(book, "Planned", killed_best=902, nature="planned", **day("2020-03-07"))


def test_the_killed_are_added_by_month_with_what_is_not_known(store: Store) -> None:
    with store.casebook() as book:
        case(book)
    found = rows(written(store.database), "Reported killed by month")
    assert found == [
        ["Mar 2020", "at least 5", "2", "1"], ["Apr 2020", "7", "1", "0"], ["not in one month", "4 or more", "1", "1"],
    ]  # fmt: skip


def test_the_sums_of_the_months_are_the_sum_of_the_summary(store: Store) -> None:
    with store.casebook() as book:
        case(book)
    assert "Killed: at least 16 in 4 incidents; for 2 of 6 nothing is reported" in written(store.database)


def test_the_killed_of_a_series_and_of_its_parts_are_added_once(store: Store) -> None:
    with store.casebook() as book:
        whole = incident(book, "The run", nature="campaign", killed_best=50, **day("2020-03-05"))
        incident(book, "A part", killed_best=20, parent_id=whole, **day("2020-03-05"))
    assert rows(written(store.database), "Reported killed by month") == [["Mar 2020", "20", "1", "0"]]


def test_the_deadliest_are_listed_when_there_are_many(store: Store) -> None:
    with store.casebook() as book:
        case(book)
        few = written(store.database)
        whole = incident(book, "The run", nature="campaign", killed_best=800)
        for number in range(12):
            incident(book, f"Raid {number}", killed_best=10 + number, parent_id=whole, country="IRQ")
    told = written(store.database, limit=3)
    found = rows(told, "The deadliest, 10 incidents")
    assert [cells[0].rpartition(" ")[2] for cells in found] == [str(number) for number in range(11, 1, -1)]
    assert [cells[3] for cells in found] == [str(number) for number in range(21, 11, -1)]
    assert {cells[2] for cells in found} == {"Iraq"}
    assert "The deadliest" not in few


def test_where_nobody_is_reported_killed_there_is_no_such_section(store: Store) -> None:
    with store.casebook() as book:
        incident(book), incident(book)
    assert "## Deaths" not in written(store.database)
