"""Holds the writing of files to old or new, and nothing between."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import Refused
from tracker.exchange.atomic import writing


def _write(path: Path, meanwhile: Callable[[], object], *, force: bool = False) -> None:
    with writing(path, force=force) as file:
        file.write(b"mine")
        meanwhile()


def test_a_new_file_is_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    with writing(tmp_path / "new.csv") as file:
        file.write(b"a\n")
        assert not (tmp_path / "new.csv").exists()
    assert (tmp_path / "new.csv").read_bytes() == b"a\n"
    assert os.listdir(tmp_path) == ["new.csv"]


def test_the_mode_of_a_new_file_is_what_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with writing(tmp_path / "new.csv") as file:
            file.write(b"a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640


def test_an_existing_file_is_not_replaced_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    path.chmod(0o604)
    with pytest.raises(Refused, match="is there already; give --force"), writing(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"old"
    with writing(path, force=True) as file:
        file.write(b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o604)


def test_a_file_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(Refused, match="meanwhile"):
        _write(path, lambda: path.write_bytes(b"theirs"))
    assert path.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        _write(path, lambda: 1 // 0, force=True)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["old.csv"]


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_writer_leaves_the_old_file(tmp_path: Path, blow: signal.Signals) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    program = (
        "import sys\nfrom tracker.exchange.atomic import writing\n"
        "with writing(sys.argv[1], force=True) as file:\n"
        "    file.write(b'half' * 100000); file.flush(); print('ready', flush=True); sys.stdin.read()\n"
    )
    arguments = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(blow)
        assert process.wait() == -blow
    assert path.read_bytes() == b"old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with writing(tmp_path / "link.csv", force=True) as file:
        file.write(b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "words"), [("", "is a folder"), ("no/where.csv", "its folder is not there"), ("x" * 300, "too long")]
)
def test_what_cannot_be_a_file_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(Refused, match=words), writing(tmp_path / name) as file:
        file.write(b"a")
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_in_one_sentence() -> None:
    with pytest.raises(Refused, match=r"/dev/full: cannot be written .*free some space"), writing("/dev/full") as file:
        file.write(b"a" * 100_000)


def test_a_reader_that_goes_away_ends_the_writing_in_silence() -> None:
    program = (
        "from tracker.exchange.atomic import writing\n"
        "with writing('-') as file:\n    [file.write(b'x' * 1000 + b'\\n') for _ in range(10000)]\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
