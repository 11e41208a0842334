"""Small things people see: ticks without colour, keys as written, what a citation supports, late answers."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Store
from form_app import FormApp, running, until

from tracker.model.kinds import INCIDENT
from tracker.store.database import Reader
from tracker.store.history import actions
from tracker.tui import crash
from tracker.tui.app import TrackerApp
from tracker.tui.commands.registry import shown_keys
from tracker.tui.screens.columns import ColumnChooser, Ticks
from tracker.tui.screens.merge import MergeDialog
from tracker.tui.widgets.list_reader import table_columns
from tracker.tui.widgets.table_lines import Layout


async def test_ticks_are_seen_without_colour(sqlite_store: Store) -> None:
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    app.state.set("welcomed", True)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(ColumnChooser(INCIDENT))
        await until(pilot, lambda: app.screen.query(Ticks) and app.screen.query_one(Ticks).has_focus)
        ticks = app.screen.query_one(Ticks)
        assert ticks.render_line(0).text.startswith("[✓]")
        await pilot.press("space")
        assert ticks.render_line(0).text.startswith("[ ]")


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("enter", "⏎"), ("escape", "Esc"), ("ctrl+p", "Ctrl+P"), ("shift+tab", "Shift+Tab"), ("u,ctrl+z", "u Ctrl+Z"),
     ("down,j", "↓ j"), ("ctrl+pagedown", "Ctrl+PgDn"), ("G", "G")],
)  # fmt: skip
def test_keys_are_named_as_people_write_them(keys: str, shown: str) -> None:
    assert shown_keys(keys) == shown


@pytest.mark.parametrize(("field", "told"), [({"field": "quote"}, "S-1 quote"), ({}, "S-1")])
def test_the_history_says_what_a_citation_supports(store: Store, field: dict[str, str], told: str) -> None:
    with store.casebook() as book:
        book.add("source", {"title": "Report", "kind": "news_article"})
        book.add("actor", {"name": "Mayor", "kind": "person"})
        book.add("statement", {"speaker_id": 1, "kind": "warn", "mode": "verbatim", "quote": "No."})
        book.add("evidence", {"source_id": 1, "start": 0, "end": 3, "exact": "No."})
        saved = book.add("citation", {"evidence_id": 1, "statement_id": 1, **field})
    assert saved.sentence == f"Added evidence for {told}"
    with Reader(store.database) as reader:
        assert actions(reader, 1)[0].sentence == saved.sentence


async def test_a_late_answer_never_overwrites_what_was_typed_on(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = sqlite_store.casebook()
    for name in ("One", "Two", "Three"):
        book.add("actor", {"name": name, "kind": "person"})
    late: list[Any] = []
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(MergeDialog(1))
        await until(pilot, lambda: isinstance(app.screen, MergeDialog) and app.screen.mine)
        dialog = app.screen
        assert isinstance(dialog, MergeDialog)
        desk: Any = app.desk
        read = desk.read
        monkeypatch.setattr(desk, "read", lambda lane, work, then, *rest: late.append((lane, work, then, *rest)))
        dialog.row.fill("A-2")
        dialog._choose(2)
        dialog.row.fill("A-3 being typed")
        monkeypatch.setattr(desk, "read", read)
        with Reader(sqlite_store.database) as reader:
            for _, work, then, *_ in late:
                then(work(reader))
        await pilot.pause()
        assert late
        assert dialog.row.typed == "A-3 being typed"
        assert dialog.other is None


@pytest.mark.parametrize("lane", ["read", "write"])
async def test_what_fails_in_a_worker_is_written_down_without_values(sqlite_store: Store, lane: str) -> None:
    app = FormApp(sqlite_store.database)

    def broken(_: object) -> None:
        canary = "pass" + "word-7"
        raise LookupError(f"nothing at {len(canary)}")

    told: list[object] = []
    async with running(app) as pilot:
        if lane == "read":
            app.desk.read("x", broken, told.append, told.append)
        else:
            app.desk.write(broken, told.append, told.append)
        await until(pilot, lambda: told)
    log = crash.crash_log().read_text(encoding="utf-8")
    assert "in broken" in log
    assert "LookupError: nothing at 10" in log
    assert "password-7" not in log


def test_the_columns_of_incidents_fit_120_cells() -> None:
    names = ("date", "title", "place", "killed", "wounded", "says", "status")
    layout = Layout(table_columns(INCIDENT, names), 119)
    widths = dict(zip(names, layout.widths, strict=True))
    assert layout.width == 119
    assert widths["title"] >= 2 * widths["place"]
    assert min(widths["killed"], widths["wounded"]) >= 8
    assert widths["status"] >= len("reported")
