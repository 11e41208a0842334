"""Drafts: what is typed reaches the disk by itself, survives the program's sudden end, and goes when it is saved."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from conftest import Store
from form_app import FormApp, keys, open_form, running, type_in, until

from tracker import paths
from tracker.tui import drafts
from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.form import RecordForm
from tracker.tui.widgets.field_parts import PartBlock


def draft(key: str, database: str = "a.db", **values: str) -> drafts.Draft:
    return drafts.Draft(database, "incident", None, None, values, [("involvement", {"role": "target"})], key=key)


def test_a_draft_comes_back_as_it_was_kept_for_its_own_database_only() -> None:
    one, two = draft("one", title="\udc80 [/x] “q”\n\x1b"), draft("two", "b.db", title="x")
    drafts.keep(one)
    drafts.keep(two)
    (found,) = drafts.pending("a.db")
    assert (found.values, found.parts) == (one.values, one.parts)
    assert (found.kind, found.id, found.key) == ("incident", None, "one")
    found.discard()
    assert drafts.pending("a.db") == []
    assert [known.key for known in drafts.pending("b.db")] == ["two"]


def test_a_draft_is_for_its_owner_only_and_leaves_no_other_file() -> None:
    drafts.keep(draft("one", title="x"))
    drafts.keep(draft("one", title="xy"))
    (path,) = drafts.folder().iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert drafts.pending("a.db")[0].values == {"title": "xy"}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"database": "a.db"}', '{"database":"a.db","values":[]}', "\x00"]
)
def test_a_file_that_is_no_draft_is_passed_over(content: str) -> None:
    drafts.keep(draft("good", title="x"))
    (drafts.folder() / "bad.json").write_text(content)
    assert [found.key for found in drafts.pending("a.db")] == ["good"]


def test_a_draft_that_cannot_be_written_leaves_the_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep(draft("one", title="x"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        drafts.keep(draft("one", title="xyz"))
    assert drafts.pending("a.db")[0].values == {"title": "x"}
    assert len(list(drafts.folder().iterdir())) == 1


async def test_typing_is_kept_by_itself_and_can_be_gone_on_with_after_a_sudden_end(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("actor", {"name": "Kataib Hezbollah", "kind": "armed_group"})
    shown = sqlite_store.database.shown
    copy = Path(paths.state_folder()).parent / "killed"
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        await keys(pilot, "Rocket")
        await type_in(pilot, form.rows["place_name"], "Baghdad")
        await pilot.press("f3")
        await until(pilot, lambda: form.query(PartBlock) and form.query_one(PartBlock).rows["actor"].place.has_focus)
        await keys(pilot, "A-1")
        await until(pilot, lambda: any("A-1" in texts.values() for d in drafts.pending(shown) for _, texts in d.parts))
        # What lies on the disk at this moment is all that is left after a kill.
        drafts.folder().rename(copy)
    for left in drafts.pending(shown):
        left.discard()
    for path in copy.iterdir():
        path.rename(paths.private_folder(drafts.folder()) / path.name)
    (found,) = drafts.pending(shown)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(RecordForm.resume(found), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
        assert (app.form.rows["title"].typed, app.form.rows["place_name"].typed) == ("Rocket", "Baghdad")
        assert app.form.dirty
        await until(pilot, lambda: app.form.query_one(PartBlock).rows["actor"].typed == "A-1 Kataib Hezbollah")
        await type_in(pilot, app.form.rows["category"], "protest")
        await type_in(pilot, app.form.query_one(PartBlock).rows["role"], "target")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
    assert sqlite_store.sql("SELECT title FROM incident") == [("Rocket",)]
    assert sqlite_store.sql("SELECT actor_id FROM involvement") == [(1,)]
    assert drafts.pending(shown) == []


async def test_the_program_ending_with_a_form_open_keeps_the_last_key(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        await open_form(pilot, app, "actor")
        await keys(pilot, "Asaib")
    (found,) = drafts.pending(sqlite_store.database.shown)
    assert found.values["name"] == "Asaib"


async def test_discarding_a_form_discards_its_draft(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        await open_form(pilot, app, "actor")
        await keys(pilot, "Asaib")
        await until(pilot, lambda: drafts.pending(sqlite_store.database.shown))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("d")
        await until(pilot, lambda: app.given == [None])
    assert drafts.pending(sqlite_store.database.shown) == []


async def test_the_draft_of_an_edit_holds_its_version_and_meets_what_others_did_since(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    book.add("actor", {"name": "Asaib", "kind": "armed_group", "country": "IRQ"})
    kept = drafts.Draft(sqlite_store.database.shown, "actor", 1, 1, {"name": "Asaib Ahl al-Haq"}, key="left")
    drafts.keep(kept)
    book.edit("actor", 1, {"name": "AAH"}, version=1)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        app.push_screen(RecordForm.resume(drafts.pending(kept.database)[0]), app.given.append)
        await until(pilot, lambda: isinstance(app.screen, RecordForm) and app.screen.ready)
        await pilot.press("f2")
        await until(pilot, lambda: type(app.screen).__name__ == "ConflictDialog")
        await pilot.press("m", "f2")
        await until(pilot, lambda: app.given)
    assert sqlite_store.sql("SELECT name, country, version FROM actor") == [("Asaib Ahl al-Haq", "IRQ", 3)]
    assert drafts.pending(kept.database) == []
