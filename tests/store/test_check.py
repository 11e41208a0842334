"""A check finds what was changed behind the program's back, says what it could not check, and changes nothing."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from casework import actor, everything, incident, involvement, source, statement
from conftest import Store

from tracker.errors import UsageError
from tracker.model import values
from tracker.store import check_records
from tracker.store.casebook import Casebook
from tracker.store.check import KEPT, Report, check
from tracker.store.check_report import Problem
from tracker.store.database import connect
from tracker.store.spans import ENCODING, encoding_to_keep, rehash, verdict
from tracker.text import decode

TEXT = "The envoy said: “We shelled nothing.” Others doubt it. The envoy left."
SAID = "We shelled nothing."


@pytest.fixture
def coded(store: Store) -> Store:
    """A store with one record of most kinds, all in order."""
    fill(store.casebook())
    return store


def fill(book: Casebook) -> None:
    envoy, front = actor(book, "Envoy"), actor(book, "Al-Sahil Front")
    book.add("actor_name", {"actor_id": front, "name": "ASF"})
    origin = source(book)
    book.attach(origin, TEXT.encode())
    day = {
        "date_edtf": "2019-12-09",
        "date_earliest": "2019-12-09",
        "date_latest": "2019-12-09",
        "date_precision": "day",
    }
    key = incident(book, killed_low=1, killed_best=2, killed_high=4, weapon="mortar", **day)
    said = statement(book, envoy, SAID, source_id=origin)
    book.add("statement_incident", {"statement_id": said, "incident_id": key})
    book.adopt("involvement", involvement(book, key, front, source_id=origin, credibility=3))
    tally = book.add("tally", {"incident_id": key, "measure": "wounded", "low": 3, "words": "three hurt"})
    book.adopt("tally", tally.id)
    book.add("relation", {"from_actor_id": envoy, "type": "backs", "to_actor_id": front, "detail": "with money"})


def report(store: Store, of: str | None = None) -> Report:
    with closing(store.reader()) as reader:
        return check(reader, of)


def told(store: Store, severity: str = "error") -> list[tuple[str, str]]:
    return [(problem.ref, problem.sentence) for problem in report(store).problems if problem.severity == severity]


def test_a_database_in_order_has_no_problems_and_says_what_was_looked_at(coded: Store) -> None:
    before = everything(coded.database)
    found = report(coded)
    assert (found.problems, found.errors, found.warnings, found.unchecked) == ((), 0, 0, 0)
    assert (found.spans, found.good_spans, found.good) == (1, 1, True)
    counts = {tally.what: tally.checked for tally in found.tallies}
    assert (
        counts.items() >= {"texts": 1, "spans": 1, "incidents": 1, "actors": 2, "statements": 1, "adopted": 1}.items()
    )
    assert counts["histories"] == sum(map(len, everything(coded.database).values()))
    assert ("full text" in counts, "database file" in counts) == ((coded.database.dialect == "sqlite",) * 2)
    assert "1 of 1 spans verified" in found.sentence
    assert everything(coded.database) == before


def test_an_empty_database_is_said_to_have_nothing_to_check(store: Store) -> None:
    found = report(store)
    assert found.good
    assert {tally.what for tally in found.tallies} <= {"database file"}
    if store.database.dialect == "postgresql":
        assert found.sentence.startswith("Nothing was checked")


def test_spans_of_a_source_without_text_are_named_with_the_cure(store: Store) -> None:
    book = store.casebook()
    origin = source(book)
    for start in range(3):
        book.add("evidence", {"source_id": origin, "start": start, "end": start + 2})
    found = report(store)
    wanted = f"3 spans not checked: SRC-{origin} has no text; attach it with “tracker attach SRC-{origin} FILE”"
    assert found.problems == (Problem("unchecked", f"SRC-{origin}", wanted),)
    assert (found.good, found.spans, found.good_spans, found.unchecked) == (True, 3, 0, 1)


BROKEN: dict[str, tuple[str, str, str]] = {
    "the text": ("UPDATE source SET text = replace(text, 'doubt', 'dobut')", "SRC-1", "not the one that was attached"),
    "the hash": ("UPDATE source SET sha256 = 'ab' WHERE id = 1", "SRC-1", "not the one that was attached"),
    "a span's words": ("UPDATE evidence SET exact = 'We shelled something.'", "E-1", "do not stand in the text"),
    "a span's place": (
        'UPDATE evidence SET start = start + 1, "end" = "end" + 1',
        "E-1",
        "stand elsewhere in the text",
    ),
    "a span's end": ('UPDATE evidence SET "end" = 5000', "E-1", "reaches past the end"),
    "a span's context": ("UPDATE evidence SET prefix = 'The envoy lied: “'", "E-1", "from before or after"),
    "a date's bounds": ("UPDATE incident SET date_earliest = '2019-12-01'", "I-1", "2019-12-09 means 2019-12-09 to"),
    "a date": ("UPDATE incident SET date_edtf = '2019-13-09'", "I-1", "is no EDTF date"),
    "a date's precision": ("UPDATE incident SET date_precision = 'month'", "I-1", "is a day, kept is month"),
    "a date taken away": ("UPDATE incident SET date_edtf = NULL", "I-1", "bounds without a date"),
    "figures": ("UPDATE incident SET killed_low = 3", "I-1", "killed at least 3, best 2, at most 4: out of order"),
    "a bound": ("UPDATE incident SET lat = 91", "I-1", "lat: 91.0 is out of bounds"),
    "a code": ("UPDATE incident SET category = 'riot_mop'", "I-1", "“riot_mop” is no code"),
    "a matching key": ("UPDATE actor SET name_key = 'x' WHERE id = 2", "A-2", "matching key"),
    "a required text": ("UPDATE actor SET name = '' WHERE id = 2", "A-2", "name is missing"),
    "a quote": ("UPDATE statement SET quote = NULL", "S-1", "quote is missing"),
    "an actor to itself": ("UPDATE relation SET to_actor_id = 1", "R-1", "same record"),
    "a deleted target": (
        "UPDATE actor SET deleted_at = 'x' WHERE id = 2",
        "INV-1",
        "actor refers to A-2, which was deleted",
    ),
    "an adopted claim": ("UPDATE involvement SET source_id = NULL", "INV-1", "adopted without a source"),
    "a figure that fits": ("UPDATE incident SET killed_best = 3", "I-1", "killed best is not what the history"),
    "words that fit": ("UPDATE relation SET detail = 'with honey'", "R-1", "detail is not what the history"),
    "a version": ("UPDATE tally SET version = 9", "T-1", "version is not what the history"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_found_and_named(sqlite_store: Store, what: str) -> None:
    fill(sqlite_store.casebook())
    statement_, ref, sentence = BROKEN[what]
    sqlite_store.sql(statement_)
    before = everything(sqlite_store.database)
    found = [text for of, text in told(sqlite_store) if of == ref]
    assert any(sentence in text for text in found), found
    assert everything(sqlite_store.database) == before


def test_all_that_is_broken_at_once_is_found_on_both_engines(coded: Store) -> None:
    seen = {"a span's words", "a date's precision", "figures", "a matching key", "an adopted claim", "words that fit"}
    for what in sorted(seen):
        coded.sql(BROKEN[what][0])
    found = told(coded)
    for what in seen:
        _, ref, sentence = BROKEN[what]
        assert any(of == ref and sentence in text for of, text in found), what


def test_what_is_doubtful_is_a_warning(coded: Store) -> None:
    coded.sql("UPDATE evidence SET exact = 'WE SHELLED NOTHING'")
    coded.sql("UPDATE incident SET wounded_low = 7")
    coded.sql("UPDATE citation SET deleted_at = 'x'")
    warnings = dict(told(coded, "warning"))
    assert warnings["E-1"] == "its words stand in the text in another spelling"
    assert warnings["T-1"] == "is adopted, but I-1 has other wounded"
    assert warnings["S-1"] == "holds exact words that rest on no span of a text"


def test_figures_out_of_order_are_a_warning_when_they_were_imported(store: Store) -> None:
    with store.casebook().action("import", "one row") as act:
        values_ = {"title": "A", "category": "other", "status": "reported", "dataset": "ged", "external_id": "1"}
        act.add("incident", values_ | {"killed_low": 9, "killed_best": 3}, typed=False)
    assert told(store) == []
    assert told(store, "warning") == [("I-1", "killed at least 9, best 3, at most –: out of order")]


def test_a_reference_to_nothing_is_found(sqlite_store: Store) -> None:
    fill(sqlite_store.casebook())
    with closing(connect(sqlite_store.database, writing=True)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM actor WHERE id = 2")
    found = told(sqlite_store)
    assert ("INV-1", "actor refers to A-2, which is not there") in found
    assert any("refers to a row of actor that is not there" in text for _, text in found)


def test_the_full_text_is_held_to_the_records(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    fill(book)
    sqlite_store.sql("INSERT INTO incident_fts (rowid, title) VALUES (77, 'ghost')")
    sqlite_store.sql("INSERT INTO actor_fts (actor_fts, rowid, name) VALUES ('delete', 2, 'Al-Sahil Front')")
    found = told(sqlite_store)
    assert ("A-2", "its words are not those the index has of it") in found
    assert ("", "the index holds 1 incidents that are not there") in found
    assert any("a search may miss some" in text for _, text in found)


def test_a_word_of_the_same_length_in_the_index_is_found(sqlite_store: Store) -> None:
    fill(sqlite_store.casebook())
    sqlite_store.sql("DROP TRIGGER actor_fts_update")
    sqlite_store.sql("UPDATE actor SET name = 'Al-Sahil Fronk', name_key = 'al sahil fronk' WHERE id = 2")
    assert any("index of actors does not hold the words" in text for _, text in told(sqlite_store))


def test_a_damaged_file_is_told_of_and_what_can_be_read_is_still_checked(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    fill(book)
    for number in range(300):
        actor(book, f"Actor {number} of a long list, with a name that fills its page")
    book.close()
    root = sqlite_store.sql("SELECT rootpage FROM sqlite_master WHERE name = 'actor'")[0][0]
    sqlite_store.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = sqlite_store.database.path
    assert path is not None
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(200))
    found = report(sqlite_store)
    assert not found.good
    assert any("damaged" in problem.sentence or "malformed" in problem.sentence for problem in found.problems)
    assert (found.spans, found.good_spans) == (1, 1)


def test_flipped_bits_in_what_a_user_sees_are_all_found(sqlite_store: Store) -> None:
    """Any one character changed in any text column of any record is told, by one part of the check or another."""
    fill(sqlite_store.casebook())
    rng = random.Random(8)
    cells = [
        (kind, key, name, value)
        for kind, rows in everything(sqlite_store.database).items()
        for key, row in rows.items()
        for name, value in row.items()
        if isinstance(value, str) and name not in ("uid", "created_at")
    ]
    assert len(cells) > 30
    for kind, key, name, value in rng.sample(cells, 30):
        at = rng.randrange(len(value))
        flipped = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        sqlite_store.sql(f'UPDATE {kind} SET "{name}" = ? WHERE id = ?', (flipped, key))
        assert not report(sqlite_store).good, (kind, name, value, flipped)
        sqlite_store.sql(f'UPDATE {kind} SET "{name}" = ? WHERE id = ?', (value, key))
    assert report(sqlite_store).good


def test_many_problems_of_a_sort_are_counted_and_only_some_told(sqlite_store: Store) -> None:
    with sqlite_store.casebook().action("import", "many") as act:
        for number in range(KEPT + 30):
            actor(act, f"Actor {number}")
    sqlite_store.sql("UPDATE actor SET kind = 'gang'")
    sqlite_store.sql("DELETE FROM revision")
    found = report(sqlite_store)
    assert found.errors == KEPT + 30
    assert len(found.problems) == KEPT + 1
    assert found.problems[-1] == Problem("error", "", "codes: 30 more like those above")


def test_one_source_alone(coded: Store) -> None:
    book = coded.casebook()
    other = book.add("source", {"title": "Other", "kind": "wire"})
    book.add("evidence", {"source_id": other.id, "start": 0, "end": 4})
    coded.sql("UPDATE incident SET category = 'nonsense'")
    assert (report(coded, "SRC-1").problems, report(coded, "src-1").spans) == ((), 1)
    assert [problem.ref for problem in report(coded, other.uid).problems] == [f"SRC-{other.id}"]
    with pytest.raises(UsageError, match="SRC-99: there is no such source"):
        report(coded, "SRC-99")


@pytest.mark.parametrize(
    ("data", "encoding", "noted"),
    [
        (TEXT.encode(), None, None),
        (TEXT.encode("cp1252"), "cp1252", "cp1252"),
        (TEXT.encode("utf-8-sig"), None, "utf-8-sig"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), None, "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None, "utf-16-swapped"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        (b"\x1b$B$\x22\x1b(B\x1b(B", "iso2022_jp", "other"),
    ],
)
def test_the_hash_of_a_file_in_any_encoding_is_checked_or_said_not_to_be(
    sqlite_store: Store, data: bytes, encoding: str | None, noted: str | None
) -> None:
    book = sqlite_store.casebook()
    origin = source(book, extra={"page": 2})
    book.attach(origin, data, encoding)
    kept = sqlite_store.reader().rows("SELECT extra FROM source")[0][0]
    assert ENCODING in kept if noted else ENCODING not in kept
    assert "page" in kept
    found = report(sqlite_store)
    assert found.errors == 0
    assert [problem.severity for problem in found.problems] == (["unchecked"] if noted == "other" else [])
    read = decode(data, encoding)
    assert encoding_to_keep(read) == noted
    if noted != "other":
        assert rehash(read.text, noted or "utf-8") == hashlib.sha256(data).hexdigest()
        sqlite_store.sql("UPDATE source SET text = replace(text, 'envoy', 'enboy')")
        assert any("not the one that was attached" in text for _, text in told(sqlite_store))


def test_verdicts() -> None:
    def of(start: int, end: int, exact: str | None) -> str:
        span: dict[str, Any] = {"start": start, "end": end, "exact": exact}
        return verdict("The Envoy left. The envoy lied.", span)

    assert of(4, 9, "Envoy") == of(4, 9, None) == "verified"
    assert of(4, 9, "envoy") == "normalized"
    assert of(0, 5, "lied") == "elsewhere"
    assert of(0, 5, "stayed") == "not_found"
    assert of(20, 99, "envoy") == "truncated"
    assert of(99, 120, "envoy") == of(99, 120, None) == "not_found"
    assert of(-1, 3, "The") == of(5, 5, "") == "truncated"


def test_the_kinds_with_rules_between_fields_are_those_that_are_looked_at() -> None:
    assert set(values._RULES) == check_records.RULED


def test_checking_loads_nothing_heavy(sqlite_store: Store) -> None:
    program = (
        "import sys; from tracker.store.check import check; from tracker.store.database import Reader, database;"
        "print(check(Reader(database(sys.argv[1]))).sentence);"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'textual'} & set(sys.modules)))"
    )
    path = str(sqlite_store.database.path)
    ran = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert ran.stdout.splitlines()[1] == "[]"
