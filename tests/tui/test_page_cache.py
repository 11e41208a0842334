"""Paging on its own: what is kept, what gives way, what is asked for next."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.widgets.page_cache import Generation, PageCache, Paging, Row


def rows(page: int, count: int = 100, size: int = 100) -> list[Row]:
    return [(page * size + i, (f"row {page * size + i}",)) for i in range(count)]


def known(total: int, *pages: int) -> Paging:
    paging = Paging()
    paging.set_total(total, exact=True)
    for page in pages:
        paging.put(page, rows(page))
    return paging


def test_the_page_not_looked_at_for_longest_gives_way() -> None:
    cache = PageCache(capacity=3)
    for page in range(3):
        cache.put(page, rows(page))
    assert cache.row(0) == (0, ("row 0",))
    cache.put(3, rows(3))
    assert (0 in cache, 1 in cache, 2 in cache, 3 in cache) == (True, False, True, True)
    assert cache.row(150) is None
    assert cache.version(150) == 0


def test_a_page_put_again_has_another_version_and_the_new_rows() -> None:
    cache = PageCache()
    cache.put(2, rows(2))
    before = cache.version(250)
    cache.put(2, [(7, ("new",))])
    assert cache.version(250) != before
    assert cache.row(200) == (7, ("new",))
    assert cache.row(201) is None


def test_more_rows_than_a_page_holds_do_not_spill() -> None:
    cache = PageCache(size=10)
    cache.put(0, rows(0, count=15, size=10))
    assert cache.row(9) == (9, ("row 9",))
    assert cache.row(10) is None


@given(st.lists(st.integers(0, 200), max_size=120), st.integers(1, 40))
def test_never_more_pages_than_the_capacity_and_always_the_latest(pages: list[int], capacity: int) -> None:
    cache = PageCache(capacity=capacity, size=1)
    for page in pages:
        cache.put(page, [(page, ())])
        assert page in cache
        assert len(cache) <= capacity
        assert cache.row(page) == (page, ())


@pytest.mark.parametrize(
    ("first", "last", "heading", "pages"),
    [
        (0, 39, 0, (0,)),
        (0, 39, 1, (0, 1)),
        (0, 39, -1, (0,)),
        (180, 219, 0, (1, 2)),
        (180, 219, 1, (1, 2, 3)),
        (180, 219, -1, (1, 2, 0)),
        (960, 999, 1, (9,)),
        (960, 1200, 0, (9,)),
    ],
)
def test_pages_in_view_come_first_and_then_the_one_ahead(
    first: int, last: int, heading: int, pages: tuple[int, ...]
) -> None:
    assert known(1000).wanted(first, last, heading) == pages


def test_pages_in_memory_are_not_wanted_but_the_one_ahead_is() -> None:
    assert known(1000, 1, 2).wanted(180, 219, 1) == (3,)
    assert known(1000, 1, 2, 3).wanted(180, 219, 1) == ()


def test_one_batch_at_a_time() -> None:
    paging = known(1000)
    paging.ask((0, 1))
    assert paging.waiting
    assert paging.wanted(500, 520, 0) == ()
    paging.put(0, rows(0))
    assert paging.wanted(500, 520, 0) == ()
    paging.put(1, rows(1))
    assert not paging.waiting
    assert paging.wanted(500, 520, 0) == (5,)


def test_a_batch_that_will_not_be_answered_can_be_asked_for_again() -> None:
    paging = known(1000)
    paging.ask((0,))
    paging.release()
    assert paging.wanted(0, 20, 0) == (0,)


def test_an_empty_list_wants_nothing() -> None:
    assert known(0).wanted(0, 40, 1) == ()


def test_length_grows_with_what_is_seen_until_the_total_is_exact() -> None:
    paging = Paging()
    assert paging.length == 0
    paging.put(0, rows(0))
    assert paging.length == 100
    paging.set_total(10_001, exact=False)
    assert paging.length == 10_001
    paging.put(100, rows(100, count=50))
    assert paging.length == 10_050
    paging.set_total(10_040, exact=True)
    assert paging.length == 10_040


def test_a_generation_that_keeps_a_record_is_not_ready_before_the_record_is_located() -> None:
    coming = Generation(1, (), None, keep=42)
    coming.paging.put(0, rows(0))
    assert not coming.ready
    coming.located = True
    assert coming.ready


def test_a_generation_waits_for_the_page_the_cursor_goes_to() -> None:
    coming = Generation(1, (), None, keep=None)
    coming.goal = 5000
    coming.paging.put(0, rows(0))
    assert not coming.ready
    coming.paging.put(50, [])
    assert not coming.ready
    coming.paging.set_total(60, exact=True)
    assert coming.target == 59
    assert coming.ready


def test_a_generation_without_rows_is_ready_at_once() -> None:
    coming = Generation(1, (), None, keep=42)
    coming.paging.set_total(0, exact=True)
    assert coming.empty
    assert coming.ready


def test_paging_needs_no_screen() -> None:
    code = "import sys, tracker.tui.widgets.page_cache; print({'textual', 'rich'} & set(sys.modules) or '')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
