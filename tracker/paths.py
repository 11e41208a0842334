"""Where files lie on this machine: the database, the configuration, state, drafts and the log."""

from __future__ import annotations

import os
from pathlib import Path

SEEDS = "seeds"


def _folder(variable: str, kind: str) -> Path:
    """The folder named by an environment variable, else the platform's own for `kind`."""
    if given := os.environ.get(variable):
        return Path(given).expanduser()
    import platformdirs

    found = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }[kind]
    return found("tracker", appauthor=False)


def data_folder() -> Path:
    """Where the default database lies (TRACKER_DATA_DIR)."""
    return _folder("TRACKER_DATA_DIR", "data")


def config_file() -> Path:
    """The configuration, TOML (TRACKER_CONFIG_DIR)."""
    return _folder("TRACKER_CONFIG_DIR", "config") / "config.toml"


def state_folder() -> Path:
    """Where drafts, the state of the screen and the log lie (TRACKER_STATE_DIR)."""
    return _folder("TRACKER_STATE_DIR", "state")


def default_database() -> Path:
    """The database that is opened when none is named."""
    return data_folder() / "tracker.db"


def seeds_folder() -> Path:
    """The folder of the seed case: within the installed package, else beside it in a checkout."""
    inside = Path(__file__).parent / SEEDS
    return inside if inside.is_dir() else Path(__file__).parent.parent / SEEDS


def private_folder(path: Path) -> Path:
    """Make a folder for its owner only, and give it back."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
