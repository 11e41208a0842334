"""Texts put together from columns: "{side_a} – {side_b}, {place}", where an empty part takes its separator along."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tracker.exchange.profile.shapes import refuse

_PART = re.compile(r"\{([^{}]+)\}")


def columns_of(template: str, where: str) -> tuple[str, ...]:
    """The columns a template names, in order; UsageError for a brace without its fellow."""
    names = tuple(_PART.findall(template))
    if set("{}") & set(_PART.sub("", template)):
        raise refuse(where, f"“{template}” has a brace without its fellow; write columns like {{side_a}}")
    return names


def compiled(template: str) -> Callable[[Sequence[str | None]], str]:
    """A function from the parts of a template (None or "" is empty) to its text.

    The text before the first part and after the last stands when any part is given; the text between two parts stands
    when both neighbours that are given enclose it, the first such one only.
    """
    pieces = _PART.split(template)
    before, after = pieces[0], pieces[-1]
    between = pieces[2:-1:2]

    def fill(parts: Sequence[str | None]) -> str:
        made, last = "", -1
        for at, part in enumerate(parts):
            if not part:
                continue
            # Of the separators beside dropped parts, the one before the part that stands is kept.
            made += (between[at - 1] if last >= 0 else before) + part
            last = at
        return made + after if last >= 0 else ""

    return fill


def whole_form(template: str) -> str:
    """The same as a %-format, for rows in which every part is given."""
    literals = [piece.replace("%", "%%") for piece in _PART.split(template)[::2]]
    return "%s".join(literals)
