"""`tracker profiles`: which datasets can be imported, and a profile as TOML to copy and change."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command

app = command()


@app.command()
def profiles(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Print this profile as TOML.")] = "",
    json: options.Json = False,
) -> None:
    """List the import profiles; with NAME, print one as TOML to copy and change.

    A profile says how the files of a dataset are read and what their columns mean. One of your own lies in any
    folder and is given by its path: tracker import FILE --profile my.toml. A list that is no dataset needs none: name
    its columns with “tracker import --map”. Packages may bring importers (entry points “tracker.importers”).

    \b
    Example:
      tracker profiles
      tracker profiles ucdp-ged > my.toml
    """
    from tracker.exchange.importers import names
    from tracker.exchange.profile import load, readable

    if name:
        profile = load(name)
        if json:
            output.emit(
                {"name": profile.name, "title": profile.title, "dataset": profile.dataset, "toml": profile.text}
            )
        else:
            output.lines(profile.text.splitlines())
        return
    known, faults = readable()
    for sentence in faults:
        output.say(sentence)
    if json:
        output.emit([{"name": one.name, "title": one.title, "dataset": one.dataset} for one in known])
        return
    output.table(["Profile", "Dataset"], [[one.name, one.title] for one in known], flex=1)
    if found := names():
        output.say(f"importers of other packages: {', '.join(found)}")
