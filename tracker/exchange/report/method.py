"""The sources, and how the report was made: what it covers, what it leaves out, by which lists and which program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker import __version__
from tracker.exchange.report.blocks import Block, Bullets, Head, Line, Para, Part, Section, Table, Text
from tracker.exchange.report.said import published
from tracker.exchange.report.wording import listed, many, span
from tracker.model import codes
from tracker.store.database import HEAD
from tracker.store.digest import Counts, Sums
from tracker.store.digest_records import Record
from tracker.store.digest_words import Standing

_DATASETS = 40


def sources(records: Sequence[Record], total: int, resting: dict[int, dict[str, int]]) -> Section:
    """What the report rests on, newest first."""
    if not records:
        return Section("sources", "Sources", [Para("No source is recorded.")])
    heads = [Head("Source"), Head("Publisher"), Head("Published"), Head("Reliability"), Head("Text"),
             Head("Attributions", number=True), Head("Figures", number=True), Head("Statements", number=True),
             Head("Passages", number=True)]  # fmt: skip
    rows = [_row(record, resting.get(record["id"], {})) for record in records]
    note = f"and {total - len(records):,} more" if total > len(records) else ""
    blocks: list[Block] = [Table("What rests on each source", heads, rows, wide=True, note=note)]
    blocks.append(
        Para("Reliability is rated on the Admiralty scale, A to F; F means that it cannot be judged.", "note")
    )
    return Section("sources", "Sources", blocks)


def _row(record: Record, rests: dict[str, int]) -> tuple[Line, ...]:
    ref, title = f"SRC-{record['id']}", Text(record["title"], link=record["url"] or "")
    kept = "attached" if record["has_text"] else "only its hash" if record["sha256"] else "not attached"
    counted = [f"{rests.get(kind, 0):,}" for kind in ("involvement", "tally", "statement", "evidence")]
    rated = codes.label("reliability", record["reliability"]) if record["reliability"] else "not rated"
    named = (Text(ref, "ref", name=ref), " ", title)
    return (named, record["publisher"] or "not recorded", published(record), rated, kept, *counted)


@dataclass(frozen=True, slots=True)
class Left:
    """How many of each kind are listed, and how many there are."""

    incidents: tuple[int, int]
    statements: tuple[int, int]
    sources: tuple[int, int]


def method(question: str, words: str, sums: Sums, counts: Counts, standing: Standing, left: Left) -> Section:
    """How the report was made; `question` is the filter as typed, `words` what it means."""
    blocks: list[Block | Part] = [Bullets(_covered(question, words, sums)), *_datasets(counts)]
    blocks += [Para((Text("Left out", "strong"),)), Bullets(_left_out(counts, standing, left))]
    blocks += [Para((Text("How to read it", "strong"),)), Bullets(_reading())]
    blocks += [Para((Text("Made with", "strong"),)), Bullets(_made(standing))]
    return Section("method", "Method", blocks)


def _covered(question: str, words: str, sums: Sums) -> list[Line]:
    typed: Line = (
        ("Filter as typed: ", Text(question, "words")) if question.strip() else "No filter: everything is covered."
    )
    found: list[Line] = [typed]
    if question.strip():
        found.append(f"Filter in words: {words}.")
    found.append(f"Days covered by the counted incidents: {span(sums) or 'none is known'}.")
    found.append("Sorted newest first by the earliest, then the latest day; what has no such day comes last.")
    return found


def _datasets(counts: Counts) -> list[Block]:
    """Which datasets the incidents come from, and in which release; nothing when all were coded by hand."""
    if not any(dataset for dataset, _ in counts.datasets):
        return []
    order = sorted(counts.datasets.items(), key=lambda pair: (-pair[1], pair[0][0] or "", pair[0][1] or ""))
    rows = [(d or "coded here", r or "–", f"{count:,}") for (d, r), count in order[:_DATASETS]]
    if rest := order[_DATASETS:]:
        rows.append((f"{len(rest):,} others", "–", f"{sum(count for _, count in rest):,}"))
    heads = (Head("Dataset"), Head("Release"), Head("Incidents", number=True, bar=True))
    return [Table("Where the incidents come from", heads, rows)]


def _left_out(counts: Counts, standing: Standing, left: Left) -> list[Line]:
    drafts = counts.review["draft"]
    lists = (("incident", left.incidents), ("statement", left.statements), ("source", left.sources))
    cut = [f"{total - shown:,} of {many(total, kind)}" for kind, (shown, total) in lists if total > shown]
    deleted = many(standing.deleted, "deleted incident")
    found = [f"{deleted} that would fit." if standing.deleted else "No deleted incident would fit."]
    waiting = many(standing.pending, "suggestion", "suggestions")
    found.append(f"{waiting} not decided on yet." if standing.pending else "No suggestion waits for a decision.")
    found.append(
        f"In the lists: {listed(cut)}; all of them are in the counts." if cut else "Nothing was cut from the lists."
    )
    if standing.gone:
        found.append(f"{many(standing.gone, 'incident')} that the newest release of the dataset has no longer.")
    draft = many(drafts, "incident is still a draft", "incidents are still drafts")
    return [*found, f"Not left out: {draft}." if drafts else "No incident is marked as a draft."]


def _reading() -> list[Line]:
    return [
        "“Not reported” is not zero: a figure of 0 stands only where somebody reports that it was nobody.",
        "An uncertain date counts for every month it may fall in as possible, and for one month as sure only if all of "
        "it lies there.",
        "Retracted incidents are left out of the numbers of killed and wounded.",
        "What is said is told as it is said, by whom and with which hedge; it becomes the coders’ own account only "
        "where it is marked as adopted.",
        "Quoted words were held against the attached texts when the report was made; characters count from 0, the end "
        "not included.",
    ]


def _made(standing: Standing) -> list[Line]:
    lists = f"{len(codes.LISTS):,} code lists with {sum(map(len, codes.LISTS.values())):,} codes"
    return [
        f"tracker {__version__}, database schema {HEAD}.",
        f"Codebook: {lists} of tracker {__version__} (see “tracker codes”), with counterparts in ACLED (2023), GTD, "
        "CAMEO and PLOVER.",
        f"Newest change to the data: {standing.changed or 'none yet'}. The same data give the same report.",
    ]
