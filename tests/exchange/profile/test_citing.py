"""Citations in running text become title, outlet, author, date and address, and nothing of them is guessed."""

from __future__ import annotations

import pytest

from tracker.exchange.profile.citing import addresses, gtd_scite
from tracker.store.incoming import SourceSpec

WHOLE = SourceSpec("Bomb Hits Bridge", "Harbour Wire", "2011-07-05")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Bomb Hits Bridge," Harbour Wire, July 5, 2011.', WHOLE),
        ("“Bomb Hits Bridge,” Harbour Wire, July 5, 2011", WHOLE),
        ("“Bomb Hits Bridge.” Harbour Wire, July 5,2011.", WHOLE._replace(title="Bomb Hits Bridge.")),
        ('"Bomb Hits Bridge," Harbour Wire, July 5. 2011.', WHOLE),
        ('Ana Brito, "Bomb Hits Bridge," Harbour Wire, July 5, 2011.', WHOLE._replace(author="Ana Brito")),
        ('Harbour Wire, "Bomb Hits Bridge," July 5, 2011.', WHOLE),
        ('"Bomb Hits Bridge," Harbour Wire, July 2011.', WHOLE._replace(published="2011-07")),
        ('"Bomb Hits Bridge," Harbour Wire, 2011.', WHOLE._replace(published="2011")),
        (
            'NN, "Bomb Hits Bridge," Harbour Wire, http://news.example/1 (July 5, 2011).',
            WHOLE._replace(author="NN", url="http://news.example/1"),
        ),
    ],
)
def test_citation_is_taken_apart(text: str, found: SourceSpec) -> None:
    assert gtd_scite(text, "news_article") == (found,)


@pytest.mark.parametrize("date", ["7/5/2011", "February 30, 2011", "July 5"])
def test_date_that_cannot_be_read_leaves_its_words_in_the_notes(date: str) -> None:
    (found,) = gtd_scite(f'"Bomb Hits Bridge," Harbour Wire, {date}.', "news_article")
    assert found == SourceSpec("Bomb Hits Bridge", notes=f"Harbour Wire, {date}.")


@pytest.mark.parametrize("text", ["Fjallablaðið", '"never closed, Harbour Wire, July 5, 2011.'])
def test_text_without_a_title_in_marks_is_the_title(text: str) -> None:
    assert gtd_scite(text, "report") == (SourceSpec(text, kind="report"),)


@pytest.mark.parametrize(
    "cell",
    [
        "a" + " " * 50_000 + "b", "," * 50_000, '"a" http://' + "," * 50_000 + "<", '"a" ' + "http://" * 9_000 + "<",
        '"a" b' + " ," * 25_000 + "x", '"a" ' + "2011 " * 10_000 + "x", '"' + "a." * 25_000,
    ],
)  # fmt: skip
def test_a_cell_made_to_be_slow_is_read_all_the_same(cell: str) -> None:
    # An expression that is tried anew from every place would be at it for hours.
    assert gtd_scite(cell, "report")[0].title
    assert addresses(cell, "report")[0].title


def test_nothing_is_cited_by_an_empty_cell() -> None:
    assert gtd_scite("  ", "report") == addresses(" ; ", "report") == ()


def test_addresses_of_one_cell_are_a_source_each_and_ids_are_titles() -> None:
    first, second, third = addresses("https://a.example/x;y; https://b.example/", "social")
    assert (first.title, first.url) == ("https://a.example/x", "https://a.example/x")
    assert (second.title, second.url) == ("y", "")
    assert third.kind == "social"
