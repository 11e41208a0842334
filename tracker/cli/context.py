"""What every command is given: the database that is meant, connections to it, and who signs."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from tracker import config
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook
    from tracker.store.database import Database, Reader


def _holds_password(db: str) -> bool:
    """Whether the address given on the command line is a URL with a password in it."""
    if "://" not in db:
        return False
    from tracker.store.database import secrets

    return bool(secrets(db))


class Session:
    """One run of the command line."""

    def __init__(self, db: str) -> None:
        if _holds_password(db):
            raise UsageError("--db: a password there would stand in the list of processes; use TRACKER_DB or ~/.pgpass")
        self._given = db

    @cached_property
    def config(self) -> config.Config:
        """The user's configuration."""
        return config.load()

    @cached_property
    def named(self) -> bool:
        """Whether the user named a database at all."""
        return bool(self._given or os.environ.get("TRACKER_DB") or self.config.database)

    @cached_property
    def database(self) -> Database:
        """The database that is meant."""
        from tracker.store.database import database

        return database(config.database_address(self._given, self.config))

    @cached_property
    def who(self) -> str:
        """The name that signs changes."""
        return config.signature(self.config)

    def reader(self) -> AbstractContextManager[Reader]:
        """A connection that only reads."""
        from tracker.store.database import Reader

        return Reader(self.database)

    def casebook(self) -> AbstractContextManager[Casebook]:
        """The door for writes, on a database that was looked at first."""
        from tracker.store.casebook import Casebook
        from tracker.store.database import Reader

        Reader(self.database).close()
        return Casebook(self.database, self.who)


def session(context: typer.Context) -> Session:
    """The session of a command."""
    found: Session = context.obj
    return found


def command() -> typer.Typer:
    """An empty Typer application for one command, with the settings all share."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def require_terminal() -> None:
    """Refuse to open the screen where there is no terminal, before anything is drawn."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError("the screen needs a terminal; use “tracker list”, “show” or “export” in scripts and pipes")
