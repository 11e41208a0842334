"""Which letters stand for which name."""

from __future__ import annotations

import pytest

from tracker.articles.acronyms import introduced, spelt
from tracker.articles.document import document
from tracker.articles.names import names


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("TAS", "tarim ahl al sarrow"),
        ("WHO", "world health organization"),
        ("MOD", "ministry of defence"),
        ("MD", "ministry of defence"),
        ("A.H.W.U.", "averin harbour workers union"),
    ],
)
def test_initials_with_and_without_small_words(letters: str, name: str) -> None:
    assert spelt(letters, name.split())


@pytest.mark.parametrize(
    ("letters", "name"), [("TAS", "ahl al sarrow"), ("WHO", "who knows"), ("A", "averin"), ("XY", "")]
)
def test_other_letters_are_not(letters: str, name: str) -> None:
    assert not spelt(letters, name.split())


@pytest.mark.parametrize(
    ("letters", "name", "fits"),
    [
        ("UAAR", "union of rationalist atheists and agnostics", True),
        ("CEI", "italian episcopal conference", True),
        ("Delbank", "delta bank", True),
        ("NATO", "delta bank", False),
    ],
)
def test_in_brackets_order_may_differ_and_letters_may_do(letters: str, name: str, fits: bool) -> None:
    assert introduced(letters, name.split()) is fits


def test_the_whole_name_is_taken_not_the_tail_that_fits() -> None:
    found = names(document("They blamed the Tarim Ahl al-Sarrow (TAS). The TAS denied it.")).clusters
    assert [(one.name, one.acronym, len(one.mentions)) for one in found] == [("Tarim Ahl al-Sarrow", "TAS", 3)]


def test_letters_that_fit_two_names_are_given_to_neither() -> None:
    text = "The Shore Defence Union and the Shore Dockers Union met. The SDU left, SDU men said."
    found = {one.name: len(one.mentions) for one in names(document(text)).clusters}
    assert found["Shore Defence Union"] == 1
    assert found["Shore Dockers Union"] == 1
