"""The body of a form: its rows, filling them from the store, and keeping what is typed as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Static

from tracker.errors import TrackerError
from tracker.model.fields import Field
from tracker.model.kinds import BY_NAME
from tracker.tui import drafts, form_load, lookup
from tracker.tui.form_text import TOLD_FROM, ref_in, sections, shown
from tracker.tui.host import host
from tracker.tui.safe import label
from tracker.tui.widgets.field_date import DateRow
from tracker.tui.widgets.field_make import make_row
from tracker.tui.widgets.field_parts import PARTS, PartBlock, PartSection, defaults
from tracker.tui.widgets.field_ref import RefRow
from tracker.tui.widgets.field_row import FieldRow
from tracker.tui.widgets.field_suggestions import Suggestions

DRAFT_PAUSE = 0.5
"""Seconds after the first unsaved key until it is on the disk."""


class FormBody(ModalScreen[Any]):
    """The fields of one record, as sections: the essential ones first, then what can be linked to it.

    It is dismissed with what was saved, a `tracker.store.ledger.Saved`, or None.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    FormBody { align: center middle; }
    FormBody > Vertical { width: 100; max-width: 100%; height: 96%; background: $surface; padding: 0 1; }
    FormBody #title { height: 1; text-style: bold; color: $accent; text-wrap: nowrap; text-overflow: ellipsis; }
    FormBody #fields { height: 1fr; scrollbar-size-vertical: 1; }
    FormBody .section { color: $primary; text-style: bold; margin-top: 1; padding-left: 2; height: 1; }
    FormBody #help { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    FormBody #said { height: auto; max-height: 3; color: $error; display: none; }
    FormBody #said.-shown { display: block; }
    FormBody #buttons { height: 1; }
    FormBody #buttons Button { min-width: 0; margin-right: 2; }
    FormBody Button:focus { text-style: bold reverse; }
    """

    def __init__(
        self,
        kind: str,
        *,
        id: int | None = None,
        values: Mapping[str, str] | None = None,
        draft: drafts.Draft | None = None,
    ) -> None:
        super().__init__()
        self.kind = BY_NAME[kind]
        self.record_id = id
        self.given = dict(values or {})
        self.draft = draft
        self.draft_key = draft.key if draft else drafts.new_key()
        self.version: int | None = None
        self.base: dict[str, Any] = {}
        self.start: dict[str, str] = {}
        self.source: lookup.Found | None = None
        self.actors: dict[str, dict[str, str]] = dict(draft.actors) if draft else {}
        self.rows: dict[str, FieldRow] = {}
        self.ready = False
        self.finished = False
        self._timer: Timer | None = None

    # What it is made of

    def compose(self) -> ComposeResult:
        """The title, the sections, the help of the field that has the focus, and the buttons."""
        begin = defaults(self.kind) if self.record_id is None else {}
        with Vertical():
            yield Static(label(self.heading()), id="title")
            with VerticalScroll(id="fields", can_focus=False, disabled=self.record_id is not None):
                for heading, fields in sections(self.kind):
                    yield from self._section(heading, fields, begin)
            yield Static("", id="help")
            yield Static("", id="said")
            with Horizontal(id="buttons"):
                yield Button(Content.assemble((" F2 ", "$accent bold"), "Save "), id="save", compact=True)
                yield Button(Content.assemble((" Esc ", "$accent bold"), "Back "), id="back", compact=True)
        yield Suggestions()

    def _section(self, heading: str, fields: list[Field], begin: Mapping[str, str]) -> Iterator[Static | FieldRow]:
        if heading:
            yield Static(label(heading), classes="section")
        for field in fields:
            row = make_row(field, begin.get(field.name, ""))
            self.rows[field.name] = row
            yield row
        if not heading:
            yield from (PartSection(part) for part in self.parts())  # type: ignore[misc]

    def parts(self) -> tuple[Any, ...]:
        """The sorts of linked records that can be added along."""
        return PARTS.get(self.kind.name, ())

    def heading(self) -> str:
        """What is being done."""
        if self.record_id is None:
            return f"New {self.kind.label.lower()}"
        return f"Edit {self.kind.prefix}-{self.record_id}"

    @property
    def blocks(self) -> list[PartBlock]:
        """The linked records into which something was typed."""
        return [block for block in self.query(PartBlock) if not block.blank]

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: row.typed for name, row in self.rows.items()}

    def altered(self) -> dict[str, str]:
        """The texts that differ from those the form began with."""
        return {name: typed for name, typed in self.texts.items() if typed != self.start.get(name, "")}

    @property
    def dirty(self) -> bool:
        """Whether anything would be lost if the form were closed."""
        return self.ready and not self.finished and bool(self.altered() or self.blocks)

    # Filling it

    def on_mount(self) -> None:
        """Read the record and what dates are told from."""
        kind, record_id = self.kind, self.record_id
        self.start = self.texts
        self.set_focus(next(iter(self.rows.values())).place)
        desk = host(self).desk
        incident, parts = self.given.get("incident", ""), [(part.kind, part.parent) for part in self.parts()]
        work = partial(form_load.load, kind=kind, record_id=record_id, incident=incident, parts=parts)
        desk.read("form.load", work, self._loaded, self._not_loaded)

    def _not_loaded(self, error: TrackerError) -> None:
        self.notify(str(error), severity="error", timeout=10, markup=False)
        self.finished = True
        self.dismiss(None)

    def _loaded(self, loaded: form_load.Loaded) -> None:
        if self.is_attached:
            self.call_later(self._fill, loaded)

    async def _fill(self, loaded: form_load.Loaded) -> None:
        self.base, self.version = loaded.record, loaded.record.get("version")
        if self.base:
            self.fill_stored(loaded.names)
        # What was typed into a new form before this came is the user's: it is no part of what the form began with.
        early = {name: typed for name, typed in self.texts.items() if not self.base and typed != self.start.get(name)}
        self._fill_told_from(loaded)
        self._fill_source(loaded)
        if self.base:
            self.start = self.texts
        self._fill_given()
        if not self.base:
            self.start = self.texts | {name: self.start.get(name, "") for name in early if name not in self.given}
        await self._fill_draft()
        self.ready = True
        self.query_one("#fields").disabled = False
        if self.record_id is not None or self.draft is not None or next(iter(self.rows.values())).place.disabled:
            self.first_row().place.focus()
        if early:
            self.touched()
        self.look_up()

    def fill_stored(self, names: Mapping[tuple[str, int], str]) -> None:
        """Fill every row from `base`; a row whose text was altered keeps it."""
        kept = self.altered() if self.ready else {}
        for name, row in self.rows.items():
            if row.field is TOLD_FROM:
                continue
            stored = shown(row.field, self.base, names)
            if name not in kept:
                self._fill_row(row, stored)
            self.start[name] = stored
            if isinstance(row, DateRow):
                row.set_stored(stored, self.base.get(f"{name}_edtf") or "")

    def _fill_row(self, row: FieldRow, stored: str) -> None:
        row.fill(stored)
        target = self.base.get(f"{row.field.name}_id")
        if isinstance(row, RefRow) and target is not None:
            row.settle(lookup.Found(target, stored))

    def _fill_told_from(self, loaded: form_load.Loaded) -> None:
        row = self.rows.get(TOLD_FROM.name)
        if isinstance(row, RefRow) and loaded.told_from is not None and not row.typed:
            row.settle(loaded.told_from)
        self.set_anchor(loaded.anchor)

    def _fill_source(self, loaded: form_load.Loaded) -> None:
        """The source that is most likely meant, and what is linked already."""
        self.source = loaded.source
        row = self.rows.get("source")
        if isinstance(row, RefRow) and not self.base and self.source is not None and not row.typed:
            row.settle(self.source)
        for section in self.query(PartSection):
            section.show_linked(loaded.linked.get(section.part.kind, []))

    def _fill_given(self) -> None:
        """The texts the form was opened with; a required reference among them is fixed, for the form is about it."""
        for name, value in self.given.items():
            row = self.rows.get(name)
            if row is None:
                continue
            row.fill(value)
            if isinstance(row, RefRow) and row.field.required and self.record_id is None and ref_in(value):
                row.place.disabled = True

    async def _fill_draft(self) -> None:
        if self.draft is None:
            return
        for name, value in self.draft.values.items():
            if name in self.rows:
                self.rows[name].fill(value)
        for part_kind, texts in self.draft.parts:
            for section in self.query(PartSection):
                if section.part.kind == part_kind:
                    await section.add(texts, self.source)
        if self.record_id is not None:
            self.version = self.draft.version

    def first_row(self) -> FieldRow:
        """The first field that can be typed into."""
        return next(row for row in self.query(FieldRow) if not row.place.disabled)

    # Looking up what is referred to

    def anchor_row(self) -> RefRow | None:
        """The field whose source dates are told from."""
        row = self.rows.get(TOLD_FROM.name) or self.rows.get("source")
        return row if isinstance(row, RefRow) else None

    def set_anchor(self, anchor: Any) -> None:
        """Tell every date from another day."""
        for row in self.query(DateRow):
            row.set_anchor(anchor)

    def look_up(self) -> None:
        """Find out what the open texts of references mean."""
        desk, asked, source = host(self).desk, self._asked(), self._source()
        desk.read("form.resolve", lambda reader: form_load.settle(reader, asked, source), self.settled)

    def _asked(self) -> set[lookup.Asked]:
        return {(row.field.target, row.open_text) for row in self.query(RefRow) if row.open_text}

    def _source(self) -> int | str | None:
        row = self.anchor_row()
        return None if row is None else (row.record_id if row.record_id is not None else row.open_text or None)

    def settled(self, settled: form_load.Settled, *, final: bool = False) -> None:
        """Take over what the texts were found to mean, where they still stand; `final` when nothing is typed on."""
        if not self.is_attached:
            return
        for row in self.query(RefRow):
            found = settled.found.get((row.field.target, row.open_text))
            if found is not None and (final or not row.place.has_focus or not found.wrong):
                was_start = row.typed == self.start.get(row.field.name) and self.rows.get(row.field.name) is row
                row.settle(found)
                if was_start and not found.wrong:
                    self.start[row.field.name] = row.typed
        self.set_anchor(settled.anchor)

    # Drafts

    def touched(self) -> None:
        """Something was typed; soon it is kept on the disk."""
        if self._timer is None and self.ready:
            self._timer = self.set_timer(DRAFT_PAUSE, self._keep_soon)

    def _keep_soon(self) -> None:
        self._timer = None
        self.keep_draft()

    def keep_draft(self) -> None:
        """Write the draft now, or remove it when there is nothing that could be lost."""
        if not self.dirty:
            drafts.discard(self.draft_key)
            return
        try:
            drafts.keep(self._as_draft())
        except OSError as error:
            self.say(f"the draft of this form cannot be kept ({error.strerror}); save soon")

    def _as_draft(self) -> drafts.Draft:
        values = self.texts if self.record_id is None else self.altered()
        parts = [(block.part.kind, block.texts) for block in self.blocks]
        shown_database = host(self).database.shown
        return drafts.Draft(
            shown_database, self.kind.name, self.record_id, self.version, values, parts, self.actors,
            key=self.draft_key,
        )  # fmt: skip

    def on_unmount(self) -> None:
        """The program ends with the form open: keep what was typed."""
        if self.dirty:
            self.keep_draft()

    # What it says

    def say(self, sentence: str) -> None:
        """Show what is wrong with the form as a whole; "" takes it back."""
        said = self.query_one("#said", Static)
        said.update(label(sentence))
        said.set_class(bool(sentence), "-shown")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the help of the field."""
        row = next((node for node in event.widget.ancestors if isinstance(node, FieldRow)), None)
        self.query_one("#help", Static).update(label(f"  {row.field.help}" if row else ""))
