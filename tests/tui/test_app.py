"""The whole screen: welcome, lists, filter, marks, answers that come too late."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from tracker.exchange.case import load_seeds
from tracker.store.database import Database
from tracker.tui.app import TrackerApp
from tracker.tui.screens.browse import BrowseScreen
from tracker.tui.state import State
from tracker.tui.widgets.kind_pane import KindPane
from tracker.tui.widgets.record_table import RecordTable


@pytest.fixture
def case(sqlite_database: Database) -> Database:
    """The example case."""
    load_seeds(sqlite_database, "ann")
    return sqlite_database


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    for _ in range(400):
        if condition():
            return
        await pilot.pause(0.05)
    raise AssertionError("waited in vain")


def table(app: TrackerApp) -> RecordTable:
    """The table in view."""
    screen = app.screen
    assert isinstance(screen, BrowseScreen)
    return screen.pane.table


def listed(app: TrackerApp) -> bool:
    """Whether the list in view has its rows."""
    return isinstance(app.screen, BrowseScreen) and bool(app.screen.query(Footer)) and table(app).cursor_id is not None


async def test_the_example_is_loaded_from_the_welcome(sqlite_database: Database) -> None:
    app = TrackerApp(sqlite_database, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "WelcomeScreen")
        await pilot.press("l")
        await until(pilot, lambda: listed(app) and table(app).total == 6)
        assert app.return_code is None


async def test_typing_filters_and_escape_clears_and_goes_to_the_rows(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        await pilot.press("slash", *"killed:unknown invasion")
        await until(pilot, lambda: table(app).total == 1)
        await pilot.press("escape")
        await until(pilot, lambda: table(app).total == 6)
        assert table(app).has_focus
        assert app.screen.query_one(Input).value == ""


async def test_a_bad_filter_keeps_the_rows_and_says_why(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        app.screen.query_one(Input).value = "sev>=3"
        wrong = app.screen.query_one("#wrong")
        await until(pilot, lambda: wrong.has_class("-shown"))
        assert table(app).total == 6
        assert not app._notifications


async def test_a_terminal_that_is_too_small_is_told_and_one_of_60_by_15_is_used(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(59, 14)) as pilot:
        await until(pilot, lambda: app.screen.has_class("-tiny"))
        assert app.screen.query_one("#small").display
        await pilot.resize_terminal(60, 15)
        await until(pilot, lambda: not app.screen.has_class("-tiny"))
        await until(pilot, lambda: listed(app) and table(app).display)


async def test_marks_do_not_outlive_a_filter(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        await pilot.press("space")
        assert table(app).marked
        await pilot.press("slash", *"invasion")
        await until(pilot, lambda: table(app).total == 1)
        assert not table(app).marked


async def test_every_list_opens_and_comes_back(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        for total in (26, 17, 1, 6):
            await pilot.press("full_stop")
            await until(pilot, lambda total=total: table(app).total == total)  # type: ignore[misc]
        assert len(app.screen.query(KindPane)) == 4


async def test_an_answer_to_a_screen_that_was_left_is_dropped(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        for keys in (("H", "escape"), ("t", "escape"), ("enter", "escape"), ("e", "escape")):
            await pilot.press(*keys)
        await asyncio.sleep(0.5)
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen))
        assert app.return_code is None


async def test_delete_and_undo_from_the_list(case: Database) -> None:
    app = TrackerApp(case, "ann")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: listed(app))
        await pilot.press("d")
        await until(pilot, lambda: table(app).total == 5)
        await pilot.press("u")
        await until(pilot, lambda: table(app).total == 6)


def test_state_is_of_one_database_and_looks_are_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "screen.json"
    first = State("a.db", path)
    first.set("incident.filter", "rocket")
    first.set("theme", "tracker-light")
    first.save()
    assert State("a.db", path).get("incident.filter", "") == "rocket"
    assert State("b.db", path).get("incident.filter", "") == ""
    assert State("b.db", path).get("theme", "") == "tracker-light"
    assert State("a.db", path, keep=False).get("incident.filter", "") == ""


def test_a_broken_state_is_set_aside_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "screen.json"
    path.write_text("{broken", encoding="utf-8")
    state = State("a.db", path)
    assert "broken" in state.notice
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == "{broken"
