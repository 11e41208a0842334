"""From bytes to a source with suggestions: read once, kept once, checked good, whatever the encoding or the markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from casework import alive, everything
from conftest import ROOT, Store

from tracker.errors import Refused, UsageError
from tracker.exchange.ingesting import Options, ingest
from tracker.store.check import check
from tracker.store.reading_desk import article, queue

ARTICLES = ROOT / "fixtures" / "articles"


def read(name: str) -> bytes:
    return (ARTICLES / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("harbour.txt", ""), ("cp1252.txt", "cp1252"), ("html_page.html", ""), ("wire_dateline.txt", "")],
)
def test_an_article_is_a_source_with_suggestions_whose_text_can_be_checked(
    store: Store, name: str, encoding: str
) -> None:
    done = ingest(store.database, "ann", read(name), name, Options(encoding=encoding, published="2021-11-18"))
    with store.reader() as reader:
        kept, found = article(reader, done.source_id), queue(reader, done.source_id)
        assert check(reader).problems == ()
    assert (done.new, done.pending) == (True, len(found))
    assert kept.published == "2021-11-18"
    assert {"statement", "actor"} <= {one.kind for one in found}
    for one in found:
        assert 0 <= one.start < one.end <= len(kept.text)
        assert one.value["evidence_role"] in {"headline", "lede", "body", "caption", "pull_quote", "teaser"}
    before = everything(store.database)
    again = ingest(store.database, "bob", read(name), "another name", Options(encoding=encoding))
    assert (again.new, again.source_id, again.action) == (False, done.source_id, 0)
    assert everything(store.database) == before


def test_everything_that_is_suggested_can_be_accepted_and_checked(store: Store) -> None:
    done = ingest(store.database, "ann", read("harbour.txt"), "harbour.txt", Options(published="2021-11-18"))
    book = store.casebook()
    before = alive(store.database)
    saved = book.accept_all(done.source_id, 0.0)
    assert "left" not in saved.sentence
    with store.reader() as reader:
        assert {one.kind for one in queue(reader, done.source_id, status="pending")} <= {"noise"}
        assert [problem for problem in check(reader).problems if problem.severity == "error"] == []
    there = alive(store.database)
    assert {row["adopted"] for kind in ("involvement", "tally") for row in there[kind].values()} == {None}
    assert {row["killed_best"] for row in there["incident"].values()} == {None}
    speakers = {row["speaker_id"] for row in there["statement"].values()}
    assert "Ingrid Solvang" in {there["actor"][key]["name"] for key in speakers}
    book.undo()
    assert alive(store.database) == before
    book.redo()
    assert alive(store.database) == there


def test_actors_on_record_are_met_again_by_a_second_article(sqlite_store: Store) -> None:
    where, book = sqlite_store.database, sqlite_store.casebook()
    known = book.add("actor", {"name": "Ingrid Solvang", "kind": "person"})
    done = ingest(where, "ann", read("harbour.txt"), "harbour.txt", Options(published="2021-11-18"))
    with sqlite_store.reader() as reader:
        solvang = [one for one in queue(reader, done.source_id) if one.value.get("name") == "Ingrid Solvang"]
    assert solvang[0].value["known"] == [known.uid]
    assert book.decide(solvang[0].id, "accepted", version=1).id == known.id


def test_what_is_said_beside_an_article_goes_before_what_it_says_and_a_vague_day_keeps_its_bounds(
    sqlite_store: Store,
) -> None:
    options = Options(
        title="Harbour", publisher="Coast Post", published="[2021-11-17..2021-11-19]", url="https://example.org/1"
    )
    done = ingest(sqlite_store.database, "ann", read("harbour.txt"), "harbour.txt", options)
    row = alive(sqlite_store.database, ["source"])["source"][done.source_id]
    assert (row["title"], row["publisher"], row["url"]) == ("Harbour", "Coast Post", "https://example.org/1")
    assert (row["published_edtf"], row["published_earliest"], row["published_latest"]) == (
        "[2021-11-17..2021-11-19]", "2021-11-17", "2021-11-19",
    )  # fmt: skip
    with sqlite_store.reader() as reader:
        days = [one.value for one in queue(reader, done.source_id) if one.kind == "date" and one.value["anchor"]]
    assert {day["anchor"] for day in days} == {"2021-11-18"}


def test_without_a_day_of_publication_no_date_is_told_from_today(sqlite_store: Store) -> None:
    done = ingest(sqlite_store.database, "ann", read("harbour.txt"), "harbour.txt")
    with sqlite_store.reader() as reader:
        days = [one.value for one in queue(reader, done.source_id) if one.kind == "date"]
    assert days
    assert {day["anchor"] for day in days} == {""}


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "empty.txt", Refused),
        (b" \n\n ", "blank.txt", Refused),
        (b"\x89PNG\r\n", "page.txt", Refused),
        ("“café”".encode("cp1252"), "caf.txt", UsageError),
    ],
)
def test_what_is_no_article_is_refused_and_nothing_is_kept(
    sqlite_store: Store, data: bytes, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ingest(sqlite_store.database, "ann", data, name)
    assert alive(sqlite_store.database, ["source", "suggestion"]) == {"source": {}, "suggestion": {}}


def test_a_nul_and_line_ends_of_other_systems_do_not_hinder(store: Store, tmp_path: Path) -> None:
    data = b'Harbour shelled\r\n\r\nThe envoy said on Monday: "We saw\x00 nothing at all there."\r\n'
    done = ingest(store.database, "ann", data, "mixed.txt")
    with store.reader() as reader:
        assert article(reader, done.source_id).text.count("\0") == 0
        assert [problem.severity for problem in check(reader).problems] in ([], ["unchecked"])
    assert tmp_path.exists()
