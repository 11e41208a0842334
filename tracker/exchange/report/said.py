"""Statements: who said what to whom, in which words, and where these stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.exchange.report.blocks import Block, Line, Para, Part, Quote, Section, Text
from tracker.exchange.report.naming import Mentions
from tracker.exchange.report.wording import when
from tracker.model import codes
from tracker.model.uncertain import human
from tracker.store.digest_records import Listed, Record
from tracker.store.digest_words import Owned, Passage

VERDICTS = {
    "verified": "verified: the words stand there",
    "normalized": "stands there in another spelling",
    "": "not checked",
}
"""What holding quoted words against their text found; any other verdict is said as it is."""
_NO_TEXT = "not checked, for the text is not attached"


@dataclass(frozen=True, slots=True)
class Around:
    """What hangs on the listed statements, by their ids."""

    passages: Owned
    addressed: Owned
    about: Owned


def said(listed: Listed, around: Around, mentions: Mentions) -> Section:
    """The section of all listed statements, newest first."""
    records, total = listed.records, listed.total
    parts: list[Block | Part] = [_part(record, around, mentions) for record in records]
    if total > len(records):
        told = f"The newest {len(records):,} stand here, and {total - len(records):,} more do not."
        parts.insert(0, Para(told, "note"))
    if listed.coded:
        were = "more was" if listed.coded == 1 else "more were"
        told = f"{listed.coded:,} {were} made from codes of datasets, without any words, and not told here."
        parts.insert(0, Para(told, "note"))
    if not records:
        parts.append(Para("There is no statement in anybody’s words." if listed.coded else "There is no statement."))
    return Section("statements", "Statements", parts)


def _part(record: Record, around: Around, mentions: Mentions) -> Part:
    id_ = record["id"]
    speaker = mentions.title("actor", record["speaker_id"])
    kind = codes.label("statement_kind", record["kind"])
    title = (Text(f"S-{id_}", "ref"), " ", speaker if record["kind"] == "other" else f"{speaker} {kind}")
    blocks: list[Block] = _words(record)
    blocks.append(Para(_circumstances(record, around, mentions)))
    found, count = around.passages.get(id_, ([], 0))
    blocks += [Para(told, "note") for told in citations(found, mentions)]
    if not found:
        blocks.append(Para("No passage of a source is marked for it.", "note"))
    if count > len(found):
        blocks.append(Para(f"and {count - len(found):,} more passages", "note"))
    return Part(title, blocks, f"S-{id_}")


def _words(record: Record) -> list[Block]:
    """What was said: the words themselves apart from what a coder made of them."""
    blocks: list[Block] = []
    if record["quote"]:
        blocks.append(Quote(record["quote"], "mixed" if record["mode"] == "mixed" else "verbatim"))
    if record["paraphrase"]:
        blocks.append(Quote(record["paraphrase"], "paraphrase"))
    return blocks


def _circumstances(record: Record, around: Around, mentions: Mentions) -> Line:
    """How it was said, when, to whom, about what, and in which source."""
    parts: list[list[str | Text]] = [[codes.label("mode", record["mode"])], [f"said: {when(record, 'said')}"]]
    parts += [[told] for told in ("conditional", "negated") if record[told]]
    parts += [[f"at {record['venue']}"]] if record["venue"] else []
    by: dict[str, list[str]] = {}
    for role, actor in around.addressed.get(record["id"], ([], 0))[0]:
        by.setdefault(role, []).append(mentions.title("actor", actor))
    parts += [[f"{codes.label('statement_role', role)}: {', '.join(names)}"] for role, names in by.items()]
    if incidents := around.about.get(record["id"], ([], 0))[0]:
        parts.append(["about ", *_joined([mentions.ref("incident", row[0]) for row in incidents])])
    if record["repeats_id"]:
        parts.append(["says again ", mentions.ref("statement", record["repeats_id"])])
    if record["source_id"]:
        parts.append(["in ", mentions.ref("source", record["source_id"])])
    return tuple(piece for number, part in enumerate(parts) for piece in ([" · "] * bool(number) + part))


def _joined(refs: Sequence[Text]) -> list[str | Text]:
    found: list[str | Text] = []
    for one in refs:
        found += [", ", one] if found else [one]
    return found


def citations(passages: Sequence[Passage], mentions: Mentions) -> list[Line]:
    """Where words stand, and whether they do: a line for each source and each outcome of the check."""
    grouped: dict[tuple[int, str], list[str]] = {}
    for one in passages:
        part = f" ({codes.label('evidence_role', one.role)})" if one.role else ""
        grouped.setdefault((one.source, _verdict(one)), []).append(f"{one.start:,}–{one.end:,}{part}")
    return [
        (mentions.ref("source", source), f", characters {', '.join(places)}: {verdict}.")
        for (source, verdict), places in grouped.items()
    ]


def _verdict(passage: Passage) -> str:
    told = VERDICTS.get(passage.verdict, passage.verdict.replace("_", " "))
    if passage.checked:
        return told
    return f"{told} at the last check; the text is not attached now" if passage.verdict else _NO_TEXT


def published(record: Record) -> str:
    """The day a source was published; "not known" where it is not."""
    told = human(record["published_edtf"])
    return "not known" if told == "–" else told
