"""A situation report on the incidents that a filter picks, as one HTML file or as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tracker.exchange.report.blocks import Document
from tracker.exchange.report.build import LISTED, report
from tracker.exchange.report.html import html
from tracker.exchange.report.markdown import markdown
from tracker.exchange.writers import Sink

__all__ = ["FORMATS", "LISTED", "report", "write"]

_WRITERS: dict[str, Callable[[Document], Iterator[str]]] = {"html": html, "md": markdown}
FORMATS = tuple(_WRITERS)
"""What a report can be written as."""


def write(file: Sink, document: Document, form: str) -> None:
    """Write a report in one of `FORMATS`, UTF-8 with LF."""
    for piece in _WRITERS[form](document):
        # A lone surrogate, which no encoding has, is the one thing that cannot be kept.
        file.write(piece.encode(errors="replace"))
