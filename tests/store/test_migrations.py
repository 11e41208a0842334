"""What the migrations make is what the model declares, on both engines, and files of released schemas still open."""

from __future__ import annotations

import gzip
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from casework import actor, everything, incident
from conftest import ROOT, Store

from tracker.errors import Refused
from tracker.model.kinds import KINDS
from tracker.store import engine, schema
from tracker.store.casebook import Casebook
from tracker.store.check import check
from tracker.store.database import HEAD, Database, Reader, connect, database, sqlite_module

SCHEMAS = sorted((ROOT / "fixtures" / "schema").glob("*.db.gz"))


def sqlite_catalog(raw: Any) -> dict[tuple[str, str], str]:
    """The statement that made each table, index and trigger, by type and name."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


POSTGRESQL_CATALOG = {
    "column": "SELECT table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')"
    " || coalesce(generation_expression, '') FROM information_schema.columns WHERE table_schema = 'public'",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "function": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


def postgresql_catalog(raw: Any) -> dict[tuple[str, str], str]:
    found = {
        (what, str(name)): str(told) for what, sql in POSTGRESQL_CATALOG.items() for name, told in raw.execute(sql)
    }
    return {key: told for key, told in found.items() if "alembic" not in key[1]}


def test_the_migrations_make_what_the_model_declares_on_sqlite(sqlite_database: Database) -> None:
    with closing(sqlite_module().connect(":memory:", isolation_level=None)) as declared:
        for statement in schema.statements("sqlite"):
            declared.execute(statement)
        wanted = sqlite_catalog(declared)
    with closing(connect(sqlite_database, writing=False)) as made:
        assert sqlite_catalog(made) == wanted
    assert {name for what, name in wanted if what == "table"} >= {kind.name for kind in KINDS}
    assert ("trigger", "incident_fts_update") in wanted


@pytest.fixture
def bare_postgresql(postgresql_server: str) -> Iterator[Database]:
    """A PostgreSQL database without any table."""
    import psycopg

    name = f"b{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield database(postgresql_server.replace("/postgres?", f"/{name}?"))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_the_migrations_make_what_the_model_declares_on_postgresql(
    postgresql_database: Database, bare_postgresql: Database
) -> None:
    with closing(connect(bare_postgresql, writing=True)) as declared:
        for statement in schema.statements("postgresql"):
            declared.execute(statement)
        wanted = postgresql_catalog(declared)
    with closing(connect(postgresql_database, writing=False)) as made:
        assert postgresql_catalog(made) == wanted
    assert ("column", "incident.document") in wanted
    assert ("function", "tracker_words") in wanted


def test_of_two_that_make_the_tables_one_wins_and_the_other_is_told(bare_postgresql: Database) -> None:
    outcomes: list[str] = []

    def make() -> None:
        try:
            engine.create(bare_postgresql)
            outcomes.append("made")
        except Refused as error:
            outcomes.append("told" if "already" in str(error) else str(error))

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "told"]
    with Reader(bare_postgresql) as reader:
        assert reader.rows("SELECT count(*) FROM incident") == [(0,)]


def failing_migrations(folder: Path) -> Path:
    """Migrations that stop half way: the real first one, and a second that cannot run."""
    target = folder / "migrations"
    (target / "versions").mkdir(parents=True)
    for path in [engine.MIGRATIONS / "env.py", *(engine.MIGRATIONS / "versions").glob("0001*.*")]:
        (target / path.relative_to(engine.MIGRATIONS)).write_bytes(path.read_bytes())
    (target / "versions" / "0002_failing.py").write_text(
        "from alembic import op\nrevision = '0002'\ndown_revision = '0001'\n\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (x INTEGER)')\n    op.execute('CREATE TABEL other')\n"
    )
    return target


def test_a_failed_making_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MIGRATIONS", failing_migrations(tmp_path))
    place = tmp_path / "new"
    with pytest.raises(Exception, match="TABEL"):
        engine.create(database(str(place / "case.db")))
    assert list(place.iterdir()) == []


def test_a_failed_making_leaves_no_table(
    bare_postgresql: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MIGRATIONS", failing_migrations(tmp_path))
    with pytest.raises(Exception, match="TABEL"):
        engine.create(bare_postgresql)
    with closing(connect(bare_postgresql, writing=False)) as raw:
        assert raw.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_making_over_a_database_of_ours_is_refused(store: Store) -> None:
    incident(store.casebook())
    before = everything(store.database)
    with pytest.raises(Refused, match="already"):
        engine.create(store.database)
    assert everything(store.database) == before


def test_there_is_a_data_file_of_the_schema_that_is_made_now() -> None:
    assert SCHEMAS[-1].name == f"{HEAD}.db.gz"


@pytest.mark.parametrize("packed", SCHEMAS, ids=lambda path: path.name.partition(".")[0])
def test_a_database_of_a_released_schema_opens_whole(packed: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    where = database(str(path))
    with Reader(where) as reader:
        report = check(reader)
        assert (report.problems, report.good_spans, report.spans) == ((), 1, 1)
        catalog = sqlite_catalog(reader._raw)
        with closing(sqlite_module().connect(":memory:", isolation_level=None)) as declared:
            for statement in schema.statements("sqlite"):
                declared.execute(statement)
            assert catalog == sqlite_catalog(declared)
    with Casebook(where, "ann") as book:
        assert book.undo().sentence == "Undone: Deleted I-2 Answer and 1 linked record"
        actor(book, "New Front")
    with Reader(where) as reader:
        assert check(reader).errors == 0


def test_the_statements_of_a_migration_are_parted_by_blank_lines_only() -> None:
    for path in (engine.MIGRATIONS / "versions").glob("*.sql"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(r"\n\s+\n", script.replace("\n\n", ""))
        starts = {part.split()[0] for part in script.split("\n\n") if part.strip()}
        assert starts <= {"CREATE", "ALTER", "INSERT"}, path.name
