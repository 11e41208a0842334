"""A country: three letters of ISO 3166, found by any of its names."""

from __future__ import annotations

from tracker.tui.countries import suggested
from tracker.tui.widgets.field_entry import Entry
from tracker.tui.widgets.field_row import FieldRow


class CountryRow(FieldRow):
    """A field that suggests codes by code or name; anything else can be typed too."""

    def make_place(self, value: str) -> Entry:
        """A line that offers at every key what fits."""
        return Entry(value, offers=suggested)

    def on_entry_taken(self, event: Entry.Taken) -> None:
        """Take a code over."""
        event.stop()
        event.entry.put(event.suggestion.text)
        self.changed()
