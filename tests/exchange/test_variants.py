"""The same quotation in other sources: found as it stands, respelled, reworded or cut, with what was changed."""

from __future__ import annotations

import pytest
from casework import actor, source, statement
from conftest import Store

from tracker.errors import UsageError
from tracker.exchange.variants import Variants, variants

QUOTE = "We will answer any attack on our sailors, whoever paid for it, with a firm and lasting reply."
OTHERS = {
    "exact": f"Qasr, Tuesday\n\nThe minister said: “{QUOTE}” She left.",
    "respelled": f"Qasr, Tuesday\n\nThe minister said: ‘{QUOTE.replace('reply.', 'reply’')} She left.",
    "cut": "Qasr\n\nThe minister said she would “answer any attack on our sailors with a firm and lasting reply” soon.",
    "changed": f"Qasr\n\nThe minister: “{QUOTE.replace('firm', 'harsh')}”",
    "part": "Qasr\n\nShe spoke of “any attack on our sailors, whoever paid for it” and of little else in Qasr.",
    "nothing": "Qasr\n\nThe minister spoke of sailors, of a reply and of an attack, and of what was paid.",
}


def found(store: Store, said: int) -> Variants:
    with store.reader() as reader:
        return variants(reader, said)


def test_each_text_that_has_the_words_is_told_with_what_it_dropped_or_changed(store: Store) -> None:
    book = store.casebook()
    speaker, own = actor(book, "Minister"), source(book, "Own")
    book.attach(own, f"She said: “{QUOTE}”".encode())
    said = statement(book, speaker, QUOTE, source_id=own)
    for name, text in OTHERS.items():
        book.attach(source(book, name, publisher=f"{name} post"), text.encode())
    told = {one.source.title: one for one in found(store, said).found}
    assert set(told) == {"exact", "respelled", "cut", "changed", "part"}
    assert (told["exact"].how, told["exact"].score) == ("exact", 100.0)
    assert (told["respelled"].how, told["respelled"].score) == ("normalized", 100.0)
    assert "[-sailors, whoever paid for it,-] {+sailors+}" in told["cut"].difference or (
        "[-whoever paid for it,-]" in told["cut"].difference
    )
    assert "[-firm-] {+harsh+}" in told["changed"].difference
    assert told["part"].words == "any attack on our sailors, whoever paid for it"
    assert {told[name].how for name in ("cut", "changed", "part")} == {"fuzzy"}
    for name, one in told.items():
        assert one.start is not None
        assert OTHERS[name][one.start : one.end] == one.words
    scores = [one.score for one in found(store, said).found]
    assert scores == sorted(scores, reverse=True)


def test_a_statement_of_a_source_without_a_text_is_compared_too_and_one_with_a_text_once(store: Store) -> None:
    book = store.casebook()
    speaker = actor(book, "Minister")
    own, bare, full = (source(book, name) for name in ("Own", "Bare", "Full"))
    said = statement(book, speaker, QUOTE, source_id=own)
    shorter = statement(book, speaker, "any attack on our sailors, whoever paid for it", source_id=bare)
    book.attach(full, OTHERS["changed"].encode())
    again = statement(book, speaker, QUOTE.replace("firm", "harsh"), source_id=full)
    statement(book, speaker, "Something else altogether was said here on that day", source_id=bare)
    told = {one.source.title: (one.statement, one.start is None) for one in found(store, said).found}
    assert told == {"Bare": (f"S-{shorter}", True), "Full": (f"S-{again}", False)}


def test_a_caption_in_the_midst_of_a_quotation_is_no_addition(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    quote = "Whoever fires on our sailors will get a swift reply. Korvath should stop shipping mortars to its friends."
    said = statement(book, actor(book, "Minister"), quote, source_id=source(book, "Own"))
    text = (
        "Qasr\n\nThe minister said: “Whoever fires on our sailors will get a swift reply.\n\n"
        "Minister Solvang greets a crew at the base (Image: NORDFOTO)\n\n"
        "“Korvath should stop shipping mortars to its friends.”\n"
    )
    book.attach(source(book, "Other"), text.encode())
    (one,) = found(sqlite_store, said).found
    assert (one.how, one.difference) == ("normalized", "no word differs, only spelling or marks")


def test_a_statement_without_a_quotation_cannot_be_compared(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    said = book.add("statement", {"speaker_id": actor(book, "Minister"), "kind": "deny", "mode": "paraphrase",
                                  "paraphrase": "denies it"}).id  # fmt: skip
    with pytest.raises(UsageError, match=f"S-{said}: has no quotation"):
        found(sqlite_store, said)
