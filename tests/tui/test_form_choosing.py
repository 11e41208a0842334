"""Choosing from the list below a field goes on to the next one, and can begin a new statement."""

from __future__ import annotations

import pytest
from conftest import Store
from form_app import FormApp, offered, open_form, running, type_in, until

from tracker.tui.screens.form import RecordForm


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_a_chosen_suggestion_goes_on_to_the_next_field(sqlite_store: Store, key: str) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        await type_in(pilot, form.rows["category"], "rocket")
        await pilot.press(key)
        rows = list(form.rows.values())
        after = rows[rows.index(form.rows["category"]) + 1]
        await until(pilot, lambda: after.place.has_focus)
        assert form.rows["category"].typed == "rocket, artillery or missile"


async def test_a_new_statement_is_made_where_one_is_asked_for(sqlite_store: Store) -> None:
    with sqlite_store.casebook() as book:
        book.add("source", {"title": "Decisive", "kind": "news_article"})
        book.add("actor", {"name": "Mike Pompeo", "kind": "person"})
        book.add("incident", {"title": "Rockets", "category": "armed_clash", "status": "reported"})
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "statement_incident", values={"incident": "I-1"})
        row = form.rows["statement"]
        await type_in(pilot, row, "They did it")
        await until(pilot, lambda: "+ new statement “They did it”" in offered(row))
        await pilot.press("up", "enter")
        await until(pilot, lambda: app.screen is not form and isinstance(app.screen, RecordForm) and app.screen.ready)
        assert app.form.rows["quote"].typed == "They did it"
        await type_in(pilot, app.form.rows["speaker"], "A-1")
        await type_in(pilot, app.form.rows["kind"], "accuses")
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is form and row.typed.startswith("S-1"))
        await pilot.press("f2")
        await until(pilot, lambda: any(hasattr(one, "sentence") for one in app.given))
    assert sqlite_store.sql("SELECT statement_id, incident_id FROM statement_incident") == [(1, 1)]
    assert sqlite_store.sql("SELECT speaker_id, quote FROM statement") == [(1, "They did it")]
