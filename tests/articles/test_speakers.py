"""Whose words they are: the subject of the clause, whatever stands between, and nobody where nothing tells."""

from __future__ import annotations

import pytest

from tracker.articles.document import document
from tracker.articles.names import names
from tracker.articles.proposals import Proposal
from tracker.articles.statements import statements

LEAD = "The port of Tarn was closed on Monday after a storm that lasted for three days and two nights there.\n\n"


def proposals(text: str) -> list[Proposal]:
    doc = document(LEAD + text)
    return statements(doc, names(doc))


def speakers(text: str) -> list[str]:
    return [found.value["speaker"] for found in proposals(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We go,” said Ann Oriel.", "Ann Oriel"),
        ("“We go,” Ann Oriel said.", "Ann Oriel"),
        ("Ann Oriel said: “We go.”", "Ann Oriel"),
        ("Ann Oriel, who met Lorne Croy on Monday, said: “We go.”", "Ann Oriel"),
        ("Ann Oriel, a friend of Lorne Croy, said they would go.", "Ann Oriel"),
        ("“We go,” said retired captain Lorne Croy.", "retired captain Lorne Croy"),
        ("“We go,” beamed Ann Oriel.", "Ann Oriel"),
        ("In a statement, Ann Oriel said: “We go.”", "Ann Oriel"),
        ("On Tuesday Ann Oriel said they would go.", "Ann Oriel"),
        ("Ann Oriel met Lorne Croy and said: “We go.”", "Ann Oriel"),
        ("According to Ann Oriel, the boats are safe.", "Ann Oriel"),
        ("The boats are safe, Ann Oriel said on Monday.", "Ann Oriel"),
        ("The boats, said Ann Oriel, are safe in the port.", "Ann Oriel"),
        ("“We go.” — Ann Oriel", "Ann Oriel"),
        ("Lorne Croy: “We go to the port today.”", "Lorne Croy"),
        ("A former minister -- Ann Oriel, who left in May -- said the boats were “safe”.", "Ann Oriel"),
        ("Ann Oriel said the man who robbed Lorne Croy had called the port “a grave”.", "Ann Oriel"),
        ("Ann Oriel spoke for an hour, adding that the boats were safe.", "Ann Oriel"),
    ],
)
def test_the_subject_of_the_clause_speaks(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The attack was believed to be the work of smugglers.",
        "Lorne Croy was accused of theft by his crew.",
        "The so-called “quiet hour” begins at noon in the port.",
        "The report of the claims was lost in the storm.",
        "The latest attacks saw two boats burn near the port.",
        "There have been no claims of responsibility.",
        "Lorne Croy sailed on to Tarn without a word.",
        "Lorne Croy accused of theft in the port of Tarn",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert speakers(text) == []


def test_a_quotation_over_paragraphs_is_one_statement_of_one_speaker() -> None:
    (found,) = proposals("Ann Oriel said: “We asked for calm.\n\n“We ask again.”")
    assert len(found.spans["quote"]) == 2
    assert found.value["quote"] == "We asked for calm.\nWe ask again."


def test_two_halves_belong_together() -> None:
    (found,) = proposals("“We go,” said Ann Oriel. “We go now.”")
    assert found.value["quote"] == "We go, We go now."


def test_a_colon_announces_the_next_paragraph() -> None:
    (found,) = proposals("Ann Oriel put it this way in a letter and said:\n\n“We go to the port.”")
    assert found.rule == "announced"
    assert found.value["speaker"] == "Ann Oriel"


def test_a_pronoun_is_who_spoke_last_and_not_the_last_name() -> None:
    found = proposals("A senior naval officer said the boats of Tarn were safe.\n\nHe said: “We go.”")
    assert found[1].value["speaker_entity"].lower().endswith("senior naval officer")


def test_a_description_goes_back_to_its_introduction() -> None:
    found = proposals("A senior naval officer said the boats were safe.\n\nThe officer said no one was hurt.")
    assert found[1].value["speaker_entity"].lower().endswith("senior naval officer")


def test_a_pronoun_agrees_with_who_it_stands_for() -> None:
    found = proposals("“We go,” said Mrs Ann Oriel.\n\n“We stay,” said Mr Lorne Croy.\n\n“I go,” she said.")
    assert found[2].value["speaker_entity"] == "Ann Oriel"


def test_the_narrator_is_no_actor() -> None:
    (found,) = proposals("“We go to the port,” I said.")
    assert found.value["speaker_entity"] == ""
