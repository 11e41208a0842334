"""Holds the texts of workbooks: what is written comes back, whatever of it looks like an escape."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.sheettext import decoded, encoded

PIECES = st.sampled_from(["_", "x", "_x", "005F", "000D", "d83d", "\r", "\n", "_x0041", "_x005F_", "A", "é", "=", "\t"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_what_is_written_comes_back(text: str) -> None:
    assert decoded(encoded(text)) == text
    assert "\r" not in encoded(text)


def test_only_what_would_be_read_otherwise_is_written_otherwise() -> None:
    for plain in ("", "a_b", "_x", "max_x000_", "_xGGGG_", "a\nb"):
        assert encoded(plain) == plain
    assert encoded("_x000D_") == "_x005F_x000D_"
    assert encoded("a\rb") == "a_x000D_b"
