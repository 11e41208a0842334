"""A field that refers to another record, with completion over everything it may be called."""

from __future__ import annotations

from textual.message import Message

from tracker.errors import ValueRefused
from tracker.model.fields import Field
from tracker.model.values import Values
from tracker.tui import lookup
from tracker.tui.form_text import NEW, Suggestion, new_in, ref_in
from tracker.tui.host import host
from tracker.tui.widgets.field_entry import Entry
from tracker.tui.widgets.field_row import FieldRow

PAUSE = 0.12
"""Seconds without a key before the database is asked."""


class RefRow(FieldRow):
    """A reference; its text begins with the REF once a record was chosen, with “+ ” for an actor yet to be made."""

    class NewActor(Message):
        """An actor is to be made under the name in `row`."""

        def __init__(self, row: RefRow, name: str) -> None:
            super().__init__()
            self.row = row
            self.name = name

    class NewStatement(Message):
        """A statement is to be made, with `words` to begin with, that `row` then refers to."""

        def __init__(self, row: RefRow, words: str) -> None:
            super().__init__()
            self.row = row
            self.words = words

    def __init__(self, field: Field, value: str = "") -> None:
        self.known: lookup.Found | None = None
        super().__init__(field, value)

    def make_place(self, value: str) -> Entry:
        """A line that asks the database."""
        return Entry(value, wait=PAUSE, opens=True)

    @property
    def record_id(self) -> int | None:
        """The record that is referred to; None while it is not known which."""
        return self.known.id if self.known and self.known.shown == self.typed.strip() else None

    @property
    def open_text(self) -> str:
        """The text whose record is not known yet, or ""."""
        typed = self.typed.strip()
        return "" if self.record_id is not None or new_in(typed) else typed

    @property
    def new_name(self) -> str:
        """The name of the actor yet to be made, or ""."""
        return new_in(self.typed.strip())

    def settle(self, found: lookup.Found) -> None:
        """Take over what the text was found to mean."""
        if found.wrong:
            self.known = None
            self.fault(found.wrong)
            return
        self.known = found
        if isinstance(self.place, Entry):
            self.place.put(found.shown)
        self.fault("")

    def values(self) -> Values:
        """The stored column; a text whose record is not known raises ValueRefused."""
        if self.open_text:
            raise ValueRefused(self.field.name, "is not known yet; choose from the list (↓)")
        return {f"{self.field.name}_id": self.record_id}

    def check(self, *, quiet: bool = False) -> bool:
        """Only the database can tell; the form asks it when the field is left."""
        self.checked = self.typed
        return not self.open_text

    def on_entry_wanted(self, event: Entry.Wanted) -> None:
        """Ask the database for what fits."""
        event.stop()
        entry, typed, target = event.entry, event.typed, self.field.target

        def offer(found: list[Suggestion]) -> None:
            if entry.is_attached and (not typed or entry.value == typed):
                entry.suggestions.offer(entry, [*found, *self._new(typed)], first=bool(typed))

        host(self).desk.read("form.complete", lambda reader: lookup.complete(reader, target, typed), offer)

    def _new(self, typed: str) -> list[Suggestion]:
        name = typed.strip()
        if self.field.target == "statement" and not ref_in(name):
            words = name.removeprefix(NEW.strip()).strip()
            return [Suggestion(f"{NEW}{words}", "+ new statement" + (f" “{words}”" if words else ""))]
        if self.field.target != "actor" or not name or ref_in(name):
            return []
        name = name.removeprefix(NEW)
        return [Suggestion(f"{NEW}{name}", f"+ new actor “{name}”")]

    def on_entry_taken(self, event: Entry.Taken) -> None:
        """Take a record over, or ask for a new actor or statement."""
        event.stop()
        taken = event.suggestion.text
        if self.field.target == "statement" and taken.startswith(NEW):
            self.post_message(self.NewStatement(self, taken.removeprefix(NEW)))
            return
        event.entry.put(taken)
        if name := new_in(taken):
            self.post_message(self.NewActor(self, name))
            self.known = None
        else:
            ref = ref_in(taken)
            self.known = lookup.Found(int(ref.rpartition("-")[2]), taken)
        self.changed()


class KnownRow(RefRow):
    """A reference to a record that is there: a new one makes no sense here."""

    def _new(self, typed: str) -> list[Suggestion]:
        return []
