"""What no row of a codebook can hold of an incident: who else says what, in which words, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.exchange.codebooks.carried import Written, tell_fields, tell_foreign_columns
from tracker.exchange.codebooks.reading import DENYING, DOERS, Draft, figures, voice
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


def unsaid(draft: Draft, means: Means, cells: Mapping[str, str]) -> None:
    """Tell all losses that do not depend on how a column is written; `cells` are those that were written."""
    seen, written = frozenset(draft.row.seen), Written(cells.values())
    names = {part.strip() for column in means.actors for part in (cells[column], *cells[column].split(";"))} - {""}
    for inv in draft.file.involvements:
        _involvement(draft, means, inv, bool(names.intersection(inv["actor"]["names"])))
    for tally in draft.file.tallies:
        _tally(draft, means, tally, written)
    _around(draft, means)
    tell_fields(draft, written, seen)
    tell_foreign_columns(draft, written)


def _involvement(draft: Draft, means: Means, inv: Row, shown: bool) -> None:
    named, who = inv["actor"]["name"], voice(inv)
    field, what = inv["role"], f"{inv['role']} {named}, {inv['stance']} {who}"
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
    field, named, who = inv["role"], inv["actor"]["name"], voice(inv)
    if inv["hedge"] not in (None, "none") and inv["role"] not in means.hedged:
        draft.lose(field, "hedge", f"how sure {who} is of {named}", inv["hedge_words"] or inv["hedge"])
    if inv["asserted_by_id"] is not None:
        draft.lose(field, "asserter", f"that it is {who} who {inv['stance']} it of {named}", who)


def _details(draft: Draft, inv: Row) -> None:
    """Tell what is recorded of an attribution besides who did what, and who says so."""
    for name in ("basis", "credibility", "notes"):
        if inv[name] not in (None, "", "none"):
            draft.lose(inv["role"], "detail", f"the {name} of what is said of {inv['actor']['name']}", inv[name])


def _unwritten(draft: Draft, inv: Row, what: str) -> None:
    named, who = inv["actor"]["name"], voice(inv)
    if inv["adopted"]:
        kind = "actor" if inv["role"] in DOERS or inv["role"] in ("target", "victim", "participant") else "role"
        draft.lose(inv["role"], kind, f"there is no place for {named} as {inv['role']}", what)
        return
    draft.lose(inv["role"], "rival_attribution", f"that {named} is {inv['role']} according to {who}", what)


def _tally(draft: Draft, means: Means, tally: Row, written: Written) -> None:
    """Adopted figures of a measure with a column are the incident's own; all others are lost."""
    if draft.original is not None and tally["batch_id"] is not None and not tally["asserted_by_id"]:
        return
    label = codes.label("measure", tally["measure"])
    whom = f" {tally['whom']}" if tally["whom"] else ""
    if tally["measure"] not in means.measures:
        draft.lose("tally", "tally", f"{label}{whom} has no column", figures(tally))
    elif not tally["adopted"]:
        draft.lose("tally", "tally", f"{label}{whom} according to {voice(tally)}, not adopted", figures(tally))
    elif tally["asserted_by_id"] is not None:
        draft.lose("tally", "asserter", f"that it is {voice(tally)} who gives {label}{whom}", figures(tally))
    elif any(tally[name] and not written.holds(tally[name]) for name in ("whom", "words")):
        draft.lose("tally", "detail", f"of whom or in which words {label} is told", tally["whom"] or tally["words"])


def _around(draft: Draft, means: Means) -> None:
    file = draft.file
    known = {end: value for end in ("low", "best", "high") if (value := draft.figure("wounded", end)) is not None}
    if known and "wounded" not in means.measures:
        shown = ", ".join(f"{end} {value}" for end, value in known.items())
        draft.lose("wounded", "tally", "there is no column for the wounded", shown)
    for said in file.statements:
        if not _spoken(draft, said):
            what = f"{said['speaker']['name']} {codes.label('statement_kind', said['kind'])}"
            draft.lose("statement", "statement", f"what is said of it: {what}", said["quote"] or said["paraphrase"])
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
