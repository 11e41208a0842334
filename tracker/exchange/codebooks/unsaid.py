"""What no row of a codebook can hold of an incident: who else says what, in which words, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.exchange.codebooks import telling
from tracker.exchange.codebooks.carried import Written, tell_fields, tell_foreign_columns
from tracker.exchange.codebooks.reading import DENYING, DOERS, Draft, voice
from tracker.model import codes
from tracker.store.casefile import Row


@dataclass(frozen=True, slots=True)
class Means:
    """What a codebook can say: `actors` are its columns of names, `measures` those of tallies that have a column.

    `hedged` are roles whose hedge it can say, `tags` how the tags begin that an import makes of its columns.
    """

    actors: tuple[str, ...] = ()
    measures: frozenset[str] = frozenset({"killed"})
    hedged: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


def unsaid(draft: Draft, means: Means, cells: Mapping[str, str], spoken: frozenset[int] = frozenset()) -> None:
    """Tell all losses that do not depend on how a column is written; `cells` are those that were written.

    `spoken` are the ids of statements that are told elsewhere.
    """
    seen, written = frozenset(draft.row.seen), Written(cells.values())
    names = {part.strip() for column in means.actors for part in (cells[column], *cells[column].split(";"))} - {""}
    for inv in draft.file.involvements:
        _involvement(draft, means, inv, bool(names.intersection(inv["actor"]["names"])))
    for tally in draft.file.tallies:
        _tally(draft, means, tally, written)
    for source in draft.file.sources:
        _source(draft, source, written)
    for said in draft.file.statements:
        if said["id"] not in spoken and not _spoken(draft, said):
            tell_statement(draft, said)
    _around(draft, means)
    tell_fields(draft, written, seen)
    tell_foreign_columns(draft, written)


def tell_statement(draft: Draft, said: Row) -> None:
    """Tell that nothing of a statement is written."""
    what = f"{said['speaker']['name']} {telling.kind_of(said)}"
    draft.lose("statement", "statement", f"what is said of it: {what}", telling.statement_whole(said, draft.file))


def _involvement(draft: Draft, means: Means, inv: Row, shown: bool) -> None:
    named, who = inv["actor"]["name"], voice(inv, draft)
    field, what = inv["role"], f"{inv['role']} {named}, {inv['stance']} {who}"
    what = "; ".join(part for part in (what, telling.shown(telling.attribution(inv))) if part)
    if inv["stance"] in DENYING:
        draft.lose(field, "denial", f"{who} {inv['stance']} that it was {named}", what)
        return
    # Of an own row, what the dataset itself states stands in its own columns.
    own = draft.original is not None and inv["asserted_by_id"] is None and shown
    if inv["id"] not in draft.said and not own:
        _unwritten(draft, inv, what)
        return
    if field == "sponsor":
        draft.lose(field, "role", f"that {named} is behind it, but not the doer", what)
    _how_sure(draft, means, inv)
    if not own or inv["batch_id"] is None:
        _details(draft, inv)


def _how_sure(draft: Draft, means: Means, inv: Row) -> None:
    field, named, who = inv["role"], inv["actor"]["name"], voice(inv, draft)
    hedge = inv["hedge"] if inv["hedge"] != "none" else None
    # A codebook that marks a doubt says neither its words nor that it is about some only.
    unsaid_hedge = hedge if hedge == "partial" or inv["role"] not in means.hedged else None
    if unsaid_hedge or inv["hedge_words"]:
        label = codes.label("hedge", hedge) if hedge else ""
        shown = ": ".join(part for part in (label, inv["hedge_words"]) if part)
        draft.lose(field, "hedge", f"how sure {who} is of {named}", shown)
    if inv["asserted_by_id"] is not None or inv["stance"] != "states":
        draft.lose(field, "asserter", f"that it is {who} who {inv['stance']} it of {named}", who)
    elif draft.original is None and not inv["adopted"]:
        draft.lose(field, "asserter", f"that {named} is what {who} has, and adopted by nobody", who)


def _details(draft: Draft, inv: Row) -> None:
    """Tell what is recorded of an attribution besides who did what, who says so and how surely."""
    for name, value in telling.attribution(inv):
        if "hedge" not in name:
            draft.lose(inv["role"], "detail", f"the {name} of what is said of {inv['actor']['name']}", value)


def _unwritten(draft: Draft, inv: Row, what: str) -> None:
    named, who = inv["actor"]["name"], voice(inv, draft)
    if inv["adopted"]:
        kind = "actor" if inv["role"] in DOERS or inv["role"] in ("target", "victim", "participant") else "role"
        draft.lose(inv["role"], kind, f"there is no place for {named} as {inv['role']}", what)
        return
    draft.lose(inv["role"], "rival_attribution", f"that {named} is {inv['role']} according to {who}", what)


def _tally(draft: Draft, means: Means, tally: Row, written: Written) -> None:
    """Adopted figures of a measure with a column are the incident's own; all others are lost."""
    if draft.original is not None and tally["batch_id"] is not None and not tally["asserted_by_id"]:
        return
    label, told = codes.label("measure", tally["measure"]), telling.tally(tally)
    whom = f" {tally['whom']}" if tally["whom"] else ""
    if tally["measure"] not in means.measures:
        draft.lose("tally", "tally", f"{label}{whom} has no column", told)
    elif not tally["adopted"]:
        draft.lose("tally", "tally", f"{label}{whom} according to {voice(tally, draft)}, not adopted", told)
    elif tally["asserted_by_id"] is not None:
        draft.lose("tally", "asserter", f"that it is {voice(tally, draft)} who gives {label}{whom}", told)
    elif any(tally[name] and not written.holds(tally[name]) for name in ("whom", "words")):
        draft.lose("tally", "detail", f"of whom or in which words {label} is told", told)
    elif tally["statement_id"] is not None or not _figures_stand(draft, tally, written):
        draft.lose("tally", "detail", f"where {label} is told, or a figure beside those of the incident", told)


def _figures_stand(draft: Draft, tally: Row, written: Written) -> bool:
    """Whether the figures of an adopted tally are those of the incident, or stand in a cell."""
    given = [(end, tally[end]) for end in ("low", "best", "high") if tally[end] is not None]
    return all(
        value == draft.file.incident[f"{tally['measure']}_{end}"] or written.holds(str(value)) for end, value in given
    )


def _source(draft: Draft, source: Row, written: Written) -> None:
    """Tell what of a source no cell has; what an import made of a row's own columns stands there."""
    given = draft.original is not None and ("sources" in draft.restored or source["batch_id"] is not None)
    made = _MADE if given or (source["kind"] == "dataset" and source["batch_id"] is not None) else ()
    lost = [
        (label, ways[0])
        for label, ways in telling.source(source)
        if label not in made and not any(written.holds(way) for way in ways)
    ]
    if lost:
        labels = ", ".join(label for label, _ in lost)
        draft.lose("source", "source", f"of the source “{source['title']}”: {labels}", telling.shown(lost))


_MADE = ("title", "publisher", "address", "language", "kind", "published", "published, as worded", "SHA-256", "coder")
"""What an import makes of the columns that name a source."""


def _around(draft: Draft, means: Means) -> None:
    file = draft.file
    known = {end: value for end in ("low", "best", "high") if (value := draft.figure("wounded", end)) is not None}
    if known and "wounded" not in means.measures:
        shown = ", ".join(f"{end} {value}" for end, value in known.items())
        draft.lose("wounded", "tally", "there is no column for the wounded", shown)
    if file.evidence:
        draft.lose("evidence", "evidence", "the words of the sources that it rests on", f"{file.evidence} spans")
    if tags := [tag for tag in file.tags if not (draft.original and tag.startswith(means.tags or "\0"))]:
        draft.lose("tag", "tag", "its tags", "; ".join(tags))
    _linked(draft)


def _linked(draft: Draft) -> None:
    file = draft.file
    if file.parent:
        draft.lose("parent", "link", f"that it is part of {file.parent['ref']}", file.parent["title"])
    for type_, other, backwards in file.links:
        if not _related(draft, other, backwards):
            way = "from" if backwards else "to"
            draft.lose("link", "link", f"{codes.label('link_type', type_)} {way} {other['ref']}", other["title"])


def _related(draft: Draft, other: Row, backwards: bool) -> bool:
    """Whether a row of the same dataset names the other one: this row, or the one that the link leads from."""
    if draft.original is None or other["dataset"] != draft.row["dataset"]:
        return False
    return backwards or str(other["external_id"]) in draft.original.text("related")


def _spoken(draft: Draft, said: Row) -> bool:
    """Whether the original columns hold what somebody says: the reporter's informant of GED, or a claim of GTD."""
    if draft.original is None:
        return False
    names, informants = said["speaker"]["names"], draft.original.text("source_original")
    if not said["quote"] and any(name in informants for name in names):
        return True
    doers = [draft.original.text(column) for column in ("gname", "gname2", "gname3")]
    return said["kind"] == "claim_responsibility" and any(name in doers for name in names)
