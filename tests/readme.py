"""Writes the parts of the README that follow from the program: keys, columns, and the picture of the screen.

python tests/readme.py
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from tracker.exchange.layout import columns
from tracker.model.kinds import EXCHANGED
from tracker.tui.commands.registry import described

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "fixtures" / "screenshots" / "incidents.svg"


def keys() -> str:
    """The table of keys."""
    rows = [
        f"| {' '.join(f'`{key}`' for key in shown.split())} | {label} | {words} |"
        for shown, label, words, _ in described()
    ]
    return "\n".join(["| key | | |", "|---|---|---|", *rows])


def file_columns() -> str:
    """The columns of each file."""
    rows = [f"| `{kind.plural}` | {', '.join(column.name for column in columns(kind))} |" for kind in EXCHANGED]
    return "\n".join(["| file | columns |", "|---|---|", *rows])


def filled(page: str) -> str:
    """The page with its generated parts as they should be."""
    for name, words in (("keys", keys()), ("columns", file_columns())):
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page = pattern.sub(lambda found, words=words: f"{found[1]}{words}\n{found[2]}", page)  # type: ignore[misc]
    return page


async def picture() -> str:
    """The screen on the example case, as SVG without addresses of fonts."""
    from tracker.exchange.case import load_seeds
    from tracker.store.database import database
    from tracker.store.engine import create
    from tracker.tui.app import TrackerApp
    from tracker.tui.widgets.record_table import RecordTable

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TRACKER_STATE_DIR": folder, "TRACKER_CONFIG_DIR": folder}
        where = database(f"{folder}/baghdad-2019.db")
        create(where)
        load_seeds(where, "analyst")
        app = TrackerApp(where, "analyst", example=True)
        async with app.run_test(size=(132, 40)) as pilot:
            table = app.screen.query(RecordTable).first()
            while table.cursor_id is None:
                await pilot.pause(0.05)
            await pilot.press("down")
            await pilot.pause(0.8)
            drawn = app.export_screenshot(title="tracker")
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


def main() -> None:
    """Write the README and its picture."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(asyncio.run(picture()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
