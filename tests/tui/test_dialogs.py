"""Dialogs: keys and safe answers, two writers on one record, merging, and the ways to link a record."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from conftest import Store
from form_app import FormApp, go_to, keys, offered, open_form, running, type_in, until
from textual.widgets import Button, OptionList

from tracker.model.kinds import BY_NAME
from tracker.tui.screens.conflict import ClashRow, ConflictDialog
from tracker.tui.screens.dialogs import Ask, MergeDialog
from tracker.tui.screens.form import RecordForm
from tracker.tui.screens.link import WAYS, LinkForm

CHOICES = [("s", "Save [/x]", "save"), ("d", "Discard", "discard"), ("k", "Keep \x1b[31m", "keep")]


@pytest.mark.parametrize(
    ("pressed", "result"),
    [("s", "save"), ("d", "discard"), ("k", "keep"), ("escape", "keep"), ("enter", "keep"), ("left enter", "discard")],
)
async def test_a_question_is_answered_by_its_keys_and_escape_is_the_safe_answer(
    sqlite_store: Store, pressed: str, result: str
) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app, (60, 15)) as pilot:
        app.push_screen(Ask("Title [@click=app.quit]", "Body [/]\n\x1b]2;x", CHOICES, default="keep"), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, Ask) and app.focused)
        await pilot.press(*pressed.split())
        await until(pilot, lambda: app.given)
    assert app.given == [result]


@pytest.mark.parametrize(("mine", "theirs"), list(itertools.product(["mine", "theirs"], repeat=2)))
async def test_each_field_that_two_changed_is_decided_and_nothing_is_overwritten_in_silence(
    sqlite_store: Store, mine: str, theirs: str
) -> None:
    book = sqlite_store.casebook("ben")
    book.add("incident", {"title": "Raid", "category": "arrest", "killed_best": 1, "country": "IRQ"})
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=1)
        await type_in(pilot, form.rows["title"], "My raid")
        await type_in(pilot, form.rows["killed_best"], "0")
        await type_in(pilot, form.rows["weapon"], "rifles")
        book.edit("incident", 1, {"title": "Their [raid]", "killed_best": 7, "country": "SYR"}, version=1)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConflictDialog))
        rows = list(app.screen.query(ClashRow))
        told = [(row.clash.field.name, row.clash.was, row.clash.theirs, row.clash.mine) for row in rows]
        assert told == [("title", "Raid", "Their [raid]", "My raid"), ("killed_best", "1", "7", "0")]
        for row, choice in zip(rows, (mine, theirs), strict=True):
            await go_to(pilot, row)
            await pilot.press("t", choice[0])
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
    expected = (
        "My raid" if mine == "mine" else "Their [raid]", 0 if theirs == "mine" else 7, "SYR", "rifles", 3,
    )  # fmt: skip
    assert sqlite_store.sql("SELECT title, killed_best, country, weapon, version FROM incident") == [expected]


async def test_going_back_from_a_conflict_keeps_all_that_was_typed_and_asks_again(sqlite_store: Store) -> None:
    book = sqlite_store.casebook("ben")
    book.add("incident", {"title": "Raid", "category": "arrest"})
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=1)
        await type_in(pilot, form.rows["title"], "My raid")
        await type_in(pilot, form.rows["weapon"], "rifles")
        before = form.texts
        book.edit("incident", 1, {"title": "Theirs"}, version=1)
        for _ in range(2):
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(app.screen, ConflictDialog) and app.focused)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is form)
            assert form.texts == before
        assert form.dirty
    assert sqlite_store.sql("SELECT title, weapon FROM incident") == [("Theirs", None)]


async def test_a_record_deleted_meanwhile_keeps_the_form(sqlite_store: Store) -> None:
    book = sqlite_store.casebook("ben")
    book.add("incident", {"title": "Raid", "category": "arrest"})
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=1)
        await type_in(pilot, form.rows["title"], "My raid")
        book.delete("incident", [1])
        await pilot.press("f2")
        await until(pilot, lambda: "was deleted by somebody else" in str(form.query_one("#said").render()))
        assert form.rows["title"].typed == "My raid"


def actors(store: Store) -> None:
    """Two actors that are one, a description, and what hangs on them."""
    book = store.casebook()
    for name, generic in (("Asaib Ahl al-Haq", False), ("AAH [/x]", False), ("a militia", True)):
        book.add("actor", {"name": name, "kind": "armed_group", "generic": generic})
    book.add("actor_name", {"actor_id": 2, "name": "League"})
    book.add("incident", {"title": "Raid", "category": "arrest"})
    book.add("involvement", {"incident_id": 1, "actor_id": 2, "role": "target"})


@pytest.mark.parametrize(("button", "kept"), [("#keep-mine", 1), ("#keep-other", 2)])
async def test_merging_shows_both_actors_and_keeps_the_one_chosen(sqlite_store: Store, button: str, kept: int) -> None:
    actors(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(MergeDialog(1), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, MergeDialog) and app.screen.mine)
        dialog: Any = app.screen
        await keys(pilot, "League")
        await until(pilot, lambda: offered(dialog.row))
        assert offered(dialog.row) == ["A-2 AAH [/x], also League"]
        await pilot.press("enter")
        await until(pilot, lambda: dialog.query_one(button, Button).display)
        assert "also League\n1 involvement" in str(dialog.query_one("#other").render())
        dialog.query_one(button, Button).press()
        await until(pilot, lambda: app.given)
    alive = sqlite_store.sql("SELECT id FROM actor WHERE deleted_at IS NULL AND generic = 0")
    assert alive == [(kept,)]
    assert sqlite_store.sql("SELECT actor_id FROM involvement") == [(kept,)]


@pytest.mark.parametrize(("typed", "said"), [("A-1", "the same actor"), ("A-3", "never one")])
async def test_what_cannot_be_merged_is_said_before(sqlite_store: Store, typed: str, said: str) -> None:
    actors(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(MergeDialog(1), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, MergeDialog) and app.screen.mine)
        await keys(pilot, typed)
        app.screen.query_one("#back").focus()
        await until(pilot, lambda: said in str(app.screen.query_one("#said").render()))
        assert not app.screen.query_one("#keep-mine").display


def test_every_way_to_link_leads_to_a_field_that_can_hold_the_record() -> None:
    for kind, ways in WAYS.items():
        assert len({way.key for way in ways}) == len(ways)
        for way in ways:
            assert BY_NAME[way.kind].by_name[way.field].target == kind


async def test_a_link_is_made_with_this_side_filled_in(sqlite_store: Store) -> None:
    actors(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(LinkForm("incident", 1), app.given.append)
        await until(pilot, lambda: isinstance(app.focused, OptionList))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
        form = app.form
        await until(pilot, lambda: form.rows["incident"].typed == "I-1 Raid")
        assert form.rows["incident"].place.disabled
        await until(pilot, lambda: form.rows["actor"].place.has_focus)
        await keys(pilot, "AAH")
        await until(pilot, lambda: offered(form.rows["actor"]))
        await pilot.press("tab")
        await keys(pilot, "perp")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
        assert app.saved.ref == "INV-2"
    found = sqlite_store.sql("SELECT incident_id, actor_id, role FROM involvement WHERE id = 2")
    assert found == [(1, 2, "perpetrator")]
