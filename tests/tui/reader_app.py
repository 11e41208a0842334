"""An invented article with suggestions made by hand, and a reader opened on it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from conftest import Store
from form_app import FormApp, until
from textual.pilot import Pilot
from textual.widgets import Static

from tracker.store.workbench import Suggested
from tracker.tui.reader.article_view import ArticleView
from tracker.tui.reader.queue_view import QueueView
from tracker.tui.reader.screen import ReaderScreen

TEXT = """Harbour of Qasr shelled

Mortar shells fell on the harbour of Qasr on Monday, the coast guard said.

“We will answer every shell,” said Colonel Ilyas Verran, commander of the Coast Guard.

READ MORE: The ferries of Qasr

A spokesman for the al-Sahil Front denied it: “We shelled nothing at all.”
"""


def at(words: str, whole: str = TEXT) -> tuple[int, int]:
    """Where words stand first."""
    start = whole.index(words)
    return start, start + len(words)


def suggestions() -> list[Suggested]:
    """A date, two statements with their speakers, an actor and a line that is no content, not in the text's order."""

    def one(kind: str, confidence: float, value: dict[str, Any], **roles: str) -> Suggested:
        spans = {role: [at(words)] for role, words in roles.items()}
        return Suggested(kind, spans, value, confidence, f"a {kind} by hand", "hand")

    reply = {"kind": "threaten", "quote": "We will answer every shell", "speaker_entity": "Ilyas Verran"}
    denial = {"kind": "deny", "quote": "We shelled nothing at all.", "speaker_entity": "al-Sahil Front"}
    monday = {"words": "Monday", "edtf": "2024-04-29", "anchor": "2024-05-01"}
    return [
        one("statement", 0.7, denial, quote="“We shelled nothing at all.”", inner="We shelled nothing at all.",
            speaker="the al-Sahil Front", cue="denied it"),
        one("statement", 0.97, reply, quote="“We will answer every shell,”", inner="We will answer every shell",
            speaker="Colonel Ilyas Verran", cue="said Colonel"),
        one("date", 0.95, monday, date="Monday"),
        one("actor", 0.9, {"name": "Ilyas Verran", "kind": "person"}, name="Ilyas Verran"),
        one("noise", 0.99, {"kind": "promo"}, noise="READ MORE: The ferries of Qasr"),
    ]  # fmt: skip


def take_in(store: Store, text: str = TEXT, suggested: Sequence[Suggested] | None = None, title: str = "Shells") -> int:
    """Store the article with its suggestions; gives back the id of the source."""
    source = {
        "title": title, "kind": "news_article", "publisher": "Coast Post", "published_edtf": "2024-05-01",
        "published_earliest": "2024-05-01", "published_latest": "2024-05-01", "published_precision": "day",
    }  # fmt: skip
    sha = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    found = suggestions() if suggested is None else suggested
    ingested = store.casebook().ingest(source, text, sha, found, engine="hand-1")
    return ingested.source_id


@asynccontextmanager
async def reading(
    store: Store, source_id: int, size: tuple[int, int] = (120, 30)
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """The reader on a source, once its text is there."""
    app = FormApp(store.database)
    async with app.run_test(size=size) as pilot:
        screen = ReaderScreen(source_id)
        app.push_screen(screen)
        await until(pilot, lambda: screen.page is not None and screen.query_one(ArticleView).lines)
        await pilot.pause()
        yield pilot, screen


async def press(pilot: Pilot[None], screen: ReaderScreen, *keys: str) -> None:
    """Press keys and wait until what they save is saved and read again."""
    await pilot.press(*keys)
    await until(pilot, lambda: screen.settled)


def on_screen(screen: ReaderScreen) -> list[str]:
    """The lines of the text in view."""
    view = screen.query_one(ArticleView)
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def queued(screen: ReaderScreen) -> list[str]:
    """The lines of the queue in view."""
    queue = screen.query_one(QueueView)
    return [queue.render_line(y).text.rstrip() for y in range(queue.size.height)]


def told(screen: ReaderScreen, name: str) -> str:
    """What a line of the screen says."""
    return str(screen.query_one(f"#{name}", Static).content)
