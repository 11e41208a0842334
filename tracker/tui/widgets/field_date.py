"""A date in words, with what it is read as below it while it is typed."""

from __future__ import annotations

from contextlib import suppress

from tracker import text
from tracker.errors import ValueRefused
from tracker.model.fields import Field
from tracker.model.uncertain import human
from tracker.model.values import Values
from tracker.tui.form_text import READING, Anchor, Suggestion, date_told, read, read_date
from tracker.tui.widgets.field_entry import Entry
from tracker.tui.widgets.field_row import FieldRow


class DateRow(FieldRow):
    """A date; `anchored` is the day that words are told from. Down offers the readings when there are two."""

    def __init__(self, field: Field, value: str = "") -> None:
        self.anchored: Anchor | None = None
        self.stored: tuple[str, str] = ("", "")
        super().__init__(field, value)

    def make_place(self, value: str) -> Entry:
        """A line whose list holds the readings."""
        return Entry(value, opens=True)

    def values(self) -> Values:
        """The stored columns that the text means; raises ValueRefused."""
        return read(self.field, self.typed, self.anchored)

    def set_anchor(self, anchor: Anchor | None) -> None:
        """Tell words from another day from now on."""
        self.anchored = anchor
        self.preview()
        if self.wrong:
            self.check()

    def set_stored(self, typed: str, edtf: str) -> None:
        """What the record holds for the text it was filled with; shown as long as that text stands."""
        self.stored = (typed, edtf)
        self.preview()

    def preview(self) -> None:
        """Show what the text is read as."""
        self.told = ""
        raw = self._cleaned()
        if raw and (raw, bool(self.stored[1])) == (self.stored[0], True):
            self.told = f"→ {human(self.stored[1])}"
        elif raw:
            with suppress(ValueRefused):
                self.told = date_told(read_date(raw, self.anchored), self.anchored)
        self.show_note()

    def changed(self) -> None:
        """The text has changed."""
        self.preview()
        super().changed()

    def fill(self, value: str) -> None:
        """Replace what is typed."""
        super().fill(value)
        self.preview()

    def on_entry_wanted(self, event: Entry.Wanted) -> None:
        """Offer both readings of words that have two."""
        event.stop()
        raw = self._cleaned()
        with suppress(ValueRefused):
            found = read_date(raw, self.anchored)
            if found.alternative:
                readings = [
                    Suggestion(raw, human(found.edtf)),
                    Suggestion(f"{raw}{READING}{found.alternative}", human(found.alternative)),
                ]
                event.entry.suggestions.offer(event.entry, readings, first=True)

    def on_entry_taken(self, event: Entry.Taken) -> None:
        """Take a reading over; the words stay."""
        event.stop()
        event.entry.put(event.suggestion.text)
        self.changed()

    def _cleaned(self) -> str:
        return text.clean(self.typed, multiline=False).strip()
