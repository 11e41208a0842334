"""The form of a record: typing, completing, checking and saving, and that nothing typed is lost or carried out."""

from __future__ import annotations

import pytest
from conftest import Store
from form_app import FormApp, go_to, keys, offered, open_form, running, type_in, until
from textual.events import Paste
from textual.widgets import TextArea

from tracker.model.kinds import BY_NAME, KINDS
from tracker.model.values import Context, parse_values
from tracker.tui import drafts
from tracker.tui.form_text import sections
from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.form import NewActorForm, RecordForm
from tracker.tui.widgets.field_parts import PartBlock
from tracker.tui.widgets.field_row import FieldRow

HOSTILE = [
    "[/x]", "\x1b]2;PWNED\x07\x1b[31m", "[@click=app.quit]x[/]", "a\x00b", "\u202etxt.exe", "[bold", "=cmd|' /C'",
]  # fmt: skip


def fill(store: Store) -> None:
    """A source of 14 December 2019 and two actors, one with another name."""
    book = store.casebook()
    book.add("source", parse_values(BY_NAME["source"], {"title": "Decisive", "published": "2019-12-14"}))
    book.add("actor", {"name": "Kataib Hezbollah", "kind": "armed_group"})
    book.add("actor", {"name": "Mike Pompeo", "kind": "person"})
    book.add("actor_name", {"actor_id": 1, "name": "KH", "kind": "acronym"})


async def test_a_new_incident_takes_few_keys_besides_typing(sqlite_store: Store) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        await open_form(pilot, app, "incident")
        await keys(pilot, "Rocket attack")
        await pilot.press("tab")
        await keys(pilot, "rocket")
        await pilot.press("tab", "tab")
        await keys(pilot, "last monday")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
        assert app.saved.sentence == "Added I-1 Rocket attack"
    assert sqlite_store.sql("SELECT title, category, status FROM incident") == [
        ("Rocket attack", "rocket_artillery_missile", "reported")
    ]
    found = sqlite_store.sql("SELECT date_words, date_edtf, date_basis, date_anchor_id FROM incident")
    assert found == [("last monday", "2019-12-09", "inferred", 1)]
    assert drafts.pending(sqlite_store.database.shown) == []


async def test_an_incident_is_saved_with_who_did_it_according_to_whom_and_new_actors_in_one_action(
    sqlite_store: Store,
) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        await keys(pilot, "Rocket attack")
        await type_in(pilot, form.rows["category"], "rocket")
        await pilot.press("tab", "f3")
        await until(pilot, lambda: any(block.rows["actor"].place.has_focus for block in form.query(PartBlock)))
        rows = form.query_one(PartBlock).rows
        await keys(pilot, "KH")
        await until(pilot, lambda: offered(rows["actor"]))
        assert offered(rows["actor"])[0].startswith("A-1 Kataib Hezbollah")
        await pilot.press("tab")
        await keys(pilot, "perp")
        await pilot.press("tab")
        assert rows["role"].typed == "perpetrator"
        assert rows["asserted_by"].place.has_focus
        await keys(pilot, "US official")
        await until(pilot, lambda: "+ new actor “US official”" in offered(rows["asserted_by"]))
        await pilot.press("up", "enter") if len(offered(rows["asserted_by"])) > 1 else await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NewActorForm) and app.screen.ready)
        assert app.form.rows["name"].typed == "US official"
        await type_in(pilot, app.form.rows["kind"], "person")
        await type_in(pilot, app.form.rows["generic"], "yes")
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is form)
        await type_in(pilot, rows["stance"], "accuses")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
        assert app.saved.sentence == "Added I-1 Rocket attack with 1 involvement and 1 new actor"
    found = sqlite_store.sql("SELECT incident_id, actor_id, role, asserted_by_id, stance FROM involvement")
    assert found == [(1, 1, "perpetrator", 3, "accuses")]
    assert sqlite_store.sql("SELECT name, kind, generic FROM actor WHERE id = 3") == [("US official", "person", 1)]
    sqlite_store.casebook().undo()
    assert sqlite_store.sql("SELECT count(*) FROM incident WHERE deleted_at IS NULL") == [(0,)]
    assert sqlite_store.sql("SELECT count(*) FROM actor WHERE deleted_at IS NULL") == [(2,)]


async def test_what_a_date_is_read_as_stands_below_it_and_the_other_reading_can_be_taken(sqlite_store: Store) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", values={"title": "x", "category": "protest"})
        row = form.rows["date"]
        await type_in(pilot, row, "last monday")
        assert row.told == "→ Mon 9 Dec 2019, from SRC-1 · ↓ or Mon 2 Dec 2019"
        await pilot.press("down")
        await until(pilot, lambda: offered(row))
        assert offered(row) == ["Mon 9 Dec 2019", "Mon 2 Dec 2019"]
        await pilot.press("down", "enter")
        await until(pilot, lambda: row.typed == "last monday = 2019-12-02")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
    found = sqlite_store.sql("SELECT date_words, date_edtf, date_basis, date_anchor_id FROM incident")
    assert found == [("last monday", "2019-12-02", "stated", None)]


async def test_dates_are_told_from_the_source_that_is_chosen(sqlite_store: Store) -> None:
    fill(sqlite_store)
    sqlite_store.casebook().add(
        "source", parse_values(BY_NAME["source"], {"title": "Later", "published": "2020-01-08"})
    )
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", values={"title": "x", "category": "protest"})
        await type_in(pilot, form.rows["date"], "yesterday")
        assert form.rows["date"].told == "→ Tue 7 Jan 2020, from SRC-2"
        await type_in(pilot, form.rows["told_from"], "SRC-1")
        await pilot.press("tab")
        await until(pilot, lambda: form.rows["date"].told == "→ Fri 13 Dec 2019, from SRC-1")


async def test_without_a_source_relative_words_say_what_they_need(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        await type_in(pilot, form.rows["date"], "yesterday")
        await pilot.press("tab")
        await until(pilot, lambda: form.rows["date"].wrong)
        assert "choose a source with a day of publication" in form.rows["date"].wrong


async def test_what_is_missing_is_said_and_the_first_of_it_gets_the_focus(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident")
        await type_in(pilot, form.rows["killed_low"], "5")
        await type_in(pilot, form.rows["killed_best"], "2")
        await type_in(pilot, form.rows["wounded_low"], "many")
        await pilot.press("tab")
        await until(pilot, lambda: form.rows["wounded_low"].wrong)
        await pilot.press("f2")
        await until(pilot, lambda: form.rows["title"].place.has_focus)
        wrong = {name for name, row in form.rows.items() if row.wrong}
        assert wrong == {"title", "category", "killed_low", "wounded_low"}
        assert form.rows["wounded_low"].typed == "many"
        await keys(pilot, "x")
        assert form.rows["title"].wrong == ""
        assert app.given == []
    assert sqlite_store.sql("SELECT count(*) FROM incident") == [(0,)]


async def test_an_edit_sends_only_what_was_changed_and_a_cleared_field_is_unknown(sqlite_store: Store) -> None:
    fill(sqlite_store)
    texts = {"title": "Raid", "category": "arrest", "killed_best": "0", "wounded_best": "3", "lat": "33.25"}
    sqlite_store.casebook().add("incident", parse_values(BY_NAME["incident"], texts))
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=1)
        assert (form.rows["killed_best"].typed, form.rows["lat"].typed) == ("0", "33.25")
        await type_in(pilot, form.rows["wounded_best"], "")
        await pilot.press("backspace")
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
    found = sqlite_store.sql("SELECT title, killed_best, wounded_best, lat, version FROM incident")
    assert found == [("Raid", 0, None, 33.25, 2)]
    (changes,) = sqlite_store.sql("SELECT changes FROM revision WHERE kind = 'incident' AND op = 'update'")
    assert "wounded_best" in changes[0]
    assert "title" not in changes[0]


@pytest.mark.parametrize(
    ("answer", "titles"), [("s", ["Raid, second"]), ("d", ["Raid"]), ("k", ["Raid"]), ("escape", ["Raid"])]
)
async def test_escape_on_what_is_not_saved_asks(sqlite_store: Store, answer: str, titles: list[str]) -> None:
    sqlite_store.casebook().add("incident", {"title": "Raid", "category": "arrest"})
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", id=1)
        await type_in(pilot, form.rows["title"], "Raid, second")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert str(app.focused.label).strip() == "k Keep editing"  # type: ignore[union-attr]
        await pilot.press(answer)
        if answer in "sd":
            await until(pilot, lambda: app.given)
        else:
            await until(pilot, lambda: app.screen is form)
            assert form.rows["title"].typed == "Raid, second"
    assert [row[0] for row in sqlite_store.sql("SELECT title FROM incident")] == titles


async def test_a_new_actors_name_shows_those_that_are_alike(sqlite_store: Store) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "actor")
        await keys(pilot, "hezbollah")
        await pilot.press("tab")
        await until(pilot, lambda: form.rows["name"].told == "alike: A-1 Kataib Hezbollah")


async def test_escape_on_an_untouched_form_closes_it(sqlite_store: Store) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        await open_form(pilot, app, "statement", values={"speaker": "A-2"})
        await until(pilot, lambda: app.form.rows["speaker"].typed == "A-2 Mike Pompeo")
        await pilot.press("escape")
        await until(pilot, lambda: app.given == [None])


async def test_a_reference_typed_in_full_is_found_and_an_unknown_one_is_said(sqlite_store: Store) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "relation")
        await type_in(pilot, form.rows["from_actor"], "kh")
        form.rows["type"].place.focus()
        await until(pilot, lambda: form.rows["from_actor"].typed == "A-1 Kataib Hezbollah")
        await type_in(pilot, form.rows["to_actor"], "SRC-1")
        form.rows["type"].place.focus()
        await until(pilot, lambda: form.rows["to_actor"].wrong)
        assert form.rows["to_actor"].wrong == "“SRC-1” is a source; choose an actor"


@pytest.mark.parametrize("kind", ["incident", "statement", "source", "tally", "involvement", "citation", "actor"])
async def test_hostile_text_in_every_field_is_inert_and_kept(sqlite_store: Store, kind: str) -> None:
    fill(sqlite_store)
    app = FormApp(sqlite_store.database)
    async with running(app, (70, 30)) as pilot:
        form = await open_form(pilot, app, kind)
        for number, row in enumerate(form.query(FieldRow)):
            words = HOSTILE[number % len(HOSTILE)]
            await go_to(pilot, row.place)
            if isinstance(row.place, TextArea):
                row.place.load_text(f"{words}\n{words}")
            else:
                row.place.value = words
        form.action_save()
        await until(pilot, lambda: "Not saved" in str(form.query_one("#said").render()))
        assert isinstance(app.screen, RecordForm)
        assert "\x1b" not in app.export_screenshot()
        assert app.given == []


async def test_hostile_text_is_saved_clean(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "incident", values={"category": "protest"})
        form.rows["title"].place.focus()
        form.rows["title"].place.value = "[@click=app.quit]go[/x] \x1b[31m\u202e"  # type: ignore[union-attr]
        await go_to(pilot, form.rows["place_name"].place)
        form.rows["place_name"].place.post_message(Paste("two\nlines \x1b]2;x\x07end"))
        await until(pilot, lambda: form.rows["place_name"].typed)
        form.rows["summary"].place.load_text("a\n[/]\x00b")  # type: ignore[union-attr]
        await pilot.press("f2")
        await until(pilot, lambda: app.given)
    found = sqlite_store.sql("SELECT title, place_name, summary FROM incident")
    assert found == [("[@click=app.quit]go[/x] [31m", "two lines ]2;xend", "a\n[/]b")]


def test_every_field_that_can_be_written_is_in_its_form_once() -> None:
    for kind in KINDS:
        shown = [field.name for _, fields in sections(kind) for field in fields if field.name != "told_from"]
        assert sorted(shown) == sorted(field.name for field in kind.form_fields), kind.name


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS[:14]])
async def test_what_a_form_shows_of_a_record_is_what_it_holds(sqlite_store: Store, kind: str) -> None:
    book = sqlite_store.casebook()
    fill(sqlite_store)
    book.add("incident", {"title": "One", "category": "protest"})
    book.add("incident", {"title": "Two", "category": "protest"})
    book.add("statement", {"speaker_id": 1, "kind": "deny", "mode": "paraphrase", "paraphrase": "not us"})
    book.add("involvement", {"incident_id": 1, "actor_id": 1, "role": "target", "stance": "claims"})
    book.add("tally", {"incident_id": 1, "measure": "killed", "best": 1})
    book.add("evidence", {"source_id": 1, "start": 0, "end": 3, "exact": "abc"})
    declared = BY_NAME[kind]
    texts = {f.name: _sample(f.type, f.codes) for f in declared.form_fields if f.type != "ref" and f.name != "country"}
    texts |= {"start": "0", "end": "9", "mode": "verbatim"} if kind in ("evidence", "statement") else {}
    texts = {name: value for name, value in texts.items() if name in declared.by_name}
    values = parse_values(declared, texts, Context())
    references = [f for f in declared.form_fields if f.type == "ref"]
    wanted = references[:2] if kind == "citation" else references
    values |= {f"{f.name}_id": 2 if f.name in ("b", "to_actor") else 1 for f in wanted}
    for name in ("parent_id", "repeats_id", "supersedes_id"):
        values.pop(name, None)
    if kind == "statement_actor":
        values["role"] = "co_speaker"
    saved = book.add(kind, values)
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, kind, id=saved.id)
        await until(pilot, lambda: not form.altered())
        shown = {name: row for name, row in form.rows.items() if name != "told_from"}
        for name, row in shown.items():
            for column, value in row.values().items():
                if not column.endswith(("_basis", "_anchor_id")):
                    assert value == form.base[column], (name, column)


def _sample(type_: str, codes_: str) -> str:
    from tracker.model import codes

    if type_ in ("code", "codes"):
        return codes.values(codes_)[-1]
    samples = {"int": "5", "real": "33.25", "bool": "no", "date": "9 Dec 2019", "stamp": "2019-12-14"}
    return samples.get(type_, "word; with, signs = [sic]")


async def test_a_code_typed_in_full_is_not_completed_to_a_longer_one(sqlite_store: Store) -> None:
    app = FormApp(sqlite_store.database)
    async with running(app) as pilot:
        form = await open_form(pilot, app, "actor")
        await pilot.press(*"Britain", "tab", *"state", "tab")
        await until(pilot, lambda: not form.rows["kind"].place.has_focus)
        assert form.rows["kind"].typed == "state"
        assert set(form.altered()) == {"name", "kind"}
