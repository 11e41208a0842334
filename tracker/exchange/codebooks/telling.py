"""What is recorded of a statement, a source, an attribution or a figure, as labels and words, in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.exchange.codebooks.reading import figures
from tracker.model import codes
from tracker.model.uncertain import human
from tracker.store.casefile import Casefile, Row

Told = tuple[str, str]
"""A label and what it is."""

SPOKEN = {"negated": "negation", "conditional": "condition"}
"""What turns a statement into another one when it is left out."""


def kind_of(said: Row) -> str:
    """What the speaker does, with a negation and a condition: “does not accuse”, “threatens, on a condition”."""
    label = codes.label("statement_kind", said["kind"])
    # A code is its verb without an ending.
    done = f"does not {said['kind'].replace('_', ' ')}" if said["negated"] else label
    return f"{done}, only if a condition is met" if said["conditional"] else done


def words_of(said: Row) -> str:
    """The words of a statement, else what a coder wrote for them, else "" ."""
    return said["quote"] or said["paraphrase"] or ""


def statement(said: Row, file: Casefile) -> list[Told]:
    """What is recorded of a statement besides its speaker, its kind, its words and the day."""
    source = next((one for one in file.sources if one["id"] == said["source_id"]), None)
    worded = said["said_words"] if said["said_words"] != said["said_edtf"] else ""
    found = [
        ("In other words", said["paraphrase"] if said["quote"] else ""),
        ("Mode", codes.label("mode", said["mode"]) if said["mode"] != "verbatim" else ""),
        ("Said, as worded", worded),
        ("Venue", said["venue"]),
        *((codes.label("statement_role", role).capitalize(), actor["name"]) for role, actor in said["actors"]),
        ("Source", source["title"] if source else ""),
        ("Repeats", f"S-{said['repeats_id']}" if said["repeats_id"] is not None else ""),
        ("CAMEO", said["cameo"]),
        ("PLOVER", said["plover"]),
        ("Notes", said["notes"]),
        ("Coder", said["coder"]),
    ]
    return [(label, str(value)) for label, value in found if value]


def statement_whole(said: Row, file: Casefile) -> str:
    """A statement in one text: its words, the day, and all else that is recorded of it."""
    return "; ".join(part for part in (words_of(said), said["said_edtf"], shown(statement(said, file))) if part)


def source(row: Row) -> list[tuple[str, tuple[str, ...]]]:
    """What is recorded of a source: labels, each with the ways in which a cell may say it, the fullest first."""
    day = row["published_earliest"] if row["published_precision"] == "day" else ""
    published = (row["published_edtf"], human(row["published_edtf"]), day) if row["published_edtf"] else ()
    found: list[tuple[str, Sequence[str | None]]] = [
        ("title", (row["title"],)),
        ("publisher", (row["publisher"],)),
        ("author", (row["author"],)),
        ("address", (row["url"],)),
        ("language", (row["language"],)),
        ("kind", (codes.label("source_kind", row["kind"]), row["kind"])),
        ("published", published),
        ("published, as worded", (row["published_words"] if row["published_words"] != row["published_edtf"] else "",)),
        ("read on", (row["accessed_at"],)),
        ("reliability", (codes.label("reliability", row["reliability"]) if row["reliability"] else "",)),
        ("replaces", (f"SRC-{row['supersedes_id']}" if row["supersedes_id"] is not None else "",)),
        ("notes", (row["notes"],)),
        ("SHA-256", (row["sha256"],)),
        ("coder", (row["coder"],)),
    ]
    return [(label, tuple(way for way in ways if way)) for label, ways in found if any(ways)]


def attribution(inv: Row) -> list[Told]:
    """What is recorded of an attribution besides who does what, who says so and with which stance."""
    hedge = codes.label("hedge", inv["hedge"]) if inv["hedge"] not in (None, "none") else ""
    return [
        (label, str(value))
        for label, value in (
            ("hedge", hedge),
            ("words of the hedge", inv["hedge_words"]),
            ("basis", inv["basis"] if inv["basis"] != "none" else ""),
            ("credibility", inv["credibility"]),
            ("statement", f"S-{inv['statement_id']}" if inv["statement_id"] is not None else ""),
            ("notes", inv["notes"]),
        )
        if value not in (None, "")
    ]


def tally(row: Row) -> str:
    """A figure in one text: its numbers, of whom, in which words, and where it is told."""
    numbers = figures(row)
    found = [
        ("of", row["whom"]),
        ("in words", row["words"] if row["words"] != numbers else ""),
        ("statement", f"S-{row['statement_id']}" if row["statement_id"] is not None else ""),
    ]
    rest = shown((label, str(value)) for label, value in found if value)
    return "; ".join(part for part in (numbers, rest) if part)


def shown(told: Iterable[Told]) -> str:
    """Labels and words in one text."""
    return "; ".join(f"{label}: {value}" for label, value in told)
