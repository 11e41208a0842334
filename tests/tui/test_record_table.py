"""The table of records before a source of a million rows: moving, sorting, marking, late answers, hostile text."""

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from tracker.tui.widgets.record_table import RecordTable, Row, TableColumn
from tracker.tui.widgets.table_lines import GAP, GUTTER, Layout, Look, Palette, row_strip

MILLION = 1_000_000
COLUMNS = (
    TableColumn("date", "Date", 12),
    TableColumn("title", "Title", 20, flex=1),
    TableColumn("killed", "Killed", 6, "right"),
    TableColumn("says", "Says who", 10, sortable=False),
)
HOSTILE = (
    "plain",
    "第二次火箭袭击在营地附近发生了",
    "👨‍👩‍👧‍👦 family 🇮🇶🇮🇷 👍🏽 flags",
    "cafe\u0301 e\u0301\u0302\u0303\u0304 zalgo",
    "هجوم صاروخي على المطار الدولي",
    "\x1b]2;PWNED\x07\x1b[31mred\x1b[0m",
    "\u202etxt.exe\u2066isolated",
    "[bold]x[/] [@click=app.quit]go[/] [/]",
    "tab\there\nline\r\nline\u2028end",
    "\x00\x85\x9b31m",
    "\u0301starts with a mark",
    "ends with a joiner\u200d",
    "–",
    "",
    "x" * 5000,
    "ก็ नमस्ते 각",
)


class Source:
    """Records numbered from 0, in order of their number or the other way round."""

    def __init__(self, total: int = MILLION, cells: Callable[[int], tuple[str, ...]] | None = None) -> None:
        self.total = total
        self.downwards = False
        self.gone: set[int] = set()
        self._cells = cells or (lambda n: (f"day {n}", f"Incident {n}", str(n % 90) if n % 3 else "–", "2 accuse"))

    def position(self, record_id: int) -> int | None:
        if record_id in self.gone or record_id >= self.total:
            return None
        return self.total - 1 - record_id if self.downwards else record_id

    def page(self, number: int) -> list[Row]:
        span = range(number * 100, min(self.total, number * 100 + 100))
        ids = [self.total - 1 - i if self.downwards else i for i in span]
        return [(n, self._cells(n)) for n in ids]


class TableApp(App[None]):
    """Answers the table at once, or, while `held`, not until it is told to."""

    CSS = "Input { dock: bottom; height: 1; border: none; }"

    def __init__(self, source: Source | None = None) -> None:
        super().__init__()
        self.source = source or Source()
        self.held = False
        self.asked: list[tuple[int, tuple[int, ...]]] = []
        self.cursors: list[tuple[int | None, int]] = []
        self.opened: list[int] = []
        self.sorts: list[str] = []
        self.marks: list[frozenset[int]] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(empty_text="No incident matches.\nClear the filter with Esc.")
        yield Input()

    def on_mount(self) -> None:
        self.table.focus()
        self.begin()

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    def begin(self, keep: int | None = None) -> int:
        sort = ("date", self.source.downwards)
        generation = self.table.begin(COLUMNS, sort, keep=keep)
        if keep is not None:
            self.table.locate(generation, keep, self.source.position(keep))
        self.table.set_total(generation, self.source.total, exact=True)
        return generation

    def answer(self, generation: int, pages: tuple[int, ...]) -> None:
        for page in pages:
            self.table.supply(generation, page, self.source.page(page))

    def on_record_table_pages_wanted(self, message: RecordTable.PagesWanted) -> None:
        assert message.control is self.table
        self.asked.append((message.generation, message.pages))
        if not self.held:
            self.answer(message.generation, message.pages)

    def on_record_table_cursor_moved(self, message: RecordTable.CursorMoved) -> None:
        self.cursors.append((message.record_id, message.index))

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        self.opened.append(message.record_id)

    def on_record_table_marked(self, message: RecordTable.Marked) -> None:
        self.marks.append(message.marked)

    def on_record_table_sort_requested(self, message: RecordTable.SortRequested) -> None:
        self.sorts.append(message.column_name)
        self.source.downwards = not self.source.downwards
        self.begin(keep=self.table.cursor_id)


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await pilot.pause()
    raise AssertionError("never came true")


async def started(pilot: Pilot[None]) -> RecordTable:
    app = pilot.app
    assert isinstance(app, TableApp)
    await until(pilot, lambda: app.table.cursor_id is not None and app.table.has_focus)
    return app.table


def strips(table: RecordTable) -> list[Strip]:
    return [table.render_line(y) for y in range(table.scrollable_content_region.height)]


def texts(table: RecordTable) -> list[str]:
    return [strip.text for strip in strips(table)]


async def test_the_first_page_is_asked_for_and_painted() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        header, first, *_, last = texts(table)
        assert header.split() == ["Date", "▲", "Title", "Killed", "Says", "who"]
        assert first.startswith("▌ day 0")
        assert last.startswith("  day 21")
        assert app.asked == [(1, (0,))]
        assert table.virtual_size.height == MILLION + 1
        await until(pilot, lambda: app.cursors[-1:] == [(0, 0)])


async def test_end_and_home_over_a_million_rows() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.press("end")
        await until(pilot, lambda: table.cursor_id == MILLION - 1)
        assert texts(table)[-1].startswith("▌ day 999999")
        await pilot.press("home")
        await until(pilot, lambda: table.cursor_id == 0)
        assert texts(table)[1].startswith("▌ day 0")


async def test_random_jumps_keep_few_pages_and_show_the_right_rows() -> None:
    app = TableApp()
    rng = random.Random(7)
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        for _ in range(60):
            target = rng.randrange(MILLION)
            table.locate(table.generation, target, target)
            await until(pilot, lambda target=target: table.cursor_id == target)  # type: ignore[misc]
            assert table.cached_pages <= 32
        top = table.scroll_offset.y
        await until(pilot, lambda: all("·" not in line for line in texts(table)))
        assert [int(line[2:].split()[1]) for line in texts(table)[1:]] == list(range(top, top + 22))
        assert table.cached_pages == 32


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        ("down", 1),
        ("j j j k", 2),
        ("j up", 0),
        ("up", 0),
        ("pagedown", 22),
        ("ctrl+d", 11),
        ("pagedown pagedown pageup", 22),
        ("ctrl+d ctrl+d ctrl+u", 11),
        ("G", MILLION - 1),
        ("end k", MILLION - 2),
        ("end pagedown", MILLION - 1),
        ("G g", 0),
    ],
)
async def test_keys_move_the_cursor_and_keep_it_in_view(keys: str, index: int) -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.press(*keys.split())
        await until(pilot, lambda: (table.cursor_id, table.cursor_index) == (index, index))
        assert sum(line.startswith("▌") for line in texts(table)) == 1
        await until(pilot, lambda: app.cursors[-1:] == [(index, index)])


async def test_the_page_ahead_comes_before_it_is_reached() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.press("pagedown")
        await until(pilot, lambda: table.cached_pages == 2)
        assert app.asked == [(1, (0,)), (1, (1,))]
        assert table.scroll_offset.y + 22 < 100


async def test_one_batch_is_out_at_a_time_and_the_next_is_for_where_the_view_is_now() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        app.held = True
        app.asked.clear()
        for target in (500_050, 200_050, 700_050):
            table.locate(1, target, target)
            await pilot.pause()
        assert app.asked == [(1, (5000,))]
        assert table.cursor_id is None
        assert app.cursors[-1] == (None, 700_050)
        assert texts(table)[-1].split() == ["▌", "·", "·", "·", "·"]
        app.answer(1, (5000,))
        await until(pilot, lambda: len(app.asked) == 2)
        assert app.asked[1] == (1, (7000,))
        app.answer(1, (7000,))
        await until(pilot, lambda: app.cursors[-1] == (700_050, 700_050))


async def test_a_batch_given_up_is_asked_for_again_when_the_cursor_moves() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        app.held = True
        await pilot.press("end")
        await until(pilot, lambda: len(app.asked) == 2)
        table.release(1)
        app.held = False
        await pilot.press("up")
        await until(pilot, lambda: table.cursor_id == MILLION - 2)
        assert app.asked[1] == app.asked[2] == (1, (9999,))


async def test_old_rows_stay_dimmed_until_the_first_new_page_and_stale_answers_are_dropped() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        bright = texts(table)
        app.held = True
        app.source.downwards = True
        old, late, newest = table.generation, app.begin(), app.begin()
        await until(pilot, lambda: table.stale)
        assert texts(table)[1:] == bright[1:]
        assert all(segment.style is not None and segment.style.dim for segment in list(strips(table)[2])[2:])
        for generation in (old, late):
            table.supply(generation, 0, [(5, ("stale", "stale", "1", "stale"))])
            table.set_total(generation, 1, exact=True)
        assert (table.shown_generation, table.total) == (old, MILLION)
        assert texts(table)[1:] == bright[1:]
        app.answer(newest, (0,))
        assert (table.shown_generation, table.stale, table.cursor_id) == (newest, False, MILLION - 1)
        assert texts(table)[1].startswith("▌ day 999999")
        assert not any(segment.style is not None and segment.style.dim for segment in list(strips(table)[2])[2:4])


async def test_an_answer_that_comes_quickly_never_dims_the_table() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        for _ in range(5):
            generation = app.begin()
            assert not table.stale
            await until(pilot, lambda generation=generation: table.shown_generation == generation)  # type: ignore[misc]
            assert not table.stale


async def test_a_click_on_a_label_sorts_and_a_second_one_turns_it_round() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.click(table, offset=(4, 0))
        await until(pilot, lambda: table.shown_generation == 2)
        assert app.sorts == ["date"]
        assert "Date ▼" in texts(table)[0]
        await pilot.click(table, offset=(5, 0))
        await until(pilot, lambda: table.shown_generation == 3)
        assert "Date ▲" in texts(table)[0]
        await pilot.click(table, offset=(75, 0))
        await pilot.click(table, offset=(63, 0))
        await until(pilot, lambda: len(app.sorts) == 3)
        assert app.sorts == ["date", "date", "killed"]


async def test_keys_sort_by_the_present_column_and_its_neighbours() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await started(pilot)
        await pilot.press("s", "greater_than_sign", "less_than_sign")
        await until(pilot, lambda: len(app.sorts) == 3)
        assert app.sorts == ["date", "title", "killed"]


async def test_the_cursor_stays_on_its_record_and_on_its_line_of_the_screen() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.press("pagedown", "j", "j", "j")
        await until(pilot, lambda: table.cursor_id == 25)
        line = next(y for y, text in enumerate(texts(table)) if text.startswith("▌"))
        await pilot.press("s")
        await until(pilot, lambda: table.shown_generation == 2)
        assert (table.cursor_id, table.cursor_index) == (25, MILLION - 26)
        assert texts(table)[line].startswith("▌ day 25 ")


async def test_when_the_record_is_gone_the_cursor_goes_to_the_nearest_line() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        table.locate(1, 5000, 5000)
        await until(pilot, lambda: table.cursor_id == 5000)
        app.source.gone.add(5000)
        app.begin(keep=5000)
        await until(pilot, lambda: table.shown_generation == 2)
        assert table.cursor_index == 5000
        app.source.total = 250
        app.begin(keep=5000)
        await until(pilot, lambda: table.shown_generation == 3 and table.cursor_id is not None)
        assert (table.cursor_id, table.cursor_index) == (249, 249)
        assert texts(table)[-1].startswith("▌ day 249")


async def test_no_page_is_asked_for_before_the_record_to_keep_is_located() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        app.asked.clear()
        generation = table.begin(COLUMNS, None, keep=77_777)
        table.set_total(generation, MILLION, exact=True)
        await pilot.pause()
        assert app.asked == []
        table.locate(generation, 77_777, 77_777)
        await until(pilot, lambda: table.cursor_id == 77_777)
        assert app.asked == [(generation, (777,))]


async def test_a_total_that_grows_and_shrinks() -> None:
    app = TableApp(Source(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        generation = table.begin(COLUMNS, None, keep=None)
        await until(pilot, lambda: table.shown_generation == generation)
        assert table.total == 100
        table.set_total(generation, 301, exact=False)
        await pilot.press("end")
        await until(pilot, lambda: table.cursor_id == 300)
        await until(pilot, lambda: table.total == 400)
        table.set_total(generation, 1000, exact=True)
        assert (table.total, table.cursor_index) == (1000, 300)
        table.set_total(generation, 200, exact=True)
        assert (table.total, table.cursor_index) == (200, 199)
        await until(pilot, lambda: texts(table)[-1].startswith("▌ day 199"))


async def test_an_exact_total_does_not_pull_the_view_back_to_the_cursor() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await until(pilot, lambda: table.allow_vertical_scroll)
        table.scroll_to(y=5000, animate=False)
        table.set_total(1, MILLION, exact=True)
        await until(pilot, lambda: texts(table)[1].startswith("  day 5000"))
        assert table.cursor_index == 0
        await pilot.press("j")
        assert texts(table)[1].startswith("▌ day 1 ")


async def test_a_click_selects_and_a_double_click_opens() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.click(table, offset=(20, 5))
        await until(pilot, lambda: table.cursor_id == 4)
        assert app.opened == []
        await pilot.click(table, offset=(20, 8), times=2)
        await until(pilot, lambda: app.opened == [7])
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.opened == [7, 8])


async def test_the_wheel_scrolls_the_view_and_leaves_the_cursor() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await until(pilot, lambda: table.allow_vertical_scroll)
        table.post_message(MouseScrollDown(table, 10, 5, 0, 0, 0, False, False, False))
        await until(pilot, lambda: table.scroll_offset.y > 0)
        assert table.cursor_index == 0
        assert not any(text.startswith("▌") for text in texts(table))


async def test_marks_stay_with_their_records() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.press("space", "j", "x", "j", "space", "x")
        await until(pilot, lambda: len(app.marks) == 4)
        assert table.marked == app.marks[-1] == {0, 1}
        assert [text[1] for text in texts(table)[1:4]] == ["●", "●", " "]
        await pilot.press("s")
        await until(pilot, lambda: table.shown_generation == 2)
        assert sum(text[1] == "●" for text in texts(table)) == 2
        table.clear_marks()
        assert not any("●" in text for text in texts(table))
        await until(pilot, lambda: app.marks[-1] == frozenset())


async def test_narrow_screens_scroll_sideways_and_keep_the_gutter() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 12)) as pilot:
        table = await started(pilot)
        await pilot.press("l")
        await until(pilot, lambda: table.scroll_offset.x == 12 + GAP)
        header, first = texts(table)[:2]
        assert header.startswith("  Title")
        assert first.startswith("▌ Incident 0")
        await pilot.press("right", "right", "right", "right")
        assert texts(table)[1].rstrip().endswith("2 accuse")
        assert {strip.cell_length for strip in strips(table)} == {39}
        await pilot.click(table, offset=(38, 0))
        await pilot.press("h", "h", "h", "left", "left")
        assert table.scroll_offset.x == 0
        assert app.sorts == []


async def test_end_is_not_hidden_behind_the_lower_scrollbar() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 12)) as pilot:
        table = await started(pilot)
        await until(pilot, lambda: table.show_horizontal_scrollbar)
        await pilot.press("end")
        await until(pilot, lambda: table.cursor_id == MILLION - 1)
        assert texts(table)[-1].startswith("▌ day 999999")


async def test_resizing_keeps_the_cursor_in_view_and_shares_the_width() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        table.locate(1, 500_000, 500_000)
        await until(pilot, lambda: table.cursor_id == 500_000)
        for width, height in [(60, 15), (140, 45), (30, 5), (250, 70), (80, 24)] * 4:
            await pilot.resize_terminal(width, height)
            await until(pilot, lambda width=width: table.size.width == width)  # type: ignore[misc]
            await until(pilot, lambda: any(text.startswith("▌ day 500000") for text in texts(table)))
            assert {strip.cell_length for strip in strips(table)} == {width - 1}
        assert table.cursor_id == 500_000
        assert table.has_focus


async def test_every_line_is_as_wide_as_the_next_and_nothing_controls_the_terminal() -> None:
    app = TableApp(Source(64, lambda n: tuple(HOSTILE[(n + i) % len(HOSTILE)] for i in range(4))))
    for size in ((60, 80), (61, 80), (33, 80)):
        async with app.run_test(size=size) as pilot:
            table = await started(pilot)
            for x in range(int(table.max_scroll_x) + 1):
                table.scroll_to(x=x, animate=False, force=True)
                for strip in strips(table):
                    assert strip.cell_length == sum(cell_len(segment.text) for segment in strip) == size[0] - 1
                    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in strip.text)
                    assert not set(strip.text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
            assert any("[bold]x[/" in text for text in texts(table))
        app = TableApp(app.source)


PLAIN = Palette(*[Style()] * 8)


@given(st.lists(st.text(max_size=40) | st.sampled_from(HOSTILE), max_size=6), st.integers(0, 90))
def test_columns_begin_at_the_same_cell_whatever_the_text(cells: list[str], viewport: int) -> None:
    layout = Layout(COLUMNS, viewport)
    strip = row_strip(cells, layout, PLAIN, Look())
    assert strip.cell_length == sum(cell_len(segment.text) for segment in strip) == layout.width
    at = 0
    starts = []
    for segment in strip:
        starts.append(at)
        at += cell_len(segment.text)
    assert set(layout.starts) <= set(starts)


def test_spare_width_is_shared_and_numbers_stand_to_the_right() -> None:
    layout = Layout(COLUMNS, 100)
    assert layout.needed == GUTTER + 12 + 20 + 6 + 10 + 3 * GAP
    assert layout.widths == [12, 20 + 100 - layout.needed, 6, 10]
    assert layout.width == 100
    row = row_strip(["a", "b", "12", "c"], layout, PLAIN, Look()).text
    assert row[layout.starts[2] :].startswith("    12  c")
    assert Layout(COLUMNS, 10).widths == [12, 20, 6, 10]


async def test_a_cursor_move_repaints_two_lines_and_a_page_only_its_own() -> None:
    app = TableApp()
    painted: list[int] = []

    class Watched(RecordTable):
        def render_line(self, y: int) -> Strip:
            painted.append(y)
            return super().render_line(y)

    class WatchedApp(TableApp):
        def compose(self) -> ComposeResult:
            yield Watched()
            yield Input()

    app = WatchedApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        await pilot.pause()
        painted.clear()
        await pilot.press("j")
        await until(pilot, lambda: bool(painted))
        assert sorted(set(painted)) == [1, 2]
        app.held = True
        table.scroll_to(y=90, animate=False, force=True)
        await until(pilot, lambda: len(app.asked) == 2)
        await pilot.pause()
        painted.clear()
        app.answer(1, app.asked[-1][1])
        await until(pilot, lambda: bool(painted))
        assert sorted(set(painted)) == list(range(11, 23))


async def test_no_rows_shows_the_sentence_in_the_middle() -> None:
    app = TableApp(Source(0))
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.table
        await until(pilot, lambda: table.shown_generation == 1)
        lines = texts(table)
        assert [y for y, line in enumerate(lines) if line.strip() and y] == [11, 12]
        assert lines[11].strip() == "No incident matches."
        assert abs(lines[11].index("N") - (79 - len("No incident matches.")) // 2) <= 1
        await pilot.press("enter", "space", "end", "pagedown", "j")
        assert (app.opened, app.marks, app.asked, table.cursor_index) == ([], [], [], 0)


async def test_unknown_is_faint_and_the_cursor_line_stands_out_without_focus_too() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        focused = strips(table)[1]
        assert [segment.text.strip() for segment in focused if segment.style and segment.style.dim] == ["–"]
        app.query_one(Input).focus()
        await until(pilot, lambda: not table.has_focus)
        blurred, other = strips(table)[1:3]
        backgrounds = [next(iter(strip)).style for strip in (focused, blurred, other)]
        assert len({style.bgcolor for style in backgrounds if style is not None}) == 3
        assert blurred.text.startswith("▌")


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""

    def luminance(colour: ColorTriplet) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", ["row", "cursor", "cursor-blurred", "header", "header-sorted", "empty"])
async def test_text_can_be_read_in_every_theme(look: str) -> None:
    app = TableApp(Source(10))
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        for name, theme in BUILTIN_THEMES.items():
            if "ansi" in name:
                continue
            app.theme = name
            await until(pilot, lambda theme=theme: app.current_theme is theme)  # type: ignore[misc]
            await pilot.pause()
            style = table.get_component_rich_style(f"record-table--{look}")
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor()) >= 4.5, name


async def test_another_theme_repaints_what_was_kept() -> None:
    app = TableApp()
    async with app.run_test(size=(80, 24)) as pilot:
        table = await started(pilot)
        dark = next(iter(strips(table)[2])).style
        app.theme = "solarized-light"
        await until(pilot, lambda: next(iter(strips(table)[2])).style != dark)


def test_every_key_has_an_id_a_tooltip_and_an_action_and_leaves_the_terminals_own_keys_alone() -> None:
    bindings = [binding for binding in RecordTable.BINDINGS if isinstance(binding, Binding)]
    assert len(bindings) == len(RecordTable.BINDINGS)
    assert len({binding.id for binding in bindings}) == len(bindings)
    for binding in bindings:
        assert binding.tooltip
        assert hasattr(RecordTable, "action_" + binding.action.partition("(")[0])
        assert not set(binding.key.split(",")) & {f"ctrl+{key}" for key in "hijmbasq"} | {"ctrl+enter", "escape"} & set(
            binding.key.split(",")
        )
    assert RecordTable.HELP
