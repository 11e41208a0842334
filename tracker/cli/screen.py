"""The one place where the command line opens the screen."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import typer

from tracker.cli.context import Session, require_terminal

if TYPE_CHECKING:
    from tracker.store.database import Database


def open_screen(session: Session, *, database: Database | None = None) -> None:
    """Open the screen on the session's database, or on `database`, which is then a throw-away one.

    A database that nobody named is made when it is not there yet. Raises UsageError without a terminal, and what
    stands in the way of opening the database, before anything is drawn.
    """
    require_terminal()
    where = database or _ready(session)
    # Collections are put off until the first rows are on the screen; the app takes them up again.
    gc.disable()
    from tracker.tui.app import run

    settings = session.config
    code = run(where, session.who, keys=settings.keys, theme=settings.theme, throwaway=database is not None)
    if code:
        raise typer.Exit(code)


def _ready(session: Session) -> Database:
    where = session.database
    if where.path is not None and not where.path.exists() and not session.named:
        from tracker.store.engine import create

        create(where)
    session.reader().__enter__().close()
    return where
