"""Holds the command line as a program: what it imports, its help, its exits, and what it does without a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import Run
from tracker import __version__, paths
from tracker.cli.commands import COMMANDS
from tracker.cli.output import emit

HEAVY = {"textual", "sqlmodel", "sqlalchemy", "pydantic", "alembic"}


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, with nothing on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def imported(*arguments: str) -> set[str]:
    """The top-level modules that a run has imported when it ends."""
    code = (
        "import sys\n"
        "from tracker.cli.main import main\n"
        f"code = main({list(arguments)!r})\n"
        "print('\\n'.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.split())


def test_help_imports_nothing_heavy() -> None:
    found = imported("--help")
    assert "typer" in found
    assert not found & (HEAVY | {"dateutil", "lark", "rich", "sqlite3", "pysqlite3", "platformdirs"})


@pytest.mark.parametrize("what", ["list", "export"])
def test_reading_imports_no_orm_and_no_screen(case: Path, what: str) -> None:
    assert not imported(what, "statements", "--where", "kind:threaten") & HEAVY


def test_a_list_without_a_filter_reads_no_grammar(case: Path) -> None:
    assert not imported("list", "incidents") & (HEAVY | {"lark", "dateutil"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert f"Usage: tracker {name}" in ran.out
    _, found, example = ran.out.partition("Example:")
    assert found
    assert "tracker " in example.partition("Options:")[0]


def test_help_names_every_command_and_the_first_steps(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)
    assert "tracker demo" in ran.out


def test_version(run: Run) -> None:
    assert run("--version").out == f"tracker {__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_the_screen_without_a_terminal_is_refused_at_once(arguments: tuple[str, ...]) -> None:
    ran = started(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "needs a terminal" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_reader_that_stops_early_is_no_error(case: Path) -> None:
    many = [sys.executable, "-m", "tracker", "codes", "--json"]
    with subprocess.Popen(many, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        # A pipe holds 64 KiB: closed before anything is read, the writer meets the closed end.
        writer.stdout.close()
        told = writer.stderr.read()
        assert writer.wait(60) == 0
    assert told == b""


def test_a_password_on_the_command_line_is_refused(run: Run) -> None:
    ran = run("--db", "postgresql://ann:secret@example.org/case", "list", "incidents")
    assert ran.code == 2
    assert "TRACKER_DB" in ran.err
    assert "secret" not in ran.err + ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lst",), "lst"),
        (("list",), "WHAT"),
        (("list", "incidnts"), "did you mean “incidents”?"),
        (("list", "incidents", "--limit", "-1"), "limit"),
        (("list", "incidents", "--nonsense"), "nonsense"),
        (("list", "incidents", "--db", "x.db"), "before the command"),
        (("codes", "categry"), "did you mean “category”?"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("tracker: ")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_database_that_is_not_there_is_refused_and_not_made(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    ran = run("--db", str(path), "list", "incidents")
    assert (ran.code, ran.out) == (3, "")
    assert "init" in ran.err
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused_and_not_touched(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("some notes\n")
    ran = run("--db", str(path), "add", "actor", "name=x", "kind=person")
    assert ran.code == 3
    assert path.read_text() == "some notes\n"


def test_a_database_of_a_newer_program_is_exit_4(run: Run, case: Path) -> None:
    from tracker.store.database import connect, database

    raw = connect(database(str(case)), writing=True)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    ran = run("list", "incidents")
    assert ran.code == 4
    assert "newer tracker" in ran.err


def test_what_the_user_typed_cannot_control_the_terminal(run: Run, case: Path) -> None:
    ran = run("show", "\x1b[2JI-1")
    assert ran.code == 2
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://ann:secret@example.org/case",
        "postgresql://ann@example.org/case?password=secret",
        "postgresql://ann:pa/secret@example.org/case",
    ],
)
def test_a_password_is_refused_however_the_address_holds_it(run: Run, address: str) -> None:
    ran = run("--db", address, "list", "incidents")
    assert (ran.code, ran.out) == (2, "")
    assert "list of processes" in ran.err
    assert "secret" not in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("list", "incidents"), ("codes", "--json"), ("export", "statements")])
def test_output_that_cannot_be_written_is_one_sentence_and_exit_3(case: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "tracker", *arguments],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert ran.returncode == 3
    assert "standard output: cannot be written" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_an_encoding_without_the_letters_is_no_crash(case: Path) -> None:
    added = started("add", "actor", "name=Ħezbollah 😀", "kind=person", PYTHONIOENCODING="ascii")
    assert added.returncode == 0, added.stderr
    listed = started("list", "actors", PYTHONIOENCODING="ascii")
    assert listed.returncode == 0, listed.stderr
    assert "\\u0126ezbollah" in listed.stdout
    rows = started("list", "actors", "--json", PYTHONIOENCODING="ascii").stdout.splitlines()
    assert any("Ħezbollah 😀" in json.loads(row).values() for row in rows)


def test_json_cannot_control_the_terminal_and_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    value = "a\x7f\x9b2J\u202e\u2069 é"
    emit({"name": value})
    out = capsys.readouterr().out
    assert out == '{"name": "a\\u007f\\u009b2J\\u202e\\u2069 é"}\n'
    assert json.loads(out) == {"name": value}


def test_a_database_of_an_older_program_is_told_a_way_that_there_is(run: Run, case: Path) -> None:
    from tracker.store.database import connect, database

    raw = connect(database(str(case)), writing=True)
    raw.execute("UPDATE alembic_version SET version_num = '0000'")
    raw.close()
    ran = run("list", "incidents")
    assert ran.code == 4
    assert "open it with the tracker that made it" in ran.err
    assert "migrate" not in ran.err


def test_a_database_whose_example_case_fails_is_not_left_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "actors.csv").write_text("name,kind\nAnn,no such kind\n")
    monkeypatch.setattr(paths, "seeds_folder", lambda: seeds)
    made = tmp_path / "made"
    ran = run("--db", str(made / "case.db"), "init", "--seed")
    assert ran.code == 3
    assert "example case is damaged" in ran.err
    assert list(made.iterdir()) == []


def test_an_interruption_says_that_nothing_was_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(paths, "seeds_folder", interrupted)
    ran = run("init", "--seed")
    assert ran.code == 130
    assert "interrupted; nothing half-done was kept" in ran.err
