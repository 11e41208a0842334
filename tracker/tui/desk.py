"""The screen's desk: store work runs on its own few threads, and answers come back as messages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App
from textual.message import Message

from tracker.errors import Refused, TrackerError
from tracker.store.database import Database, Reader, interrupted
from tracker.tui import crash

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook

Result = TypeVar("Result")


class Answer(Message):
    """The outcome of work, to be handled on the screen's thread by calling `deliver`."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        super().__init__()
        self.deliver = deliver


class Lane:
    """One line of reading work: its own connection, the newest request only; an older one is interrupted."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.generation = 0
        self.lock = threading.Lock()
        self.reader: Reader | None = None
        self.busy = False

    def take(self) -> int:
        """A new request: whatever runs on this lane is interrupted and will not be heard of again."""
        self.generation += 1
        if self.busy and self.reader is not None:
            self.reader.interrupt()
        return self.generation

    def run(self, generation: int, work: Callable[[Reader], Result]) -> Result | None:
        """Do the work unless a newer request came; None then, and when it was interrupted."""
        with self.lock:
            if generation != self.generation:
                return None
            self.reader = self.reader or Reader(self.database)
            self.busy = True
            try:
                return work(self.reader)
            except TrackerError:
                raise
            except BaseException as error:
                if not interrupted(error):
                    # The connection may be gone for good: the next request opens another.
                    self.reader.close()
                    self.reader = None
                raise
            finally:
                self.busy = False

    def close(self) -> None:
        """Interrupt what runs; the connection ends with its thread's work."""
        self.take()
        with self.lock:
            if self.reader is not None:
                self.reader.close()
                self.reader = None


class Desk:
    """Reads and writes for the screen, off its thread; callbacks run on the screen's thread."""

    def __init__(self, app: App[Any], database: Database, who: str) -> None:
        self.app = app
        self.database = database
        self.who = who
        self._lanes: dict[str, Lane] = {}
        self._readers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="write")
        self._casebook: Casebook | None = None
        self._closed = False

    def read(
        self,
        lane: str,
        work: Callable[[Reader], Result],
        then: Callable[[Result], None],
        failed: Callable[[TrackerError], None] | None = None,
    ) -> None:
        """Run `work` on the reading lane named `lane`, then `then` with its result; a newer read there replaces it."""
        line = self._lanes.setdefault(lane, Lane(self.database))
        generation = line.take()

        def task() -> None:
            try:
                result = line.run(generation, work)
            except TrackerError as error:
                self._deliver(lambda error=error: (failed or self.report)(error))  # type: ignore[misc]
            except Exception as error:  # the border of the worker: what fails in it must be told, not lost
                if not (interrupted(error) or generation != line.generation or self._closed):
                    crash.log(error)
                    known = Refused(f"reading failed ({type(error).__name__}: {error}); try again")
                    self._deliver(lambda: (failed or self.report)(known))
            else:
                if result is not None and generation == line.generation:
                    self._deliver(lambda: then(result) if generation == line.generation else None)

        if not self._closed:
            self._readers.submit(task)

    def write(
        self,
        work: Callable[[Casebook], Result],
        then: Callable[[Result], None],
        failed: Callable[[TrackerError], None] | None = None,
    ) -> None:
        """Run `work` with the casebook, one write after the other, then `then` with its result."""

        def task() -> None:
            try:
                result = work(self.casebook())
            except TrackerError as error:
                self._deliver(lambda error=error: (failed or self.report)(error))  # type: ignore[misc]
            except Exception as error:  # the border of the worker: what fails in it must be told, not lost
                crash.log(error)
                known = Refused(f"writing failed ({type(error).__name__}: {error}); nothing was saved")
                self._deliver(lambda: (failed or self.report)(known))
            else:
                self._deliver(lambda: then(result))

        self._writer.submit(task)

    def casebook(self) -> Casebook:
        """The casebook, opened when it is first needed; only for the writing thread."""
        from tracker.store.casebook import Casebook

        self._casebook = self._casebook or Casebook(self.database, self.who)
        return self._casebook

    def warm_up(self) -> None:
        """Load what writing needs, so that the first save does not wait for it."""
        self._writer.submit(self.casebook)

    def report(self, error: TrackerError) -> None:
        """Show an error that nobody else handles."""
        self.app.notify(str(error), severity="error", timeout=10, markup=False)

    def close(self) -> None:
        """Finish what is being written, drop what is being read."""
        self._closed = True
        self._readers.shutdown(wait=False, cancel_futures=True)
        for lane in self._lanes.values():
            lane.close()
        self._writer.shutdown(wait=True)
        if self._casebook is not None:
            self._casebook.close()

    def _deliver(self, callback: Callable[[], None]) -> None:
        if not self._closed:
            self.app.post_message(Answer(callback))
