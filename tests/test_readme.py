"""The README says what the program does: its generated parts are up to date, and its commands exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from tracker.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent


def test_generated_parts_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tests" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    readme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readme)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.filled(page) == page, "run: python tests/readme.py"
    assert "| `a` | Add |" in page


def test_commands_in_the_readme_exist() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", page, flags=re.DOTALL))
    named = set(re.findall(r"^tracker (?:--db \S+ )?([a-z]+)", blocks, flags=re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)
