"""Countries by ISO 3166 alpha-3 code and English names, to be suggested while a country is typed."""

from __future__ import annotations

from functools import cache

from tracker.text import fold
from tracker.tui.form_text import Suggestion

LINES = 8


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """(code, first name, all names folded for matching) of every country."""
    from tracker.exchange.countries import rows

    return tuple(
        (row["iso3"], row["names"].partition("|")[0], f" {fold(row['names'].replace('|', ' '))}") for row in rows()
    )


def suggested(typed: str) -> list[Suggestion]:
    """The countries whose code begins with what was typed, then those with a name of which a word does."""
    wanted = fold(typed.strip())
    if not wanted:
        return []
    by_code = [row for row in _rows() if row[0].lower().startswith(wanted)]
    if len(by_code) == 1 and by_code[0][0] == typed.strip():
        return []
    found = [*by_code, *(row for row in _rows() if f" {wanted}" in row[2] and row not in by_code)]
    return [Suggestion(code, f"{code} {name}") for code, name, _ in found[:LINES]]
