"""`tracker keys`: the keys of the screen."""

from __future__ import annotations

from tracker.cli import options, output
from tracker.cli.context import command

app = command()


@app.command()
def keys(json: options.Json = False) -> None:
    """The keys of the screen, the commands they run, and what these do.

    In the configuration a table “keys” gives a command other keys.

    \b
    Example:
      tracker keys
      tracker keys --json
    """
    from tracker.tui.commands.registry import described

    rows = described()
    if json:
        for pressed, label, sentence, name in rows:
            output.emit({"keys": pressed, "command": name, "label": label, "does": sentence})
    else:
        output.table(["Keys", "Command", "What it does"], [[row[0], row[1], row[2]] for row in rows], flex=2)
