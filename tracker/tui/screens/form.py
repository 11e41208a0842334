"""The form of any kind of record: filled in, checked, saved as one action; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from tracker.errors import Conflict, TrackerError, ValueRefused
from tracker.tui import drafts, form_load, lookup
from tracker.tui.form_check import Faults, collect
from tracker.tui.form_conflict import clashes, references
from tracker.tui.form_text import Suggestion
from tracker.tui.form_write import Writing, write
from tracker.tui.host import host
from tracker.tui.screens.conflict import ConflictDialog, Decision
from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.form_base import FormBody
from tracker.tui.widgets.field_parts import PartSection
from tracker.tui.widgets.field_ref import RefRow
from tracker.tui.widgets.field_row import FieldRow
from tracker.tui.widgets.field_suggestions import Suggestions

if TYPE_CHECKING:
    from tracker.store.ledger import Saved


class RecordForm(FormBody):
    """Add a record, or edit the one with `id`; `values` are texts to begin with. Gives back what was saved, or None."""

    HELP = """\
Tab goes to the next field, Shift+Tab back; a dot marks what is required. F2 saves from anywhere.

A list opens below fields that know what can be meant: Tab or Enter takes the line under the cursor, ↓ opens it.
Dates are typed as the source words them; what they are read as stands below. Esc asks before it closes.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+o", "save", "Save", tooltip="Save the record and what is linked to it"),
        Binding("f3", "add_part", "Add a row", tooltip="Add a linked record, such as who did it"),
        Binding("escape", "leave", "Back", tooltip="Close the form; asks when something is not saved"),
    ]

    def __init__(
        self,
        kind: str,
        *,
        id: int | None = None,
        values: Mapping[str, str] | None = None,
        draft: drafts.Draft | None = None,
    ) -> None:
        super().__init__(kind, id=id, values=values, draft=draft)
        self._saving = False

    @classmethod
    def resume(cls, draft: drafts.Draft) -> RecordForm:
        """The form as it was left in a draft."""
        return cls(draft.kind, id=draft.id, draft=draft)

    # Typing

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Keep it as a draft soon."""
        event.stop()
        # Typing may be told of after the save that followed it; what that said stands.
        if event.row.typed != event.row.checked:
            self.say("")
        self.touched()
        if isinstance(event.row, RefRow) and event.row is self.anchor_row():
            self.look_up()

    def on_field_row_left(self, event: FieldRow.Left) -> None:
        """A reference that was typed in full is looked up; of a new actor's name, those that are alike are shown."""
        event.stop()
        if self.ready and isinstance(event.row, RefRow) and event.row.open_text:
            self.look_up()
        elif (self.kind.name, event.row.field.name, self.record_id) == ("actor", "name", None):
            self._show_alike(event.row)

    def _show_alike(self, row: FieldRow) -> None:
        typed = row.typed.strip()

        def show(found: list[Suggestion]) -> None:
            if row.typed.strip() == typed:
                row.told = f"alike: {', '.join(line.text for line in found[:3])}" if found else ""
                row.show_note()

        if typed:
            host(self).desk.read("form.complete", lambda reader: lookup.complete(reader, "actor", typed), show)

    def on_field_row_ended(self, event: FieldRow.Ended) -> None:
        """Enter goes on to the next field, and saves in the last one."""
        event.stop()
        if event.row is list(self.query(FieldRow))[-1]:
            self.action_save()
        else:
            self.focus_next()

    async def on_part_section_added(self, event: PartSection.Added) -> None:
        """Add a linked record and go there."""
        event.stop()
        block = await event.section.add(source=self.source)
        block.first().place.focus()

    def action_add_part(self) -> None:
        """Add a linked record to the section that has the focus, else to the first one."""
        sections = list(self.query(PartSection))
        if sections:
            wanted = next((section for section in sections if section.has_focus_within), sections[0])
            wanted.post_message(PartSection.Added(wanted))

    def on_ref_row_new_actor(self, event: RefRow.NewActor) -> None:
        """Ask for what must be known about a new actor; it is made when this form is saved."""
        event.stop()
        row, name = event.row, event.name

        def named(texts: dict[str, str]) -> None:
            self.actors[texts["name"]] = texts
            row.fill(f"+ {texts['name']}")
            self.touched()

        def closed(_: object) -> None:
            if row.new_name and row.new_name not in self.actors:
                row.fill(name)
            row.place.focus()

        texts = self.actors.get(name) or {"name": name}
        self.app.push_screen(NewActorForm(texts, named), closed)

    def on_ref_row_new_statement(self, event: RefRow.NewStatement) -> None:
        """Show the form of a new statement; once it is saved, the field refers to it."""
        event.stop()
        row = event.row

        def named(saved: Saved, name: str) -> None:
            if row.is_attached:
                row.settle(lookup.Found(saved.id, name))
                self.touched()

        def closed(saved: Saved | None) -> None:
            row.place.focus()
            if saved is not None:
                read = partial(lookup.name, kind="statement", record_id=saved.id)
                host(self).desk.read("form.load", read, partial(named, saved))

        self.app.push_screen(RecordForm("statement", values={"quote": event.words}), closed)

    # Leaving

    def action_leave(self) -> None:
        """Close; with something unsaved, ask first."""
        if self._saving:
            return
        if not self.dirty:
            self.finish(None)
            return
        choices = [("s", "Save", "save"), ("d", "Discard", "discard"), ("k", "Keep editing", "keep")]
        body = "What was typed into this form is not saved yet."
        self.app.push_screen(Ask("Unsaved changes", body, choices, default="keep"), self._left)

    def _left(self, answer: str | None) -> None:
        if answer == "save":
            self.action_save()
        elif answer == "discard":
            self.finish(None)

    def finish(self, saved: Saved | None) -> None:
        """Close for good; the draft is not needed any more."""
        self.finished = True
        drafts.discard(self.draft_key)
        self.dismiss(saved)

    # Saving

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button."""
        event.stop()
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_leave()

    def action_save(self) -> None:
        """Look up what is still open, check everything, and save."""
        if self._saving or not self.ready:
            return
        self._saving = True
        self.query_one(Suggestions).withdraw()
        asked, source = self._asked(), self._source()
        work: Callable[..., form_load.Settled] = lambda reader: form_load.settle(reader, asked, source)  # noqa: E731
        host(self).desk.read("form.save", work, self._checked, self._refused)

    def _collected(self, settled: form_load.Settled) -> Writing | Faults:
        for row in self.query(FieldRow):
            row.check()
        self.settled(settled, final=True)
        return collect(self)

    def _checked(self, settled: form_load.Settled) -> None:
        wanted = self._collected(settled)
        if isinstance(wanted, Faults):
            self._saving = False
            wanted.show(self)
        elif wanted.empty:
            self.notify("Nothing was changed", markup=False)
            self.finish(None)
        else:
            host(self).desk.write(lambda book: write(book, wanted), self.finish, self._refused)

    def _refused(self, error: TrackerError) -> None:
        self._saving = False
        self.keep_draft()
        if isinstance(error, Conflict) and error.version is not None:
            self._ask_about(error)
        elif isinstance(error, ValueRefused) and error.field in self.rows:
            Faults([(self.rows[error.field], str(error).removeprefix(f"{error.field}: "))]).show(self)
        else:
            self.say(str(error))

    # Two writers

    def _ask_about(self, conflict: Conflict) -> None:
        wanted = references(self.kind, conflict.base, conflict.theirs)

        def ask(names: dict[tuple[str, int], str]) -> None:
            found = clashes(self.kind, conflict, self.texts, names)
            self.app.push_screen(
                ConflictDialog(str(conflict), found), lambda choices: self._decided(conflict, names, choices)
            )

        host(self).desk.read("form.load", lambda reader: lookup.names(reader, wanted), ask)

    def _decided(self, conflict: Conflict, names: dict[tuple[str, int], str], choices: Decision | None) -> None:
        """Go on from their version: what I left alone becomes theirs, what both changed as it was chosen."""
        if choices is None:
            return
        self.base, self.version = dict(conflict.theirs), conflict.version
        for name, choice in choices.items():
            if choice == "theirs":
                self.rows[name].fill(self.start[name])
        self.fill_stored(names)
        self.action_save()


class NewActorForm(RecordForm):
    """The form of an actor that is made together with the record that names it; it hands over texts, saves nothing."""

    def __init__(self, texts: Mapping[str, str], named: Callable[[dict[str, str]], None]) -> None:
        super().__init__("actor", values=texts)
        self._named = named

    def parts(self) -> tuple[PartSection, ...]:
        """Nothing is linked to an actor that is not there yet."""
        return ()

    def keep_draft(self) -> None:
        """The draft is that of the form below."""

    def _checked(self, settled: form_load.Settled) -> None:
        self._saving = False
        wanted = self._collected(settled)
        if isinstance(wanted, Faults):
            wanted.show(self)
            return
        self._named({name: typed for name, typed in self.texts.items() if typed.strip()})
        self.finish(None)
