"""The page of a record with keyboard and mouse: going on, coming back, changing, and what others changed meanwhile."""

from pathlib import Path

import pytest
from pages_app import PagesApp, example, until

from tracker.tui.render.lines import Link
from tracker.tui.screens.history import HistoryScreen
from tracker.tui.screens.pages import RecordPage
from tracker.tui.widgets.card_view import CardView


@pytest.fixture
def app(tmp_path: Path) -> PagesApp:
    return PagesApp(example(tmp_path))


def page(app: PagesApp) -> RecordPage:
    assert isinstance(app.screen, RecordPage)
    return app.screen


def view(app: PagesApp) -> CardView:
    return app.screen.query_one(CardView)


def loaded(app: PagesApp, ref: str) -> bool:
    screen = app.screen
    return isinstance(screen, RecordPage) and screen.ref == ref and screen.card is not None and bool(plain(app))


def plain(app: PagesApp) -> str:
    """All that the page has to show, in view or not; nothing while it is not there yet."""
    return "".join(found.plain for found in app.screen.query(CardView))


def screen_lines(app: PagesApp) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (140, 45), (200, 50)])
async def test_an_incident_page_fits_any_screen(app: PagesApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        app.open_record("incident", 3)
        await until(pilot, lambda: loaded(app, "I-3"))
        await pilot.pause()
        shown = screen_lines(app)
        assert shown[0].startswith(" I-3  Run of rocket attacks on bases in Iraq")
        assert "until 14 Dec 2019?" in "\n".join(shown)
        assert "nobody claims · nobody denies" in view(app).plain
        assert "esc" in shown[-1]
        widths = {view(app).render_line(y).cell_length for y in range(view(app).size.height)}
        assert widths == {view(app).size.width}


async def test_enter_goes_on_and_escape_comes_back_to_the_same_line(app: PagesApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_record("incident", 2)
        await until(pilot, lambda: loaded(app, "I-2"))
        await pilot.press("tab")
        assert view(app).link == Link("actor", 15)
        await pilot.press("enter")
        await until(pilot, lambda: loaded(app, "A-15"))
        assert "US forces in Iraq" in screen_lines(app)[0]
        await pilot.press("escape")
        assert page(app).ref == "I-2"
        assert view(app).link == Link("actor", 15)
        await pilot.press("backspace")
        assert not isinstance(app.screen, RecordPage)


async def test_keys_open_forms_and_copy_a_citation(app: PagesApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_record("statement", 3)
        await until(pilot, lambda: loaded(app, "S-3"))
        await pilot.press("e", "a", "y")
        assert app.forms == [("statement", 3), ("statement", None)]
        await until(pilot, lambda: app.copied)
        assert app.copied[0].startswith("“We hope and pray")


async def test_delete_says_how_to_undo_and_goes_back_and_undo_brings_it_back(app: PagesApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_record("incident", 2)
        await until(pilot, lambda: loaded(app, "I-2"))
        await pilot.press("d")
        await until(pilot, lambda: app.said)
        assert app.said[0].startswith("Deleted I-2 Second rocket attack")
        assert app.said[0].endswith("u undoes")
        assert not isinstance(app.screen, RecordPage)
        app.open_record("incident", 2)
        await until(pilot, lambda: "deleted" in plain(app))
        assert "u undoes" in view(app).plain
        assert page(app).check_action("edit_record", ()) is None
        await pilot.press("u")
        await until(pilot, lambda: loaded(app, "I-2"))
        assert "Mike Pompeo" in view(app).plain


async def test_a_change_is_read_in_place_and_the_scroll_position_stays(app: PagesApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        app.open_record("incident", 3)
        await until(pilot, lambda: loaded(app, "I-3"))
        await pilot.press("pagedown", "pagedown")
        top, link = view(app).scroll_offset.y, view(app).link
        assert top > 20
        app.desk.write(lambda book: book.edit("incident", 3, {"weapon": "mortars"}, version=1), app.written)
        await until(pilot, lambda: "mortars" in view(app).plain)
        assert (view(app).scroll_offset.y, view(app).link) == (top, link)
        assert page(app).card.version == 2


async def test_a_page_below_another_reads_again_when_it_comes_into_view(app: PagesApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_record("incident", 2)
        await until(pilot, lambda: loaded(app, "I-2"))
        app.open_record("actor", 15)
        await until(pilot, lambda: loaded(app, "A-15"))
        app.desk.write(lambda book: book.edit("actor", 15, {"name": "US troops"}, version=1), app.written)
        await until(pilot, lambda: page(app).card.title == "US troops")
        await pilot.press("escape")
        await until(pilot, lambda: "US troops" in plain(app))
        assert page(app).ref == "I-2"


async def test_only_actors_merge_and_history_is_that_of_the_record(app: PagesApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_record("actor", 9)
        await until(pilot, lambda: loaded(app, "A-9"))
        assert page(app).check_action("merge_actors", ())
        await pilot.press("H")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.screen._rows)
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.ref == "A-9"
        await pilot.press("escape")
        app.open_record("source", 1)
        await until(pilot, lambda: loaded(app, "SRC-1"))
        assert page(app).check_action("merge_actors", ()) is False


async def test_the_source_page_shows_its_evidence_in_order_and_leads_to_what_rests_on_it(app: PagesApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        app.open_record("source", 1)
        await until(pilot, lambda: loaded(app, "SRC-1"))
        shown = view(app).plain
        assert "? 66 not checked" in shown
        assert shown.index("caption · 245–262") < shown.index("body · 705–913") < shown.index("body · 916–1,081")
        await pilot.press("end")
        link = view(app).link
        assert link is not None
        await pilot.press("enter")
        await until(pilot, lambda: page(app).kind.name == link.kind and page(app).record_id == link.id)


async def test_hostile_titles_are_literal_everywhere_on_the_page(app: PagesApp) -> None:
    title = "[@click=app.quit]x[/] \x1b]2;PWNED\x07 \u202e[bold"
    async with app.run_test(size=(100, 30)) as pilot:
        app.desk.write(lambda book: book.edit("incident", 2, {"title": title}, version=1), app.written)
        await until(pilot, lambda: app.said)
        app.open_record("incident", 2)
        await until(pilot, lambda: loaded(app, "I-2"))
        await pilot.pause()
        shown = screen_lines(app)
        assert "[@click=app.quit]x[/] ␛]2;PWNED␇" in shown[0]
        assert not {"\x1b", "\x07", "\u202e"} & set("".join(shown))
