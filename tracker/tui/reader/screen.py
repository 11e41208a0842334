"""The reader screen: the text on one side, the queue of suggestions on the other, each decided on with one key."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from tracker import text
from tracker.errors import Conflict, TrackerError
from tracker.store.reading_desk import Waiting
from tracker.tui.commands.registry import Redo, Undo, bindings
from tracker.tui.reader import page as pages
from tracker.tui.reader import telling
from tracker.tui.reader.article_view import ArticleView
from tracker.tui.reader.layout import CSS, HELP, NARROW, PAUSE
from tracker.tui.reader.nudging import Nudged, nudge, with_nudge
from tracker.tui.reader.page import Page
from tracker.tui.reader.queue_view import QueueView
from tracker.tui.reader.stretches import looks, marks
from tracker.tui.safe import label

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook
    from tracker.store.ledger import Saved
    from tracker.tui.reader.editing import Speaker


class ReaderScreen(Screen[None]):
    """An article beside what is suggested from it; every decision is saved at once."""

    AUTO_FOCUS = "ArticleView"
    HELP = HELP
    DEFAULT_CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader", "page"), Undo.binding(), Redo.binding()]

    def __init__(self, source_id: int) -> None:
        super().__init__()
        self.source_id = source_id
        self.page: Page | None = None
        self._place = 0
        self._nudged: dict[int, Nudged] = {}
        self._writing = False
        self._reading = False
        self._wrote = False
        self._ahead: deque[Callable[[], None]] = deque()
        self._covered: int | None = None
        self._timer: Timer | None = None

    @property
    def ref(self) -> str:
        """The REF of the source, whose history the history screen shows."""
        return f"SRC-{self.source_id}"

    @property
    def app_(self) -> Any:
        """The app, with its desk and its ways to other screens."""
        return self.app

    @property
    def current(self) -> Waiting | None:
        """The suggestion under the cursor, with its words as they were moved."""
        if self.page is None or not self.page.queue:
            return None
        return self._as_moved(self.page.queue[self._place])

    @property
    def settled(self) -> bool:
        """Whether everything that was decided is saved and read again."""
        return not (self._unsettled or self._ahead)

    @property
    def _unsettled(self) -> bool:
        return self._writing or self._reading or self.page is None

    def _later(self, work: Callable[[], None]) -> bool:
        """Whether a key has to wait for what is being saved, so that it acts on what the key before it left."""
        if self._unsettled:
            self._ahead.append(work)
        return self._unsettled

    def _as_moved(self, one: Waiting) -> Waiting:
        return with_nudge(one, self._nudged.get(one.id))

    def compose(self) -> ComposeResult:
        """The source, the text, the queue with what is told of its current line, and the footer."""
        with Horizontal(id="head"):
            yield Static(Content(self.ref), id="what")
            yield Static(id="count")
        with Horizontal(id="body"):
            yield ArticleView(id="text")
            with Vertical(id="side"):
                yield QueueView(id="queue")
                yield Static(id="detail")
                yield Static(id="said")
        yield Footer(show_command_palette=True)

    def on_mount(self) -> None:
        """Read the article."""
        self._read()

    def on_resize(self, event: events.Resize) -> None:
        """On a narrow screen the queue stands below the text."""
        self.set_class(event.size.width < NARROW, "-narrow")

    # Reading

    def store_changed(self) -> None:
        """Read again; the cursor goes to what undo took back."""
        self._read()

    def _read(self) -> None:
        self._reading = True
        self.app_.desk.read("reader", partial(pages.read, self.source_id), self._show, self._failed)

    def _failed(self, error: TrackerError) -> None:
        self._reading = False
        self._ahead.clear()
        self._say(str(error), wrong=True)

    def _show(self, page: Page) -> None:
        before, self.page, self._reading = self.page, page, False
        if before is None:
            first = pages.undecided(page.queue, -1) if page.queue else None
            self._place = first if first is not None else 0
        else:
            was = {one.id: one.status for one in before.queue}
            current = before.queue[self._place].id if before.queue else None
            self._place = pages.landing(was, page.queue, current, self._place)
        pending = {one.id for one in page.queue if one.status == "pending"}
        self._nudged = {id_: moved for id_, moved in self._nudged.items() if id_ in pending}
        self.query_one("#what", Static).update(label(telling.heading(page.article)))
        self._paint()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._measure)
        while self._ahead and not self._unsettled:
            self._ahead.popleft()()

    def _paint(self) -> None:
        """Show text and queue as they stand."""
        page = self.page
        if page is None:
            return
        queue = [self._as_moved(one) for one in page.queue]
        view = self.query_one(ArticleView)
        view.show(page.article.text, looks(len(page.article.text), [*page.noise, *queue], page.coded))
        self._count()
        self.query_one(QueueView).empty_text = (
            "Nothing is suggested from it." if page.article.text else "It has no text: “tracker ingest” takes one in."
        )
        self._point()

    def _count(self) -> None:
        if self.page is not None:
            told = telling.progress(self.page.article, self.page.decided, len(self.page.queue), self._covered)
            self.query_one("#count", Static).update(label(told))

    def _measure(self) -> None:
        """Find out how much is coded; it takes the whole text, so it waits until nothing is being decided."""
        self._timer = None
        if self.page is not None and self.page.article.text:
            work = partial(pages.covered, self.source_id)
            self.app_.desk.read("reader.coverage", work, self._measured, lambda _: None)

    def _measured(self, percent: int) -> None:
        self._covered = percent if percent >= 0 else None
        self._count()

    def _point(self) -> None:
        """Show which suggestion is current."""
        page, one = self.page, self.current
        if page is None:
            return
        whole = page.article.text
        queue = [self._as_moved(other) for other in page.queue]
        self.query_one(QueueView).show(queue, self._place, partial(telling.value, whole))
        self.query_one(ArticleView).point(marks(one), telling.focus(one) if one else None)
        lines = telling.detail(whole, one, moved=one.id in self._nudged) if one else []
        shown = [text.truncate(line, 160) for line in lines if line]
        self.query_one("#detail", Static).update(Content("\n".join(shown)))

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.update(label(sentence))
        said.set_class(wrong, "-wrong")
        said.set_class(bool(sentence), "-shown")
        if wrong:
            self.app_.notify(sentence, severity="warning", timeout=8, markup=False)

    # Moving

    def _go(self, place: int) -> None:
        if self.page is not None and self.page.queue:
            self._place = max(0, min(place, len(self.page.queue) - 1))
            self._point()

    @on(QueueView.Chosen)
    def _chosen(self, event: QueueView.Chosen) -> None:
        event.stop()
        self._go(event.index)

    @on(ArticleView.Pointed)
    def _pointed(self, event: ArticleView.Pointed) -> None:
        event.stop()
        place = pages.at_offset(self.page.queue, event.at) if self.page is not None else None
        if place is not None:
            self._go(place)

    def action_next_suggestion(self) -> None:
        """Go to the next suggestion."""
        if not self._later(self.action_next_suggestion):
            self._go(self._place + 1)

    def action_previous_suggestion(self) -> None:
        """Go to the suggestion before."""
        if not self._later(self.action_previous_suggestion):
            self._go(self._place - 1)

    def action_next_undecided(self) -> None:
        """Go to the next suggestion that waits."""
        if self._later(self.action_next_undecided):
            return
        place = pages.undecided(self.page.queue, self._place) if self.page and self.page.queue else None
        if place is None:
            self._say("Everything suggested from this text is decided.")
        else:
            self._go(place)

    # Deciding

    def _write(self, work: Callable[[Casebook], Saved]) -> None:
        """Save, one after the other, so that each key acts on what the one before it left."""
        if self._later(partial(self._write, work)):
            return
        self._writing = True
        self.app_.desk.write(work, self._written, self._refused)

    def _written(self, saved: Saved) -> None:
        self._writing, self._wrote = False, True
        self._say(saved.sentence)
        self._read()

    def _refused(self, error: TrackerError) -> None:
        self._writing = False
        self._ahead.clear()
        stale = "Changed meanwhile, and read again: " if isinstance(error, Conflict) else ""
        self._say(f"{stale}{error}", wrong=True)
        self._read()

    def _decide(
        self,
        decision: str,
        value: Mapping[str, Any] | None = None,
        speaker: Speaker = None,
        about: int | None = None,
    ) -> None:
        """Save a decision on the suggestion with the id `about`, else on the current one.

        A decision that comes while another is being saved waits for it, and is then on what is current.
        """
        if self._later(partial(self._decide, decision, value, speaker, about)) or self.page is None:
            return
        known = (other for other in self.page.queue if other.id == about)
        one = self.current if about is None else next(map(self._as_moved, known), None)
        if one is None:
            return
        moved = self._nudged.get(one.id) if decision != "rejected" else None
        if moved is not None:
            value = {**moved.value, **(value or {})}
        decision = "edited" if value or moved else decision
        from tracker.tui.reader.editing import decide

        spans = moved.spans if moved else None
        self._write(lambda book: decide(book, one, decision, value=value, spans=spans, speaker=speaker))

    def action_accept_suggestion(self) -> None:
        """Make a record of the suggestion."""
        self._decide("accepted")

    def action_reject_suggestion(self) -> None:
        """Leave the suggestion."""
        self._decide("rejected")

    def action_accept_sure(self) -> None:
        """Accept all that wait with a high confidence, as one action."""
        self._write(lambda book: book.accept_all(self.source_id))

    def action_undo(self) -> None:
        """Take the last action back, after what is being saved."""
        self._write(lambda book: book.undo())

    def action_redo(self) -> None:
        """Do again what undo took back."""
        self._write(lambda book: book.redo())

    def action_choose_speaker(self) -> None:
        """Choose who speaks, or whom a suggested actor is, and accept."""
        from tracker.tui.reader.choosing import ChooseActor

        if self._later(self.action_choose_speaker):
            return
        one = self.current
        if one is None or one.kind not in ("statement", "actor"):
            self._say("Only a statement has a speaker, and only an actor can be one on record.", wrong=True)
            return

        def chosen(actor: int | None) -> None:
            if actor is not None:
                self._decide("accepted", speaker=actor, about=one.id)

        self.app_.push_screen(ChooseActor("Who says it?" if one.kind == "statement" else "Who is it?"), chosen)

    def action_edit_suggestion(self) -> None:
        """Edit the record that the suggestion would become, and accept it."""
        from tracker.tui.reader.editing import FORMS, Filled, SuggestionForm, fill

        if self._later(self.action_edit_suggestion):
            return
        page, one = self.page, self.current
        if page is None or one is None:
            return
        if one.kind not in FORMS:
            self._say(f"There is no form for a {one.kind}: move its words with ← →.", wrong=True)
            return

        def edited(value: Mapping[str, Any], speaker: Speaker) -> None:
            self._decide("edited", value, speaker, one.id)

        def show(filled: Filled) -> None:
            if self.current == one and self.is_current:
                self.app_.push_screen(SuggestionForm(one.kind, filled, edited))

        self.app_.desk.read("form.load", partial(fill, page.article, one), show)

    # Moving the words

    def _nudge(self, *, start: bool, by: int) -> None:
        if self._later(partial(self._nudge, start=start, by=by)):
            return
        page, one = self.page, self.current
        if page is None or one is None:
            return
        if one.status in ("accepted", "edited"):
            self._say(f"{one.ref} is decided; u takes that back.")
            return
        moved = nudge(page.article, one, start=start, by=by)
        if moved is not None:
            before = self._nudged.get(one.id, Nudged({}, {}))
            self._nudged[one.id] = Nudged({**before.spans, **moved.spans}, {**before.value, **moved.value})
            self._paint()

    def action_end_later(self) -> None:
        """Let the words end a word later."""
        self._nudge(start=False, by=1)

    def action_end_earlier(self) -> None:
        """Let the words end a word earlier."""
        self._nudge(start=False, by=-1)

    def action_start_later(self) -> None:
        """Let the words begin a word later."""
        self._nudge(start=True, by=1)

    def action_start_earlier(self) -> None:
        """Let the words begin a word earlier."""
        self._nudge(start=True, by=-1)

    # Leaving

    def action_go_back(self) -> None:
        """Go back; with words moved and not accepted, ask first."""
        if not self._nudged:
            self._leave("leave")
            return
        from tracker.tui.screens.dialogs import Ask

        count = len(self._nudged)
        body = f"The words of {count:,} suggestion{'s' * (count != 1)} were moved but not accepted."
        choices = [("k", "Keep reading", "keep"), ("l", "Leave them", "leave")]
        self.app_.push_screen(Ask("Go back?", body, choices, default="keep"), self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == "leave":
            wrote = self._wrote
            self.dismiss()
            if wrote:
                self.app_.changed()
