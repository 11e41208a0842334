"""Keys that come faster than the screen can take them still go where a slower typist's would."""

from __future__ import annotations

from typing import Any

from conftest import Store
from form_app import until
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input
from textual.widgets._input import Selection

from tracker.tui.app import TrackerApp
from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.form import RecordForm
from tracker.tui.screens.history import HistoryScreen
from tracker.tui.screens.pages import RecordPage
from tracker.tui.typeahead import TypeAheadApp
from tracker.tui.widgets.kind_pane import KindPane
from tracker.tui.widgets.record_table import RecordTable


def send(app: Any, *keys: str) -> None:
    """Send keys as a fast terminal does, all before the first is dealt with."""
    for key in keys:
        app.post_message(events.Key("space" if key == " " else key, key if len(key) == 1 else None))


class TwoFields(TypeAheadApp[None]):
    """Two fields to type into."""

    def compose(self) -> ComposeResult:
        yield Input(id="first")
        yield Input(id="second")


async def test_what_follows_a_tab_goes_to_the_next_field() -> None:
    app = TwoFields()
    async with app.run_test() as pilot:
        app.query_one("#first").focus()
        await pilot.pause()
        send(app, *"one", "tab", *"two", "shift+tab", "end", *"!")
        app.post_message(events.Paste("pasted"))
        await until(pilot, lambda: "pasted" in app.query_one("#first", Input).value)
        assert app.query_one("#first", Input).value == "one!pasted"
        assert app.query_one("#second", Input).value == "two"


async def test_a_key_whose_field_is_gone_does_not_hold_up_the_next() -> None:
    app = TwoFields()
    async with app.run_test() as pilot:
        first = app.query_one("#first", Input)
        first.focus()
        await pilot.pause()
        send(app, "a")
        await first.remove()
        app.query_one("#second").focus()
        send(app, "b")
        await until(pilot, lambda: app.query_one("#second", Input).value.endswith("b"))
        assert app.query_one("#second", Input).selection == Selection.cursor(len(app.query_one("#second", Input).value))


async def test_a_form_is_filled_by_keys_sent_before_it_opened(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("actor", {"name": "Mike Pompeo", "kind": "person"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    app.state.set("welcomed", True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "_ready", False))
        send(app, "a", *"Market shelling", "tab", *"rocket", "tab")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.rows["category"].typed)
        form = app.screen
        assert isinstance(form, RecordForm)
        await until(pilot, lambda: form.rows["category"].typed == "rocket, artillery or missile")
        assert form.rows["title"].typed == "Market shelling"


async def test_a_key_after_enter_goes_to_the_page_that_enter_opened(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("incident", {"title": "Shelling", "category": "other"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(app.query(RecordTable)) and app.query_one(RecordTable).cursor_id == 1)
        send(app, "enter", "e")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        assert [type(screen) for screen in app.screen_stack[1:]] == [RecordPage, RecordForm]


async def _page_with_form(app: Any, pilot: Any) -> RecordForm:
    await until(pilot, lambda: bool(app.query(RecordTable)) and app.query_one(RecordTable).cursor_id == 1)
    send(app, "enter", "e")
    await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
    form: RecordForm = app.screen
    return form


async def test_esc_and_a_letter_sent_at_once_are_two_keys(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("incident", {"title": "Shelling", "category": "other"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await _page_with_form(app, pilot)
        app.post_message(events.Key("alt+H", "H"))
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert [type(screen) for screen in app.screen_stack[1:]] == [RecordPage, HistoryScreen]


async def test_a_letter_sent_with_esc_never_answers_the_question_that_esc_opened(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("incident", {"title": "Shelling", "category": "other"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    async with app.run_test(size=(120, 40)) as pilot:
        form = await _page_with_form(app, pilot)
        send(app, *" typed")
        app.post_message(events.Key("alt+d", "d"))
        await until(pilot, lambda: isinstance(app.screen, Ask))
        send(app, "k")
        await until(pilot, lambda: app.screen is form)
        assert form.rows["title"].typed == " typed"


async def test_keys_after_a_change_of_lists_go_to_the_list_that_comes(sqlite_store: Store) -> None:
    for name in ("Mike Pompeo", "Kataib Hezbollah"):
        sqlite_store.casebook().add("actor", {"name": name, "kind": "person"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    app.state.set("welcomed", True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "_ready", False))
        send(app, "full_stop", "slash", *"pompeo", "enter")
        await until(pilot, lambda: len(app.screen.query(RecordTable)) == 2)
        pane = app.screen.query_one("#pane-actor", KindPane)
        await until(pilot, lambda: pane.filter_text == "pompeo" and pane.table.total == 1)
        assert app.focused is pane.table
