"""The filter language: a line of text becomes SQL for both engines, words for people, or an error with its place."""

from tracker.store.query.fields import FilterField, fields_of
from tracker.store.query.filter import Filter, Where, parse, quote

__all__ = ["Filter", "FilterField", "Where", "fields_of", "parse", "quote"]
