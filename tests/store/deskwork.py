"""An invented article and what could be suggested from it, made by hand, for the tests of the desk."""

from __future__ import annotations

import hashlib
from typing import Any

from tracker.store.casebook import Casebook
from tracker.store.workbench import Ingested, Suggested

TEXT = """Harbour of Qasr shelled

Three fishermen were killed when mortar shells fell on the harbour of Qasr on Monday, the coast guard said.

“We will answer every shell,” said Colonel Ilyas Verran, commander of the Coast Guard. He spoke in Qasr on Tuesday.

A spokesman for the al-Sahil Front denied it. “We shelled nothing – not on Monday, not ever,” he told Coast Radio.

Verran blamed the Front (ASF) for the attack.
"""
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
SOURCE = {
    "title": "Harbour of Qasr shelled", "kind": "news_article", "publisher": "Coast Post",
    "published_edtf": "2024-05-01", "published_earliest": "2024-05-01", "published_latest": "2024-05-01",
    "published_precision": "day",
}  # fmt: skip


ANSWERS = ("We will answer every shell", "We will answer each shell in kind")
"""What the colonel says in one edition or the other."""


def span(words: str, text: str = TEXT, after: str = "") -> tuple[int, int]:
    """Where the words stand first, after those of `after`."""
    start = text.index(words, text.index(after))
    return start, start + len(words)


def spans(text: str = TEXT, **words: str) -> dict[str, list[tuple[int, int]]]:
    """One span for each role whose words stand in the text."""
    return {role: [span(found, text)] for role, found in words.items() if found in text}


def suggestions(text: str = TEXT) -> list[Suggested]:
    """Three actors, two dates, two statements, an incident and a noise line."""

    def one(kind: str, value: dict[str, Any], confidence: float, roles: dict[str, Any]) -> Suggested:
        return Suggested(kind, roles, value, confidence, f"a {kind} by hand", f"hand-{kind}")

    verran = {"name": "Ilyas Verran", "kind": "person", "title": "Colonel", "aliases": ["Verran"], "cluster": 0}
    front = {"name": "al-Sahil Front", "kind": "armed_group", "acronym": "ASF", "aliases": ["the Front"], "cluster": 1}
    spokesman = {"name": "a spokesman for the al-Sahil Front", "kind": "person", "generic": True, "cluster": 2}
    answer = {"kind": "threaten", "mode": "verbatim", "quote": "We will answer every shell", "speaker": {"cluster": 0}}
    nothing = {"kind": "deny", "mode": "verbatim", "quote": "We shelled nothing – not on Monday, not ever"}
    monday = {"words": "Monday", "edtf": "2024-04-29", "anchor": "2024-05-01"}
    tuesday = {"words": "Tuesday", "edtf": "2024-04-30", "anchor": "2024-05-01"}
    reply = next(words for words in ANSWERS if words in text)
    dash = "–" if "nothing –" in text else "-"
    shelling = {
        "title": "Shelling of the harbour of Qasr", "category": "rocket_artillery_missile", "weapon": "mortar",
        "place_words": "the harbour of Qasr", "killed_best": 3, "claim_status": "denied",
        "attributions": [
            {"actor": {"cluster": 1}, "role": "perpetrator", "stance": "accuses", "asserted_by": {"cluster": 0}},
            {"actor": {"cluster": 1}, "role": "perpetrator", "stance": "denies", "asserted_by": {"cluster": 2}},
        ],
    }  # fmt: skip
    colonel = span("Ilyas Verran", text)
    # An edition may lack what another has.
    mentions = [(start, start + 6) for words in ("Verran blamed",) if (start := text.find(words)) >= 0]
    return [
        one("actor", verran, 0.9, {"name": [colonel, *mentions]}),
        one("actor", front, 0.9, {"name": [span("al-Sahil Front", text)]}),
        one("actor", spokesman, 0.7, spans(text, name="A spokesman for the al-Sahil Front")),
        one("date", monday, 0.95, spans(text, date="Monday")),
        one("date", tuesday, 0.95, spans(text, date="Tuesday")),
        one("statement", answer, 0.97, spans(text, quote=f"“{reply},”", inner=reply,
            speaker="Colonel Ilyas Verran", cue="said Colonel")),
        one("statement", nothing | {"speaker": {"cluster": 2}}, 0.8, spans(text,
            quote=f"“We shelled nothing {dash} not on Monday, not ever,”",
            inner=f"We shelled nothing {dash} not on Monday, not ever", speaker="he told", cue="told")),
        one("incident", shelling, 0.6, spans(text,
            sentence=text[slice(*_sentence(text))], trigger="fell on the harbour", place="harbour of Qasr",
            weapon="mortar shells", killed="Three fishermen were killed")),
        one("noise", {"kind": "label"}, 0.99, spans(text, line="Harbour of Qasr shelled")),
    ]  # fmt: skip


def _sentence(text: str) -> tuple[int, int]:
    start = text.index("Three fishermen")
    return start, text.index("\n", start)


def take_in(book: Casebook, text: str = TEXT, *, engine: str = "hand-1", **more: Any) -> Ingested:
    """Take in the article, or another edition of it."""
    found = more.pop("suggested", None)
    sha = hashlib.sha256(text.encode()).hexdigest()
    return book.ingest(SOURCE, text, sha, suggestions(text) if found is None else found, engine=engine, **more)
