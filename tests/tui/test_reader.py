"""The reader screen: suggestions decided on with a key each, saved at once, taken back by undo."""

from __future__ import annotations

from typing import Any

from conftest import Store
from form_app import FormApp, keys, offered, until
from reader_app import TEXT, at, on_screen, press, queued, reading, take_in, told

from tracker.store.reading_desk import queue
from tracker.tui.app import TrackerApp
from tracker.tui.reader.article_view import ArticleView
from tracker.tui.reader.choosing import ChooseActor
from tracker.tui.reader.editing import SuggestionForm
from tracker.tui.reader.screen import ReaderScreen
from tracker.tui.screens.dialogs import Ask
from tracker.tui.screens.pages import RecordPage


def statuses(store: Store) -> dict[str, str]:
    """The status of each suggestion by its kind and where it stands."""
    return {f"{one.kind}@{one.start}": one.status for one in queue(store.reader(), 1)}


def count(store: Store, kind: str) -> int:
    return int(store.sql(f"SELECT count(*) FROM {kind} WHERE deleted_at IS NULL")[0][0])


REPLY = at("“We will answer every shell,”")[0]
DENIAL = at("“We shelled nothing at all.”")[0]


async def test_the_queue_follows_the_text_and_tells_kind_confidence_and_value(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (_, screen):
        assert [line[:36] for line in queued(screen)[:4]] == [
            "▸· date      .95 Monday → Mon 29 Apr",
            " · statement .97 Ilyas Verran · thre",
            " · actor     .90 Ilyas Verran · pers",
            " · statement .70 al-Sahil Front · de",
        ]
        assert "a date by hand (hand)" in told(screen, "detail")
        assert told(screen, "count").endswith("0 of 4 decided")
        assert told(screen, "what") == "SRC-1 Shells · Coast Post"
        assert [line.strip() for line in on_screen(screen) if "ferries" in line] == ["READ MORE: The ferries of Qasr"]


async def test_accepting_a_statement_writes_it_with_its_evidence_and_undo_takes_all_back(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await press(pilot, screen, "j", "a")
        assert sqlite_store.sql("SELECT quote FROM statement") == [("We will answer every shell",)]
        exact = sqlite_store.sql(
            "SELECT e.exact FROM evidence e JOIN citation c ON c.evidence_id = e.id"
            " WHERE c.statement_id IS NOT NULL AND c.field = 'quote'"
        )
        assert exact == [("We will answer every shell",)]
        assert statuses(sqlite_store)[f"statement@{REPLY}"] == "accepted"
        assert screen.current is not None
        assert screen.current.kind == "statement"
        assert screen.current.start == DENIAL
        await press(pilot, screen, "u")
        assert [count(sqlite_store, kind) for kind in ("statement", "actor", "evidence", "citation")] == [0] * 4
        assert set(statuses(sqlite_store).values()) == {"pending"}
        assert screen.current.start == REPLY


async def test_keys_typed_ahead_act_on_what_the_key_before_left(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await press(pilot, screen, "a", "r", "u", "r", "a")
        now = statuses(sqlite_store)
        assert now[f"date@{at('Monday')[0]}"] == "accepted"
        assert now[f"statement@{REPLY}"] == "rejected"
        assert now[f"actor@{at('Ilyas Verran')[0]}"] == "accepted"
        assert count(sqlite_store, "statement") == 0
        assert told(screen, "count").endswith("3 of 4 decided")


async def test_moving_on_waits_for_the_decision_before_it(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await press(pilot, screen, "a", "j", "left", "n")
        assert screen.current is not None
        assert screen.current.start == DENIAL
        assert list(screen._nudged) == [screen.page.queue[2].id]  # type: ignore[union-attr]


async def test_accept_all_takes_the_sure_ones_as_one_step(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await press(pilot, screen, "A")
        assert [one.status for one in screen.page.queue] == ["accepted", "accepted", "accepted", "pending"]  # type: ignore[union-attr]
        assert screen.current is not None
        assert screen.current.start == DENIAL
        assert "Accepted 1 actor, 1 date, 1 statement" in told(screen, "said")
        await press(pilot, screen, "u")
        assert set(statuses(sqlite_store).values()) == {"pending"}


async def test_moving_an_end_changes_the_exact_words(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.press("j", "left", "left", "shift+right")
        assert screen.current is not None
        assert screen.current.value["quote"] == "will answer"
        await press(pilot, screen, "right", "a")
        assert sqlite_store.sql("SELECT quote FROM statement") == [("will answer every",)]
        assert ("will answer every",) in sqlite_store.sql("SELECT exact FROM evidence")
        assert statuses(sqlite_store)[f"statement@{REPLY}"] == "edited"


async def test_moved_words_are_not_lost_without_a_question(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.press("j", "left", "escape")
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("k")
        assert screen.is_current
        await pilot.press("escape", "l")
        assert not screen.is_attached
        assert set(statuses(sqlite_store).values()) == {"pending"}


async def test_a_date_is_read_anew_when_its_words_move(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.press("left")
        assert screen.current is not None
        assert screen.current.value["words"] == "Monday"
        await pilot.press("shift+left")
        assert screen.current.value["words"] == "on Monday"
        assert screen.current.value["edtf"] == "2024-04-29"
        await pilot.press("shift+right", "right", "right")
        assert screen.current.value["words"] == "Monday, the"


async def test_reading_goes_on_at_the_first_undecided(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await press(pilot, screen, "a", "r")
    async with reading(sqlite_store, source) as (pilot, screen):
        assert screen.current is not None
        assert screen.current.kind == "actor"
        await pilot.press("k", "k", "n")
        assert screen.current.kind == "actor"
        await pilot.press("n", "n")
        assert screen.current.kind == "actor"


async def test_what_another_decided_meanwhile_is_told_and_read_again(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        first = screen.page.queue[0]  # type: ignore[union-attr]
        sqlite_store.casebook("bob").decide(first.id, "rejected", version=first.version)
        await press(pilot, screen, "a")
        assert "Changed meanwhile, and read again" in told(screen, "said")
        assert screen.page is not None
        assert (screen.page.queue[0].status, screen.page.queue[0].decided_by) == ("rejected", "bob")


async def test_the_speaker_is_chosen_among_known_actors(sqlite_store: Store) -> None:
    colonel = sqlite_store.casebook().add("actor", {"name": "I. Verran", "kind": "person"})
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.press("s")
        assert "Only a statement has a speaker" in told(screen, "said")
        await pilot.press("j", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseActor))
        await keys(pilot, "v")
        dialog: Any = pilot.app.screen
        await until(pilot, lambda: offered(dialog.row) and dialog.row.place.suggestions.highlighted is not None)
        await pilot.press("enter")
        await until(pilot, lambda: dialog.row.record_id == colonel.id)
        await pilot.press("enter")
        await until(pilot, lambda: screen.settled and count(sqlite_store, "statement") == 1)
        assert sqlite_store.sql("SELECT speaker_id FROM statement") == [(colonel.id,)]
        assert count(sqlite_store, "actor") == 1


async def test_editing_opens_the_filled_form_and_accepts_what_it_says(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.press("j", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, SuggestionForm) and pilot.app.screen.ready)
        form: Any = pilot.app.screen
        assert form.rows["quote"].typed == "We will answer every shell"
        assert form.rows["speaker"].typed == "+ Ilyas Verran"
        assert count(sqlite_store, "statement") == 0
        form.rows["speaker"].fill("+ The colonel")
        form.actors["The colonel"] = {"name": "The colonel", "kind": "person", "generic": "yes"}
        form.rows["venue"].fill("Coast Radio")
        await pilot.press("f2")
        await until(pilot, lambda: screen.settled and count(sqlite_store, "statement") == 1)
        assert sqlite_store.sql("SELECT quote, venue FROM statement") == [("We will answer every shell", "Coast Radio")]
        assert sqlite_store.sql("SELECT name, generic FROM actor") == [("The colonel", 1)]
        assert statuses(sqlite_store)[f"statement@{REPLY}"] == "edited"


async def test_a_click_on_a_line_of_the_queue_or_on_words_of_the_text_goes_there(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await pilot.click("#queue", offset=(5, 2))
        assert screen.current is not None
        assert screen.current.kind == "actor"
        line = next(y for y, shown in enumerate(on_screen(screen)) if "We will answer" in shown)
        await pilot.click("#text", offset=(1 + on_screen(screen)[line].index("answer"), line))
        assert (screen.current.kind, screen.current.start) == ("statement", REPLY)
        await pilot.click("#text", offset=(2, 1))
        assert screen.current.start == REPLY


async def test_how_much_is_coded_stands_in_the_heading(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source) as (pilot, screen):
        await until(pilot, lambda: "coverage 0 %" in told(screen, "count"))
        await press(pilot, screen, "A")
        await until(pilot, lambda: "coverage 0 %" not in told(screen, "count"))
        assert "Wed 1 May 2024 · coverage" in told(screen, "count")


async def test_on_a_small_screen_the_queue_stands_below_the_text(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    async with reading(sqlite_store, source, size=(60, 15)) as (pilot, screen):
        await pilot.pause()
        text, listed = screen.query_one(ArticleView).region, screen.query_one("#queue").region
        assert listed.y >= text.bottom
        assert text.height >= 4
        assert listed.height >= 2
        assert text.width == 60
        await pilot.press("j", "j", "j")
        await pilot.pause()
        assert any("“We shelled" in line for line in on_screen(screen))
        assert any(line.startswith("▸· statement .70") for line in queued(screen))
        await press(pilot, screen, "a")
        assert statuses(sqlite_store)[f"statement@{DENIAL}"] == "accepted"


async def test_o_opens_the_reader_from_the_list_and_from_the_page_of_a_source(sqlite_store: Store) -> None:
    source = take_in(sqlite_store)
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    app.state.set("welcomed", True)
    app.state.set("list", "source")
    async with app.run_test(size=(120, 30)) as pilot:
        browse: Any = app.screen
        await until(pilot, lambda: browse.pane.table.cursor_id == source)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.page)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is browse)
        app.push_screen(RecordPage("source", source))
        await until(pilot, lambda: isinstance(app.screen, RecordPage) and app.screen.card)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.page)


async def test_o_does_nothing_where_there_is_no_text_to_read(sqlite_store: Store) -> None:
    sqlite_store.casebook().add("actor", {"name": "Verran", "kind": "person"})
    app = TrackerApp(sqlite_store.database, "ann", example=True)
    app.state.set("welcomed", True)
    app.state.set("list", "actor")
    async with app.run_test(size=(120, 30)) as pilot:
        browse: Any = app.screen
        await until(pilot, lambda: browse.pane.table.cursor_id == 1)
        await pilot.press("o")
        assert app.screen is browse


async def test_a_source_without_text_says_how_it_gets_one(sqlite_store: Store) -> None:
    source = sqlite_store.casebook().add("source", {"title": "Report", "kind": "news_article"})
    app = FormApp(sqlite_store.database)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = ReaderScreen(source.id)
        app.push_screen(screen)
        await until(pilot, lambda: screen.page is not None)
        await pilot.pause()
        assert "It has no text" in queued(screen)[0]
        await pilot.press("a", "e", "n", "left")
        assert TEXT not in queued(screen)[0]
        assert count(sqlite_store, "statement") == 0
