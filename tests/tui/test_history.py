"""The history screen: what was done, old → new for the chosen action, and the way to the record."""

from conftest import Store
from pages_app import PagesApp, until
from textual.widgets import OptionList, Static

from tracker.store.history import actions
from tracker.tui.render.changes import changes, prompt
from tracker.tui.screens import history
from tracker.tui.screens.history import HistoryScreen
from tracker.tui.screens.pages import RecordPage


def make(store: Store) -> None:
    book = store.casebook()
    iran = book.add("actor", {"name": "Iran", "kind": "state"})
    book.edit("actor", iran.id, {"name": "Iran\x1b]2;x\x07 [bold]", "country": "IRN"}, version=1, reason="ISO code")
    book.add("actor_name", {"actor_id": iran.id, "name": "Islamic Republic"})
    book.delete("actor", [book.add("actor", {"name": "Typo", "kind": "other"}).id])
    book.undo()


def on_top(app: PagesApp) -> HistoryScreen:
    assert isinstance(app.screen, HistoryScreen)
    return app.screen


def detail(screen: HistoryScreen) -> str:
    return str(screen.query_one("#detail", Static).content)


def test_an_action_in_full_shows_old_and_new_values(sqlite_store: Store) -> None:
    make(sqlite_store)
    rows = actions(sqlite_store.reader(), 10, "A-1")
    assert [line.rstrip() for line in changes(rows[0], 80).plain.split("\n")[-3:]] == [
        "A-1 actor changed, now version 2",
        "              Name  Iran → Iran␛]2;x␇ [bold]",
        "           Country  – → IRN",
    ]
    assert "“ISO code”" in prompt(rows[0]).plain
    created = changes(rows[1], 80).plain
    assert "A-1 actor added, now version 1" in created
    assert "→" not in created


async def test_actions_are_listed_newest_first_with_the_changes_of_the_chosen_one(sqlite_store: Store) -> None:
    make(sqlite_store)
    app = PagesApp(sqlite_store.database)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(HistoryScreen(None))
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._rows)
        listed = app.screen.query_one(OptionList)
        prompts = [str(option.prompt) for option in listed.options]
        assert [words.split("  ")[2].split(" ")[0] for words in prompts[:3]] == ["Undone:", "Deleted", "Added"]
        assert "taken back" in prompts[1]
        assert "A-2 actor restored" in detail(on_top(app))
        await pilot.press("j", "down")
        await pilot.pause()
        assert "A-2 actor added" in detail(on_top(app))
        await pilot.press("k")
        await pilot.pause()
        assert "A-2 actor deleted" in detail(on_top(app))
        await pilot.press("escape")
        assert not isinstance(app.screen, HistoryScreen)


async def test_the_history_of_one_record_shows_only_what_was_done_to_it(sqlite_store: Store) -> None:
    make(sqlite_store)
    app = PagesApp(sqlite_store.database)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(HistoryScreen("A-1"))
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._rows)
        assert [row.verb for row in on_top(app)._rows] == ["edit", "add"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordPage) and app.screen.ref == "A-1")


async def test_enter_on_a_name_opens_the_actor_it_belongs_to(sqlite_store: Store) -> None:
    make(sqlite_store)
    app = PagesApp(sqlite_store.database)
    async with app.run_test(size=(60, 15)) as pilot:
        app.push_screen(HistoryScreen("N-1"))
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._rows)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordPage) and app.screen.ref == "A-1")


async def test_older_actions_come_when_asked_for(sqlite_store: Store) -> None:
    make(sqlite_store)
    app = PagesApp(sqlite_store.database)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = HistoryScreen(None)
        screen._limit = 2
        app.push_screen(screen)
        await until(pilot, lambda: len(screen._rows) == 2)
        assert str(screen.query_one(OptionList).options[-1].prompt) == "older …"
        await pilot.press("end", "enter")
        await until(pilot, lambda: len(screen._rows) == 6)
        assert screen._limit == 2 + history.AT_ONCE
        assert all("older" not in str(option.prompt) for option in screen.query_one(OptionList).options)


async def test_an_empty_database_says_so_and_a_new_action_appears_by_itself(sqlite_store: Store) -> None:
    app = PagesApp(sqlite_store.database)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = HistoryScreen(None)
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_mounted and screen.query_one(OptionList).option_count)
        assert str(screen.query_one(OptionList).options[0].prompt) == "Nothing has been changed yet."
        app.desk.write(lambda book: book.add("actor", {"name": "Iran", "kind": "state"}), app.written)
        await until(pilot, lambda: len(screen._rows) == 1)
        assert "A-1 actor added" in detail(screen)
