"""Fields whose values come from a short list: codes, several codes, yes and no."""

from __future__ import annotations

import re

from tracker.model.fields import Field
from tracker.model.values import LIST_SEPARATOR
from tracker.tui.form_text import Suggestion, matching, options
from tracker.tui.widgets.field_entry import Entry
from tracker.tui.widgets.field_row import FieldRow


class CodeRow(FieldRow):
    """A field of one code, by its label: a few letters are enough, Down shows all of them."""

    def make_place(self, value: str) -> Entry:
        """A line that offers at every key what fits."""
        return Entry(value, offers=self.fitting)

    def fitting(self, typed: str) -> list[Suggestion]:
        """The codes that fit what was typed."""
        part = self.part(typed)
        fitting = matching(self.field, part)
        # A code typed in full is meant, also where a longer one begins like it (“state”, “state forces”).
        return [] if part in fitting else [Suggestion(option, option) for option in fitting]

    def on_entry_taken(self, event: Entry.Taken) -> None:
        """Take a code over."""
        event.stop()
        event.entry.put(self.completed(event.suggestion.text))
        self.changed()

    def part(self, typed: str) -> str:
        """What of the text is being completed."""
        return typed.strip()

    def completed(self, option: str) -> str:
        """The text with an option taken over."""
        return option

    def check(self, *, quiet: bool = False) -> bool:
        """As every field; a few letters that fit one code only are completed first."""
        typed = self.part(self.typed)
        fitting = matching(self.field, typed) if typed else []
        if len(fitting) == 1 and typed != fitting[0] and not quiet and isinstance(self.place, Entry):
            self.place.put(self.completed(fitting[0]))
        return super().check(quiet=quiet)


class CodesRow(CodeRow):
    """A field of several codes, parted by semicolons; the last one is completed."""

    def part(self, typed: str) -> str:
        """What follows the last semicolon."""
        return re.split("[;,]", typed)[-1].strip()

    def completed(self, option: str) -> str:
        """The codes before, and the one taken over."""
        before = [part.strip() for part in re.split("[;,]", self.typed)[:-1] if part.strip()]
        return LIST_SEPARATOR.join([*before, option])


def is_choice(field: Field) -> bool:
    """Whether a field is chosen from a short list."""
    return bool(options(field))
