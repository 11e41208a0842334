"""Opening a database: what is refused unchanged, which settings are in force, and that no password is ever told."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from casework import actor, incident
from conftest import Store

from tracker.errors import Refused, SchemaMismatch, TrackerError, UsageError
from tracker.store import engine
from tracker.store.casebook import Casebook
from tracker.store.database import (
    APPLICATION_ID,
    BUSY_MILLISECONDS,
    HEAD,
    Database,
    Reader,
    connect,
    database,
    interrupted,
    new_file,
    sqlite_module,
    wal_is_safe,
)


def foreign(path: Path) -> None:
    """Another program's SQLite file."""
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE incident (id INTEGER PRIMARY KEY)")
    raw.execute(f"PRAGMA application_id={APPLICATION_ID + 1}")
    raw.close()


def torn(path: Path) -> None:
    """A file with our header and nothing that follows from it."""
    head = bytearray(4096)
    head[:16] = b"SQLite format 3\x00"
    head[68:72] = APPLICATION_ID.to_bytes(4, "big")
    path.write_bytes(head)


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "damaged or no SQLite file"),
    "one byte": (lambda path: path.write_bytes(b"S"), "damaged or no SQLite file"),
    "text": (lambda path: path.write_text("title,category\n" * 40), "damaged or no SQLite file"),
    "cut header": (lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(40)), "damaged or no SQLite file"),
    "foreign": (foreign, "belongs to another program"),
    "torn": (torn, "cannot be opened|cannot be read"),
    "folder": (lambda path: path.mkdir(), "cannot be read"),
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "a folder"


@pytest.mark.parametrize("what", DAMAGED)
def test_what_is_no_database_of_ours_is_refused_and_left_as_it_is(tmp_path: Path, what: str) -> None:
    make, told = DAMAGED[what]
    path = tmp_path / "case.db"
    make(path)
    before = digest(path), sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match=told):
        Reader(database(str(path)))
    with pytest.raises(Refused, match=told), Casebook(database(str(path)), "ann") as book:
        actor(book, "Al-Sahil Front")
    assert (digest(path), sorted(tmp_path.iterdir())) == before


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    with pytest.raises(Refused, match="there is none; make one"):
        Reader(database(str(path)))
    with pytest.raises(Refused, match="there is none"), Casebook(database(str(path)), "ann") as book:
        actor(book, "Al-Sahil Front")
    assert list(tmp_path.iterdir()) == []


def test_a_cut_off_database_is_refused_in_a_sentence(sqlite_database: Database) -> None:
    path = sqlite_database.path
    assert path is not None
    path.write_bytes(path.read_bytes()[:8192])
    before = digest(path)
    with pytest.raises(Refused, match=r"cannot be (read|opened)"):
        Reader(sqlite_database)
    assert digest(path) == before


def test_a_new_file_is_its_owners_and_never_put_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new" / "case.db"
    engine.create(database(str(path)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    before = digest(path)
    with pytest.raises(Refused, match="is there already"):
        engine.create(database(str(path)))
    assert digest(path) == before
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Refused, match="is there already"):
        new_file(link)
    assert not (tmp_path / "elsewhere.db").exists()


def test_of_two_that_make_the_same_file_one_wins(tmp_path: Path) -> None:
    outcomes: list[str] = []

    def make() -> None:
        try:
            engine.create(database(str(tmp_path / "case.db")))
            outcomes.append("made")
        except Refused:
            outcomes.append("refused")

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused", "refused"]
    with Reader(database(str(tmp_path / "case.db"))) as reader:
        assert reader.rows("SELECT count(*) FROM incident") == [(0,)]


@pytest.mark.parametrize(("revision", "told"), [("9999", "newer tracker"), ("0000", "older schema 0000")])
def test_another_schema_is_refused(store: Store, revision: str, told: str) -> None:
    store.sql("UPDATE alembic_version SET version_num = ?", (revision,))
    with pytest.raises(SchemaMismatch, match=told):
        store.reader()
    store.sql("DELETE FROM alembic_version")
    with pytest.raises(Refused, match="no tables of tracker"):
        store.reader()


@pytest.mark.parametrize("writing", [True, False])
def test_the_settings_of_sqlite_are_in_force(sqlite_store: Store, writing: bool) -> None:
    incident(sqlite_store.casebook())
    raw = connect(sqlite_store.database, writing=writing)
    wanted = {
        "journal_mode": "wal" if wal_is_safe() else "delete",
        "synchronous": 2 if wal_is_safe() else 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": BUSY_MILLISECONDS,
        "query_only": 0 if writing else 1,
        "application_id": APPLICATION_ID,
    }
    assert {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    raw.close()


def test_the_sqlite_that_is_used_is_safe_in_wal_mode() -> None:
    assert sqlite_module().sqlite_version_info >= (3, 51, 3)
    assert wal_is_safe()


def test_foreign_keys_are_held_by_the_database_itself(store: Store) -> None:
    incident(store.casebook())
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.sql("UPDATE incident SET parent_id = 999")


def test_a_reader_cannot_write(store: Store) -> None:
    incident(store.casebook())
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        store.reader().rows("UPDATE incident SET title = 'x' RETURNING id")


def test_a_snapshot_does_not_see_what_is_written_meanwhile(store: Store) -> None:
    book, reader = store.casebook(), store.reader()
    count = "SELECT count(*) FROM incident"
    incident(book)
    with reader.snapshot():
        assert reader.rows(count) == [(1,)]
        incident(book, "Later")
        assert reader.rows(count) == [(1,)]
        assert [block for block in reader.stream(count)] == [[(1,)]]
    assert reader.rows(count) == [(2,)]


def test_the_data_version_tells_of_others_work(store: Store) -> None:
    reader, book = store.reader(), store.casebook()
    first = reader.data_version()
    assert reader.data_version() == first
    incident(book)
    assert reader.data_version() != first


def test_rows_are_streamed_in_blocks_with_the_signs_of_both_engines(store: Store) -> None:
    book = store.casebook()
    for number in range(5):
        incident(book, f"100% shelling {number}")
    query = "SELECT title FROM incident WHERE title LIKE '100%' AND id > ? ORDER BY id"
    assert [len(block) for block in store.reader().stream(query, (1,), size=3)] == [3, 1]


def test_a_long_query_can_be_interrupted_and_the_reader_goes_on(store: Store) -> None:
    reader = store.reader()
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000000) SELECT max(x) FROM n"
    )
    ended = threading.Event()

    def interrupt() -> None:
        while not ended.wait(0.05):
            reader.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(Exception) as caught:  # noqa: PT011
        reader.rows(endless)
    ended.set()
    thread.join()
    assert interrupted(caught.value)
    assert not interrupted(ValueError("no such column"))
    assert reader.rows("SELECT 1") == [(1,)]


SECRET = "canary7secret"  # noqa: S105
ADDRESSES = [
    f"postgresql://ann:{SECRET}@localhost:1/case",
    f"postgres://ann:{SECRET}@localhost:1/case",
    f"postgresql+psycopg://:{SECRET}@localhost:1/case",
    f"postgresql://ann:{SECRET}%zz@localhost:1/case",
    f"postgresql://ann:x@{SECRET}@localhost:1/case",
    f"postgresql://ann:x/{SECRET}@localhost:1/case",
    f"postgresql://ann:x?{SECRET}@localhost:1/case",
    f"postgresql://localhost:1/case?user=ann&password={SECRET}",
    f"postgresql://localhost:1/case?pass%77ord={SECRET}&connect_timeout=1",
    f"postgresql://localhost:1/case?sslpassword={SECRET}",
    f"postgresql://ann:{SECRET}@localhost:port/case",
    f"postgresql://ann:{SECRET}@localhost:1/case?nonsense=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_password_is_never_told(address: str) -> None:
    where = database(address)
    assert SECRET not in where.shown
    assert where.shown.startswith("postgresql://")
    for attempt in (lambda: connect(where, writing=False), lambda: Casebook(where, "ann").undo()):
        with pytest.raises(TrackerError) as caught:
            attempt()
        assert SECRET not in str(caught.value)
        assert SECRET not in str(caught.value.__cause__)


def test_an_address_without_secrets_is_shown_as_it_is() -> None:
    for address in ("postgresql://ann@host:5432/case?sslmode=require", "postgresql:///case?host=/run/pg"):
        assert database(address).shown == address
    assert (
        database("postgresql://ann:pw@host/case?sslmode=require").shown == "postgresql://ann@host/case?sslmode=require"
    )


def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert database("case.db").path == tmp_path / "case.db"
    assert database(f"sqlite:///{tmp_path}/case.db").path == tmp_path / "case.db"
    assert database("~/case.db").path == Path.home() / "case.db"
    assert database("postgres://h/case").url == "postgresql://h/case"
    assert database("postgres://h/case").path is None
    with pytest.raises(UsageError, match="“mysql” is not supported"):
        database("mysql://h/case")


def test_a_name_with_signs_of_an_address_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "case?mode=ro#1 %20.db"
    engine.create(database(str(path)))
    with Reader(database(str(path))) as reader:
        assert reader.rows("SELECT count(*) FROM incident") == [(0,)]
    assert path.exists()


def test_writing_waits_for_another_writer(sqlite_store: Store) -> None:
    book = sqlite_store.casebook()
    key = incident(book)
    raw = connect(sqlite_store.database, writing=True)
    raw.execute("BEGIN IMMEDIATE")
    committed = threading.Event()

    def commit() -> None:
        committed.set()
        raw.execute("COMMIT")

    release = threading.Timer(0.3, commit)
    release.start()
    assert book.edit("incident", key, {"weapon": "mortar"}, version=1).version == 2
    assert committed.is_set()
    release.join()
    raw.close()


def test_the_head_is_the_newest_migration() -> None:
    names = sorted(path.name for path in (engine.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(f"{HEAD}_")
