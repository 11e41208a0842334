"""Where files lie and what the user has set, with errors that name the file and the key."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tracker import config, paths
from tracker.config import Config, database_address, load, signature
from tracker.errors import UsageError


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a configuration file that is not there yet."""
    monkeypatch.setenv("TRACKER_CONFIG_DIR", str(tmp_path))
    return tmp_path / "config.toml"


def test_folders_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"TRACKER_{name}_DIR", str(tmp_path / name))
    assert paths.default_database() == tmp_path / "DATA" / "tracker.db"
    assert paths.config_file() == tmp_path / "CONFIG" / "config.toml"
    assert paths.state_folder() == tmp_path / "STATE"
    monkeypatch.setenv("TRACKER_DATA_DIR", "~/cases")
    assert paths.data_folder() == Path.home() / "cases"


def test_without_the_environment_the_platforms_folders_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.delenv(f"TRACKER_{name}_DIR")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    found = {paths.data_folder(), paths.config_file().parent, paths.state_folder()}
    assert all(path.is_relative_to(tmp_path) and "tracker" in path.name for path in found)
    assert list(tmp_path.iterdir()) == []


def test_the_seed_case_is_found() -> None:
    assert (paths.seeds_folder() / "incidents.csv").is_file()


def test_a_private_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    made = paths.private_folder(tmp_path / "a")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert paths.private_folder(made) == made


def test_without_a_file_everything_is_as_delivered(written: Path) -> None:
    assert load() == Config()
    assert not written.exists()


def test_a_file_is_read_whole(written: Path) -> None:
    written.write_text('database = "case.db"\nwho = "ann"\ntheme = "nord"\n[keys]\nundo = "u"\n')
    assert load() == Config("case.db", "ann", "nord", {"undo": "u"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'databse = "x"', "“databse” is no setting; did you mean “database”?"),
        (b"qqqq = 1", "known are database, who, theme, keys"),
        (b"theme = 4", "“theme” must be a text"),
        (b'keys = "u"', "“keys” must be a table"),
        (b"theme = ", "cannot be read"),
        (b"who = '\xff'", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told_of_by_its_name(written: Path, content: bytes, told: str) -> None:
    written.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load()
    assert str(caught.value).startswith(f"{written}: ")
    assert told in str(caught.value)


def test_a_folder_in_place_of_the_file_is_told_of(written: Path) -> None:
    written.mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        load()


def test_the_database_is_the_one_named_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert database_address(None, Config()) == str(paths.default_database())
    assert database_address(None, Config(database="c.db")) == "c.db"
    monkeypatch.setenv("TRACKER_DB", "e.db")
    assert database_address(None, Config(database="c.db")) == "e.db"
    assert database_address("o.db", Config(database="c.db")) == "o.db"


def test_changes_are_signed_with_the_name_named_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert signature(Config(who="bob")) == "ann"
    monkeypatch.delenv("TRACKER_WHO")
    assert signature(Config(who="bob")) == "bob"
    monkeypatch.setenv("LOGNAME", "carol")
    assert signature(Config()) == "carol"


def test_a_user_without_a_name_still_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_WHO")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)
    assert signature(Config()) == "analyst"


def test_every_setting_has_a_type() -> None:
    assert set(config._TYPES) == set(Config.__dataclass_fields__)
