"""Keys of the user's own: commands by their ids, with clashes and unknown ids told once."""

from __future__ import annotations

import difflib
from typing import Any

from textual.app import App

from tracker.tui.commands.registry import COMMANDS


def problems(wanted: dict[str, str]) -> list[str]:
    """What is wrong with a table of keys: ids that no command has, and keys that two commands of a place share."""
    known = {command.id(): command for command in COMMANDS}
    told = []
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean “{near[0]}”?" if near else "see “tracker keys”"
            told.append(f"[keys] “{name}” is no command; {hint}")
    taken: dict[tuple[str, str], str] = {}
    for name, command in known.items():
        for key in wanted.get(name, command.keys).split(","):
            other = taken.setdefault((key.strip(), command.scope), name)
            if other != name:
                told.append(f"[keys] “{key.strip()}” stands for both {other} and {name}; the first keeps it")
    return told


def apply(app: App[Any], wanted: dict[str, str]) -> None:
    """Give commands the user's keys, and say in one notice what could not be done."""
    known = {command.id() for command in COMMANDS}
    app.set_keymap({name: keys for name, keys in wanted.items() if name in known})
    if told := problems(wanted):
        app.notify("\n".join(told), severity="warning", timeout=12, markup=False)
