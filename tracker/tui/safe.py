"""The last border before the terminal: user text goes in as literal content, and every finished line is scrubbed."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from tracker import text


def label(value: str) -> Content:
    """A line of user text for widgets that take Content; never markup."""
    return Content(text.screen(value))


class Scrub(LineFilter):
    """Takes out of every finished line what could steer a terminal, wherever it came from."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with control characters replaced and links dropped."""
        return [_scrubbed(segment) for segment in segments]


def _scrubbed(segment: Segment) -> Segment:
    words, style, control = segment
    if control:
        return segment
    clean = words if words.isascii() and words.isprintable() else text.screen(words)
    if style is not None and style.link:
        style = style.update_link(None)
    return Segment(clean, style) if clean is not words or style is not segment.style else segment
