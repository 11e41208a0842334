"""The text of the reader: only lines in view are painted, cells are kept to, and hostile text stays text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import Store
from reader_app import on_screen, press, queued, reading, take_in, told
from rich.cells import cell_len

from tracker.store.reading_desk import Waiting
from tracker.store.workbench import Suggested
from tracker.tui.reader.article_view import ArticleView
from tracker.tui.reader.stretches import look, looks
from tracker.tui.reader.wrapping import wrap

HOSTILE = "[bold]not bold[/] \x1b]2;PWNED\x07 [@click=app.quit]x \u202eevil\u2066 漢字漢字 👨‍👩‍👧 a\u200db"


@pytest.mark.parametrize(
    ("whole", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo\r\nthree", 8, ["one", "", "two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("漢字漢字 ab", 6, ["漢字漢", "字 ab"]),
        ("né no née", 5, ["né no", "née"]),
        ("one two   ", 7, ["one two"]),
    ],
)
def test_lines_are_broken_between_words_at_the_width_in_cells(whole: str, width: int, lines: list[str]) -> None:
    broken = [whole[line.start : line.end] for line in wrap(whole, width)]
    assert broken == lines
    assert all(cell_len(line) <= width for line in broken)


def test_every_letter_of_a_text_is_in_one_line() -> None:
    whole = f"{HOSTILE}\n" * 40
    lines = wrap(whole, 17)
    shown = "".join(whole[line.start : line.end] for line in lines)
    assert "".join(shown.split()) == "".join(whole.split())
    assert all(one.end <= other.start for one, other in pairwise(lines))


def test_the_shorter_stretch_lies_on_top_and_what_is_no_content_below() -> None:
    def one(id_: int, kind: str, status: str, start: int, end: int) -> Waiting:
        role = {"statement": "quote", "actor": "name"}.get(kind, "noise")
        return Waiting(id_, 1, kind, start, end, {role: ((start, end),)}, {}, 0.9, "", "", status, "", "")

    queue = [
        one(1, "actor", "rejected", 2, 4), one(2, "statement", "accepted", 1, 8), one(3, "noise", "pending", 0, 9),
        one(4, "actor", "pending", 5, 7),
    ]  # fmt: skip
    found = [look(code) for code in looks(10, queue)]
    assert found[0].kind == "noise"
    assert found[1] == ("statement", "accepted")
    assert found[2] == ("statement", "accepted")
    assert found[5] == ("actor", "pending")
    assert found[9] == ("", "")


async def test_a_long_text_opens_and_scrolls_by_painting_only_what_is_seen(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    paint = ArticleView.paint

    def counted(view: ArticleView, index: int) -> object:
        painted.append(index)
        return paint(view, index)

    monkeypatch.setattr(ArticleView, "paint", counted)
    words = [f"word{number}" if number % 20 else f"word{number}.\n" for number in range(20_000)]
    whole = " ".join(words)
    start = whole.index("word19990")
    last = Suggested("date", {"date": [(start, start + 9)]}, {"words": "word19990"}, 0.5, "late", "hand")
    first = Suggested("date", {"date": [(6, 11)]}, {"words": "word1"}, 0.5, "early", "hand")
    async with reading(sqlite_store, take_in(sqlite_store, whole, [last, first])) as (pilot, screen):
        view = screen.query_one(ArticleView)
        assert len(view.lines) > 1_000
        assert max(painted) < 200
        painted.clear()
        await pilot.press("j")
        await pilot.pause()
        assert any("word19990" in line for line in on_screen(screen))
        assert len(set(painted)) <= 3 * view.size.height
        await pilot.press("home")
        await pilot.pause()
        assert on_screen(screen)[0].strip() == "word0."
        assert len(set(painted)) <= 6 * view.size.height


async def test_hostile_text_is_shown_as_text(sqlite_store: Store) -> None:
    whole = f"{HOSTILE}\n\n{HOSTILE}\n"
    value = {"name": "[bold]\x1b]2;x\x07[/nope]", "kind": "person", "title": "\x1b[31m"}
    bad = Suggested("actor", {"name": [(0, len(HOSTILE))]}, value, 0.9, "[/] [@click=app.quit]why\x1b", "[red]")
    source = take_in(sqlite_store, whole, [bad], title="[/] \x1b]2;T\x07")
    async with reading(sqlite_store, source) as (pilot, screen):
        shown = "\n".join([*on_screen(screen), *queued(screen), told(screen, "detail"), told(screen, "what")])
        assert "[bold]not bold[/]" in shown
        assert "[@click=app.quit]why" in shown
        assert not any(char in shown for char in "\x1b\x07\u202e\u2066")
        view = screen.query_one(ArticleView)
        widths = {view.render_line(y).cell_length for y in range(4)}
        assert widths == {view.scrollable_content_region.width}
        assert all(cell_len(view.render_line(y).text) == view.scrollable_content_region.width for y in range(4))
        await press(pilot, screen, "r")
        assert screen.page is not None
        assert screen.page.queue[0].status == "rejected"
