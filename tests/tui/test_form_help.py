"""What a form fills in and shows by itself: the source, what is linked already, countries."""

from __future__ import annotations

import pytest
from conftest import Store
from form_app import FormApp, keys, offered, open_form, running, type_in, until
from textual.widgets import Static

from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.form import RecordForm
from tracker.tui.screens.link import LinkForm
from tracker.tui.widgets.field_parts import PartBlock


@pytest.fixture
def app(sqlite_store: Store) -> FormApp:
    """Two sources; the first incident rests on the first one, the second was used last, the third on none."""
    book = sqlite_store.casebook()
    for title in ("First report", "Second report"):
        book.add("source", {"title": title, "kind": "news_article", "published_edtf": "2019-12-14",
                            "published_earliest": "2019-12-14", "published_latest": "2019-12-14"})  # fmt: skip
    book.add("actor", {"name": "Brigade", "kind": "armed_group"})
    for title in ("One", "Two", "Three"):
        book.add("incident", {"title": title, "category": "other"})
    book.add("incident_source", {"incident_id": 1, "source_id": 1})
    book.add("involvement", {"incident_id": 2, "actor_id": 1, "role": "victim", "stance": "states", "source_id": 2})
    return FormApp(sqlite_store.database)


@pytest.mark.parametrize("kind", ["involvement", "tally"])
@pytest.mark.parametrize(("incident", "source"), [("I-1", "SRC-1 First report"), ("I-3", "SRC-2 Second report")])
async def test_the_source_is_that_of_the_incident_else_the_one_used_last(
    app: FormApp, kind: str, incident: str, source: str
) -> None:
    async with running(app) as pilot:
        form = await open_form(pilot, app, kind, values={"incident": incident})
        assert form.rows["source"].typed == source
        assert form.rows["source"].values() == {"source_id": int(source[4])}
        assert not form.dirty


async def test_a_statement_begins_with_the_source_used_last_and_tells_dates_from_it(app: FormApp) -> None:
    async with running(app) as pilot:
        form = await open_form(pilot, app, "statement")
        assert form.rows["source"].typed == "SRC-2 Second report"
        await type_in(pilot, form.rows["said"], "yesterday")
        await until(pilot, lambda: "13 Dec 2019, from SRC-2" in form.rows["said"].told)


async def test_the_form_of_an_incident_shows_who_is_linked_and_knows_its_source(app: FormApp) -> None:
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=2)
        assert "Brigade · victim" in str(form.query_one(".linked", Static).content)
        await pilot.press("f3")
        await until(pilot, lambda: form.query(PartBlock))
        block = form.query_one(PartBlock)
        assert block.rows["source"].typed == "SRC-2 Second report"
        assert block.blank
        assert not form.dirty


async def test_a_country_is_found_by_its_name_or_its_code(app: FormApp) -> None:
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        row = form.rows["country"]
        await type_in(pilot, row, "ira")
        await until(pilot, lambda: offered(row))
        assert offered(row) == ["IRN Iran", "IRQ Iraq"]
        await keys(pilot, "q")
        await until(pilot, lambda: offered(row) == ["IRQ Iraq"])
        await pilot.press("tab")
        assert row.typed == "IRQ"


async def test_a_link_that_is_discarded_leads_back_to_where_it_was_asked_for(app: FormApp) -> None:
    async with running(app) as pilot:
        app.push_screen(LinkForm("incident", 1), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, LinkForm))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
        await type_in(pilot, app.form.rows["whom"], "soldiers")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("d")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.given == [None]


async def test_an_incident_is_linked_to_a_source_from_either_side(app: FormApp, sqlite_store: Store) -> None:
    async with running(app) as pilot:
        for kind, key, field, other in (("incident", "r", "source", "SRC-2"), ("source", "i", "incident", "I-3")):
            app.push_screen(LinkForm(kind, 1), app.given.append)
            await until(pilot, lambda: isinstance(app.screen, LinkForm))
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
            await type_in(pilot, app.form.rows[field], "")
            app.form.rows[field].fill(other)
            await pilot.press("f2")
            await until(pilot, lambda: len(app.screen_stack) == 1)
    rows = sqlite_store.sql("SELECT incident_id, source_id FROM incident_source ORDER BY id")
    assert rows == [(1, 1), (1, 2), (3, 1)]
