"""A report says what is known, what is not, who says so, and what it leaves out."""

from __future__ import annotations

import re

import pytest
from conftest import Store

from report.making import dated, day, incident, written
from tracker.exchange.report.wording import people
from tracker.store.database import Database
from tracker.store.digest import Casualties


def test_it_tells_what_nobody_knows_of_the_case(seeded: Database) -> None:
    found = written(seeded)
    assert "Killed: nothing is reported for any of the 4 incidents; that is not zero." in found
    assert "Wounded: at least 2 in 1 incident; for 2 of 3 nothing is reported, so this is no total." in found
    assert "The figure of 1 series is not added" in found
    assert "20 attributions, 13 of them of perpetrators and sponsors. Of those, 5 with a hedge" in found
    assert "None is adopted." in found


def test_who_says_who_did_what_keeps_hedge_grounds_and_silence(seeded: Database) -> None:
    found = written(seeded)
    line = next(row for row in found.splitlines() if row.startswith("| Kataib Hezbollah"))
    for part in (
        "perpetrator",
        "US military official",
        "accuses",
        "hedged “pointed to",
        "intelligence, forensic",
        "S-12",
    ):
        assert part in line
    assert "Nobody claims; nobody denies." in found
    assert found.count("Nothing is adopted in any of these incidents") == 1
    assert (
        "| Iran-backed Shi’ite militias (unspecified) | perpetrator | nobody named | accuses | hedged “believed”"
        in found
    )


def test_words_that_were_said_stand_apart_from_what_a_coder_wrote(seeded: Database) -> None:
    found = written(seeded)
    assert re.search(r"^> “We must use this opportunity.*”$", found, flags=re.MULTILINE)
    assert "In the coder’s words: If Iran or anyone acting for it" in found
    assert "> Quoted in part:" in found
    assert "not checked, for the text is not attached" in found


def test_a_filter_is_told_in_words_and_narrows_everything(seeded: Database) -> None:
    found = written(seeded, query="surely:2019-12-09")
    assert "This report covers 1 incident." in found
    assert "Filter as typed: “surely:2019-12-09”" in found
    assert "Filter in words: surely falls on Mon 9 Dec 2019." in found
    assert "Only incidents that fit: **surely falls on Mon 9 Dec 2019**." in found
    assert "### I-1 " in found
    assert "### I-2 " not in found
    assert 0 < found.count("### S-") < 17


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_empty_database_has_a_report_too(sqlite_database: Database, form: str) -> None:
    found = written(sqlite_database, form)
    assert "No incident fits; there is nothing to count." in found
    assert "There is no statement." in found
    assert "None" not in found


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (Casualties(), ""),
        (Casualties(silent=3), "Killed: nothing is reported for any of the 3 incidents; that is not zero."),
        (
            Casualties(reported=2, silent=4, lower=3, lowers=2),
            "Killed: at least 3 in 2 incidents; for 4 of 6 nothing is reported, so this is no total.",
        ),
        (
            Casualties(reported=2, none=1, lower=5, lowers=2, best=5, bests=2, upper=5, uppers=2),
            "Killed: 5 in 2 incidents, 1 of which reports that it was nobody.",
        ),
        (
            Casualties(reported=2, lower=5, lowers=2, best=6, bests=2, upper=9, uppers=2),
            "Killed: 6 by the best figures (5 to 9) in 2 incidents.",
        ),
        (Casualties(reported=1, upper=9, uppers=1), "Killed: at most 9 in 1 incident."),
    ],
)
def test_a_sum_says_what_unknown_does_to_it(figures: Casualties, sentence: str) -> None:
    assert people("Killed", figures) == sentence


def test_sums_leave_out_what_is_retracted_imagined_or_counted_already(store: Store) -> None:
    with store.casebook() as book:
        whole = incident(book, "All of them", nature="campaign", killed_low=9)
        incident(book, "One", killed_best=2, parent_id=whole)
        incident(book, "Another", killed_low=1, killed_high=4, status="alleged")
        incident(book, "Nobody", killed_best=0)
        incident(book, "Silent")
        incident(book, "Taken back", killed_best=70, status="retracted")
        incident(book, "Feared", killed_best=500, nature="hypothetical")
        gone = incident(book, "Deleted", killed_best=3000)
        book.delete("incident", [gone])
    found = written(store.database)
    assert "This report covers 7 incidents. 6 are counted (5 events and 1 campaign); 1 is told but not counted" in found
    assert "Killed: at least 3 and at most 6 in 3 incidents, 1 of which reports that it was nobody" in found
    assert "Of these, 1 in 1 incident that is only alleged or disputed." in found
    assert "The figure of 1 series is not added" in found
    assert "1 deleted incident that would fit." in found


def test_lists_are_cut_and_say_so_while_counts_are_whole(store: Store) -> None:
    with store.casebook() as book:
        for number in range(1, 8):
            incident(book, f"Attack {number}", **day(f"2020-01-0{number}"))
    found = written(store.database, limit=2)
    assert found.count("### I-") == 2
    assert "### I-7 Attack 7" in found
    assert "The newest 2 are told here, and 5 more are not." in found
    assert "| Jan 2020 | 7 |" in found
    assert "In the lists: 5 of 7 incidents; all of them are in the counts." in found


def test_uncertain_dates_are_bars_and_known_days_are_dots(store: Store) -> None:
    with store.casebook() as book:
        incident(book, **day("2020-01-05"))
        incident(book, **dated("2020-01-06?", "2020-01-06", "2020-01-06"))
        incident(book, **dated("[2020-01-02..2020-01-09]", "2020-01-02", "2020-01-09"))
        incident(book, **dated("2020-01-02/2020-01-09", "2020-01-02", "2020-01-09"))
        incident(book, **dated("2020-01-03/..", "2020-01-03", None))
        incident(book)
    found = written(store.database, "html")
    assert found.count('class="dot"') == 1
    assert found.count('class="dot open"') == 1
    assert found.count('class="bar"') == 2
    assert found.count('class="bar lasted"') == 1
    assert found.count('class="open"') == 1
    assert "1 incident without any date is not drawn." in found
    assert "When 1 ended and the date of 1 are not known." in found


def test_many_dates_are_counted_by_month_as_sure_and_possible(store: Store) -> None:
    with store.casebook() as book:
        for number in range(45):
            incident(book, **day(f"2020-0{1 + number % 3}-11"))
        incident(book, **dated("[2020-01-30..2020-03-02]", "2020-01-30", "2020-03-02"))
    found = written(store.database)
    for row in ("| Mar 2020 | 15 | 1 |", "| Feb 2020 | 15 | 1 |", "| Jan 2020 | 15 | 1 |"):
        assert row in found
    assert written(store.database, "html").count('class="maybe"') == 3


def test_places_are_points_as_large_as_they_are_vague(store: Store) -> None:
    with store.casebook() as book:
        incident(book, lat=33.26, lon=44.23, geo_precision="exact", country="IRQ")
        incident(book, lat=33.26, lon=44.23, geo_precision="exact", country="IRQ")
        incident(book, lat=35.0, lon=45.0, geo_precision="country", country="IRQ")
        incident(book, country="IRQ")
    found = written(store.database, "html")
    sizes = re.findall(r'<circle cx="[0-9.]+" cy="[0-9.]+" r="([0-9.]+)"', found)
    assert sizes == ["22", "4"]
    assert "2 incidents, exact, about 33.27°N 44.23°E" in found
    assert "1 of 4 incidents has no coordinates." in found


def test_what_is_adopted_or_denied_is_said(store: Store) -> None:
    with store.casebook() as book:
        attack = incident(book)
        group = book.add("actor", {"name": "Brigade", "kind": "armed_group"}).id
        state = book.add("actor", {"name": "State", "kind": "state"}).id
        origin = book.add("source", {"title": "News", "kind": "wire"}).id
        shared = {"incident_id": attack, "actor_id": group, "role": "perpetrator", "source_id": origin}
        book.add("involvement", {**shared, "stance": "accuses", "asserted_by_id": state, "adopted": True})
        book.add("involvement", {**shared, "stance": "denies", "asserted_by_id": group})
    found = written(store.database)
    assert "Nobody claims; denied by Brigade. Adopted: Brigade as perpetrator." in found
    assert "| Brigade | perpetrator | Brigade | **denies** |" in found
    assert "1 a denial or a doubt. 1 is adopted." in found


def test_quoted_words_are_held_against_the_text_of_today(store: Store) -> None:
    with store.casebook() as book:
        origin = book.add("source", {"title": "News", "kind": "wire"}).id
        book.attach(origin, b"He said: we did it, all of us.")
        who = book.add("actor", {"name": "Brigade", "kind": "armed_group"}).id
        said = book.add(
            "statement", {"speaker_id": who, "kind": "announce", "mode": "verbatim", "quote": "we did it"}
        ).id
        span = book.add("evidence", {"source_id": origin, "start": 9, "end": 18, "exact": "we did it"}).id
        book.add("citation", {"evidence_id": span, "statement_id": said})
    assert "SRC-1, characters 9–18 (body): verified: the words stand there." in written(store.database)
    store.sql("UPDATE evidence SET exact = 'we did not'")
    assert "characters 9–18 (body): altered." in written(store.database)


def test_the_address_of_a_source_is_told(sqlite_store: Store) -> None:
    with sqlite_store.casebook() as book:
        book.add("source", {"title": "News", "kind": "wire", "url": "https://wire.example/a?b=1&c=2"})
    assert 'href="https://wire.example/a?b=1&amp;c=2" rel="noopener' in written(sqlite_store.database, "html")
    assert "News (https\\://wire\\.example/a?b\\=1\\&c\\=2)" in written(sqlite_store.database)


def test_what_a_newer_release_has_no_longer_is_left_out_and_told_at_once(store: Store) -> None:
    with store.casebook() as book:
        incident(book, "Stays", killed_best=3)
        left = incident(book, "Went", gone="25.1", killed_best=400)
        who = book.add("actor", {"name": "Group A", "kind": "armed_group"}).id
        book.add("involvement", {"incident_id": left, "actor_id": who, "role": "perpetrator", "stance": "states"})
    told = written(store.database)
    first = told.partition("## Summary")[2].strip().partition("\n")[0]
    assert "covers 1 incident" in first
    assert "1 more incident is left out, for the newest release of the dataset has it no longer" in first
    assert "Went" not in told
    assert "400" not in told
    assert "Nobody is recorded as having done or suffered anything" in told
