"""Running the command line within the test's own process, on copies of the seed case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.running import Ran, Run
from tracker.cli.main import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`tracker`, without the start of a process."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(list(arguments))
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the seed case, made once and copied for each test."""
    path = tmp_path_factory.mktemp("seeded") / "case.db"
    assert main(["--db", str(path), "init", "--seed"]) == 0
    return path


@pytest.fixture
def case(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seed case in a database of its own, which is the one that commands work on."""
    path = tmp_path / "case.db"
    shutil.copy(seeded, path)
    monkeypatch.setenv("TRACKER_DB", str(path))
    return path


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty database, which is the one that commands work on."""
    path = tmp_path / "empty.db"
    shutil.copy(sqlite_template, path)
    monkeypatch.setenv("TRACKER_DB", str(path))
    return path
