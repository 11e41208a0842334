"""Reading the database: lists page by page, single records, counts, completion, search and values for files."""

from tracker.store.browse import Browser, Row, View
from tracker.store.completion import ActorHit, complete_actors
from tracker.store.lookup import find, record, ref, totals
from tracker.store.streams import facets, stream
from tracker.store.wordsearch import Hit, search

__all__ = [
    "ActorHit",
    "Browser",
    "Hit",
    "Row",
    "View",
    "complete_actors",
    "facets",
    "find",
    "record",
    "ref",
    "search",
    "stream",
    "totals",
]
