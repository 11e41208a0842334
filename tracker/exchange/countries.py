"""The table of countries under the name by which the exchange reads it."""

from tracker.model.countries import folded, rows

__all__ = ["folded", "rows"]
