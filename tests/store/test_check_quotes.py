"""A check holds a quotation to its evidence and its speaker to the text, and shows the difference."""

from __future__ import annotations

import pytest
from casework import actor, source, statement
from conftest import Store
from deskwork import TEXT, span, take_in

from tracker.store.check import check
from tracker.store.check_report import Problem
from tracker.store.reading_desk import queue
from tracker.store.spans import verdict

SAID = "We shelled nothing – not on Monday, not ever"


def problems(store: Store, quote: str, *stretches: tuple[int, int]) -> list[Problem]:
    """What is wrong with a quotation that rests on stretches of the article."""
    book = store.casebook()
    origin = source(book)
    book.attach(origin, TEXT.encode())
    # Without its source at first, so that no span is found for it.
    said = statement(book, actor(book, "Envoy"), quote)
    book.edit("statement", said, {"source_id": origin}, version=None)
    for start, end in stretches:
        values = {"source_id": origin, "start": start, "end": end, "exact": TEXT[start:end]}
        values |= {"prefix": TEXT[max(0, start - 24) : start], "suffix": TEXT[end : end + 24]}
        evidence = book.add("evidence", values).id
        book.add("citation", {"evidence_id": evidence, "statement_id": said, "field": "quote"})
    with store.reader() as reader:
        return list(check(reader).problems)


def test_a_quotation_as_its_evidence_has_it_is_good_also_a_part_of_it_or_with_other_marks(store: Store) -> None:
    whole = span(SAID)
    assert problems(store, SAID, whole) == []
    assert problems(store, "we shelled nothing - not on Monday", whole) == []
    assert problems(store, "We shelled nothing … not ever", whole) == []
    one, two = span("We shelled nothing"), span("not ever")
    assert problems(store, "We shelled nothing … not ever", one, two) == []


@pytest.mark.parametrize(
    ("quote", "severity", "told"),
    [
        (
            "We shelled nobody – not on Monday, not ever",
            "error",
            "altered: the quotation is not what its evidence says: We shelled [-nobody –-] {+nothing –+} not on Monday,"
            " not ever",
        ),
        (
            "We shelled nothing – not ever",
            "error",
            "spliced: the quotation leaves out words between others, unmarked: We shelled nothing – not"
            " {+on Monday, not+} ever",
        ),
        (
            f"{SAID}, and never will",
            "warning",
            "truncated: its evidence holds only a part of the quotation: … Monday, not ever [-and never will-]",
        ),
    ],
)
def test_a_quotation_that_differs_from_its_evidence_is_shown_with_the_difference(
    store: Store, quote: str, severity: str, told: str
) -> None:
    (found,) = problems(store, quote, span(SAID))
    assert (found.severity, found.sentence) == (severity, told)


def test_a_quotation_put_together_from_far_apart_is_doubtful(store: Store) -> None:
    far = "word " * 100
    text = f"He said “we gave” it. {far} She said “nothing at all” then."
    book = store.casebook()
    origin = source(book)
    book.attach(origin, text.encode())
    said = statement(book, actor(book, "Envoy"), "we gave nothing at all")
    book.edit("statement", said, {"source_id": origin}, version=None)
    for words in ("we gave", "nothing at all"):
        start = text.index(words)
        evidence = book.add("evidence", {"source_id": origin, "start": start, "end": start + len(words)}).id
        book.add("citation", {"evidence_id": evidence, "statement_id": said, "field": "quote"})
    with store.reader() as reader:
        told = [found.sentence for found in check(reader).problems if found.ref == f"S-{said}"]
    assert told == ["spliced: its words are put together from places far apart, unmarked"]


def test_words_given_to_another_speaker_than_in_the_text_are_doubtful_unless_an_analyst_decided_so(
    store: Store,
) -> None:
    book = store.casebook()
    done = take_in(book)
    verran, other = (actor(book, name, kind="person") for name in ("Ilyas Verran", "Somebody else"))
    with store.reader() as reader:
        one = next(one for one in queue(reader, done.source_id) if one.kind == "statement")
    assert one.value["speaker"] == {"cluster": 0}
    read = {"speaker": {"name": "Ilyas Verran"}}
    store.sql("UPDATE suggestion SET value = ? WHERE id = ?", ('{"speaker_entity": "Ilyas Verran"}', one.id))
    said = book.decide(one.id, "edited", version=None, value={"quote": "We will answer every shell"}, speaker=other)
    with store.reader() as reader:
        assert check(reader).warnings == 0
    store.sql("UPDATE suggestion SET decided_by = NULL, made_uid = NULL WHERE id = ?", (one.id,))
    with store.reader() as reader:
        told = [found.sentence for found in check(reader).problems if found.severity == "warning"]
    assert told == [f"wrong speaker: by A-{other}, but the text gives the words to Ilyas Verran (A-{verran})"]
    assert (said.kind, read["speaker"]["name"]) == ("statement", "Ilyas Verran")


WHOLE = "The envoy said: “We shelled nothing on Monday, nor did any of our friends in the north.” Others doubt it."


@pytest.mark.parametrize(
    ("words", "exact", "found"),
    [
        ("We shelled nothing", "We shelled nothing", "verified"),
        ("We shelled nothing", "we shelled ‘nothing’", "normalized"),
        ("We shelled nothing", "Others doubt it", "elsewhere"),
        ("We shelled nothing", "We shelled nothing this week", "truncated"),
        ("We shelled nothing on Monday", "We shelled nobody on Monday", "altered"),
        ("We shelled nothing on Monday, nor did any", "We shelled nothing nor did any of our friends", "spliced"),
        ("Others doubt it", "the envoy said we shelled nothing on monday", "elsewhere"),
        ("Others doubt it", "Nobody was in the harbour at all", "not_found"),
    ],
)
def test_the_verdict_on_a_span(words: str, exact: str, found: str) -> None:
    start = WHOLE.index(words)
    assert verdict(WHOLE, {"start": start, "end": start + len(words), "exact": exact}) == found
