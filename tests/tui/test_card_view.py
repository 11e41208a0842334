"""The sections of a page before a keyboard: moving among links, scrolling, resizing, reloading in place."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content

from tracker.tui.render.lines import Line, Link, Section, line
from tracker.tui.widgets.card_view import CURSOR_GLYPH, CardView


def sections(width: int) -> Sequence[Section]:
    first = (line("plain"), line("to Iran", link=Link("actor", 9)), *(line(f"filler {n}") for n in range(30)))
    second = (line("to I-3", link=Link("incident", 3)), line("[bold]x[/]\x1b]2;t\x07", link=Link("statement", 1)))
    return [Section("One", first), Section("Two", (*second, line(f"width {width}")))]


class ViewApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Link] = []

    def compose(self) -> ComposeResult:
        yield CardView()

    def on_mount(self) -> None:
        self.view.focus()
        self.view.show(sections)

    @property
    def view(self) -> CardView:
        return self.query_one(CardView)

    def on_card_view_opened(self, event: CardView.Opened) -> None:
        self.opened.append(event.link)

    def shown(self) -> list[str]:
        return [self.view.render_line(y).text.rstrip() for y in range(self.view.size.height)]


async def test_tab_goes_from_link_to_link_and_enter_opens() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("enter", "tab", "enter", "tab", "enter", "tab", "enter")
        assert app.opened == [Link("actor", 9), Link("incident", 3), Link("statement", 1), Link("actor", 9)]
        await pilot.press("shift+tab")
        assert app.view.link == Link("statement", 1)


async def test_down_scrolls_towards_a_link_that_is_out_of_view() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        assert app.view.link == Link("actor", 9)
        await pilot.press("j")
        assert (app.view.link, app.view.scroll_offset.y) == (Link("actor", 9), 1)
        await pilot.press(*["down"] * 25)
        assert app.view.link == Link("statement", 1)
        await pilot.press("k")
        assert app.view.link == Link("incident", 3)


async def test_end_home_and_pages_take_the_cursor_along() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("G")
        assert "  width 56" in app.shown()
        assert app.view.link == Link("statement", 1)
        await pilot.press("g")
        assert app.shown()[:3] == ["  One", "  plain", f"{CURSOR_GLYPH} to Iran"]
        assert app.view.link == Link("actor", 9)
        await pilot.press("pagedown")
        assert app.view.scroll_offset.y == 15


async def test_every_line_fills_the_widget_and_holds_no_control_character() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("end")
        strips = [app.view.render_line(y) for y in range(app.view.size.height)]
        assert {strip.cell_length for strip in strips} == {app.view.size.width}
        assert f"{CURSOR_GLYPH} [bold]x[/]␛]2;t␇" in app.shown()


async def test_another_width_lays_out_again_and_keeps_the_cursor() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("tab")
        await pilot.resize_terminal(100, 20)
        await pilot.pause()
        assert app.view.link == Link("incident", 3)
        assert "width 96" in app.view.plain


async def test_reading_again_keeps_the_place() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.press("tab")
        top = app.view.scroll_offset.y
        app.view.show(lambda width: [Section("New", (Line(Content("new"), Link("actor", 1)),)), *sections(width)])
        await pilot.pause()
        assert (app.view.link, app.view.scroll_offset.y) == (Link("incident", 3), top)


async def test_a_click_puts_the_cursor_there_and_a_second_one_opens() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 40)) as pilot:
        place = app.shown().index("  to I-3")
        await pilot.click(CardView, offset=(4, place))
        assert (app.view.link, app.opened) == (Link("incident", 3), [])
        await pilot.click(CardView, offset=(4, place))
        assert app.opened == [Link("incident", 3)]


async def test_words_marked_with_the_mouse_can_be_copied() -> None:
    app = ViewApp()
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.mouse_down(CardView, offset=(2, 1))
        await pilot.hover(CardView, offset=(4, 2))
        await pilot.mouse_up(CardView, offset=(4, 2))
        assert app.screen.get_selected_text() == "plain\nto "
