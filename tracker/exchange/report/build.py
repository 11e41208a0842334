"""Puts a report together from one moment of the database."""

from __future__ import annotations

from dataclasses import dataclass

from tracker import __version__
from tracker.exchange.report import months
from tracker.exchange.report.atlas import atlas
from tracker.exchange.report.blocks import Block, Document, Line, Para, Section, Text
from tracker.exchange.report.deaths import deaths
from tracker.exchange.report.method import Left, method, sources
from tracker.exchange.report.naming import Mentions
from tracker.exchange.report.said import Around, said
from tracker.exchange.report.summary import Holdings, numbers, summary
from tracker.exchange.report.timeline import FEW, timeline
from tracker.exchange.report.who import Hanging, who
from tracker.store import digest, digest_records, digest_words
from tracker.store.cards.parts import Names
from tracker.store.cells import stamp
from tracker.store.database import Reader
from tracker.store.digest import HAPPENED, Counts, Sums
from tracker.store.digest_deaths import deadliest
from tracker.store.digest_records import Listed
from tracker.store.query import Filter

TITLE = "Who says who did what"
LISTED = 200
"""So many records of one kind are listed unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The records that are told one by one."""

    incidents: Listed
    statements: Listed
    sources: Listed


def report(reader: Reader, chosen: Filter, *, title: str = "", limit: int = LISTED) -> Document:
    """The report on the incidents that `chosen` means, with the newest `limit` of each kind told one by one.

    Everything is read as of one moment; the same data give the same report.
    """
    with reader.snapshot():
        scope = digest.scope(reader, None if chosen.empty else chosen)
        sums = digest.sums(reader, scope)
        counts = digest.counts(reader, scope, sums.box)
        standing = digest_words.standing(reader, scope)
        accounts = digest_words.accounts(reader, scope)
        lists = Lists(
            digest_records.incidents(reader, scope, limit),
            digest_records.statements(reader, scope, limit),
            digest_records.sources(reader, scope, limit),
        )
        mentions = _mentions(reader, lists)
        spread = months.spread(counts.months)
        left = Left(*((len(one.records), one.total) for one in (lists.incidents, lists.statements, lists.sources)))
        resting = digest_records.resting(reader, scope, _ids(lists.sources))
        sections = [
            summary(sums, counts, accounts, _holdings(lists), standing.gone),
            *([numbers(counts, months.table(spread) if spread.columns else None)] if sums.happened else []),
            *([_when(sums, counts, lists.incidents, spread), _where(sums, counts)] if sums.happened else []),
            *deaths(counts.deaths, deadliest(reader, scope), sums.happened, mentions),
            _who(reader, lists.incidents, mentions),
            _said(reader, lists.statements, mentions),
            sources(lists.sources.records, lists.sources.total, resting),
            method(chosen.text, chosen.describe(), sums, counts, standing, left),
        ]
    newest = stamp((standing.changed,))
    changed = f"As of the newest change to the data: {newest} UTC" if standing.changed else ""
    return Document(title or TITLE, _covers(chosen), changed, sections, f"Made with tracker {__version__}.")


def _covers(chosen: Filter) -> Line:
    if chosen.empty:
        return "All incidents in the database."
    return ("Only incidents that fit: ", Text(chosen.describe(), "strong"), ".")


def _holdings(lists: Lists) -> Holdings:
    return Holdings(lists.statements.total, lists.statements.coded, lists.sources.total)


def _ids(listed: Listed) -> list[int]:
    return [record["id"] for record in listed.records]


def _mentions(reader: Reader, lists: Lists) -> Mentions:
    mentions = Mentions(Names(reader))
    mentions.place("incident", _ids(lists.incidents))
    mentions.place("statement", _ids(lists.statements))
    mentions.place("source", _ids(lists.sources))
    mentions.names.load("actor", (record["speaker_id"] for record in lists.statements.records))
    mentions.names.load("incident", (record["parent_id"] for record in lists.incidents.records))
    return mentions


def _when(sums: Sums, counts: Counts, incidents: Listed, spread: months.Spread) -> Section:
    blocks: list[Block]
    if sums.happened <= FEW and incidents.total == len(incidents.records):
        blocks = timeline([record for record in incidents.records if record["nature"] in HAPPENED])
    else:
        blocks = months.chart(spread)
    return Section("timeline", "Timeline", blocks or [Para("No incident has a date.", "note")])


def _where(sums: Sums, counts: Counts) -> Section:
    return Section("map", "Map", atlas(counts, sums.box, sums.happened))


def _who(reader: Reader, incidents: Listed, mentions: Mentions) -> Section:
    ids = _ids(incidents)
    involved, figures = digest_words.involvements(reader, ids), digest_words.tallies(reader, ids)
    mentions.names.load(
        "actor", (id_ for rows, _ in involved.values() for v in rows for id_ in (v.actor, v.asserted_by))
    )
    mentions.names.load("actor", (row.asserted_by for rows, _ in figures.values() for row in rows))
    silences = digest_records.silences(reader, mentions.names, incidents.records)
    return who(incidents.records, incidents.total, Hanging(involved, figures, silences), mentions)


def _said(reader: Reader, statements: Listed, mentions: Mentions) -> Section:
    ids = _ids(statements)
    around = Around(
        digest_words.passages(reader, "statement", ids),
        digest_words.addressed(reader, ids),
        digest_words.about(reader, ids),
    )
    mentions.names.load("actor", (row[1] for rows, _ in around.addressed.values() for row in rows))
    return said(statements, around, mentions)
