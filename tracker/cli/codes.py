"""`tracker codes`: the code lists."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command
from tracker.errors import UsageError

app = command()

SCHEMES = ("acled", "gtd", "cameo", "plover")


@app.command()
def codes(
    name: Annotated[str | None, typer.Argument(metavar="LIST", help="category, statement_kind, stance, …")] = None,
    json: options.Json = False,
) -> None:
    """The code lists; one list with its counterparts in ACLED, GTD, CAMEO and PLOVER.

    \b
    Example:
      tracker codes
      tracker codes category
    """
    from tracker.model.codes import LISTS

    if name is not None and name not in LISTS:
        near = difflib.get_close_matches(name, LISTS, n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(LISTS)}"
        raise UsageError(f"“{name}” is no code list; {hint}")
    if json:
        _emit([name] if name else list(LISTS))
    elif name is None:
        rows = [[each, str(len(listed)), ", ".join(code.value for code in listed)] for each, listed in LISTS.items()]
        output.table(["List", "Codes", "Values"], rows, flex=2)
    else:
        _print(name)


def _emit(names: list[str]) -> None:
    from tracker.model.codes import LISTS

    for name in names:
        for code in LISTS[name]:
            schemes = {scheme: getattr(code, scheme) or None for scheme in SCHEMES}
            output.emit({"list": name, "code": code.value, "label": code.label, **schemes})


def _print(name: str) -> None:
    """One list, with a column for each scheme that has a counterpart of any of its codes."""
    from tracker.model.codes import LISTS

    schemes = [s for s in SCHEMES if any(getattr(code, s) for code in LISTS[name])]
    rows = [[code.value, code.label, *(getattr(code, s) or "–" for s in schemes)] for code in LISTS[name]]
    output.table(["Code", "Label", *(s.upper() for s in schemes)], rows, flex=1)
