"""`tracker fields`: the fields of each kind of record, and how to filter by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command

if TYPE_CHECKING:
    from tracker.model.fields import Kind

app = command()

TYPES = {"long": "text", "codes": "codes, joined by ;", "int": "whole number", "real": "number", "bool": "yes or no",
         "stamp": "day"}  # fmt: skip
"""What a person calls the type of a field, where it is not the type's own name."""


@app.command()
def fields(
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="Kind: incident, actor, statement, …")] = None,
    json: options.Json = False,
) -> None:
    """The fields of a kind of record: how they are written with “add” and “edit”, and how to filter by them.

    \b
    Example:
      tracker fields incident
      tracker fields statement --json
    """
    if what is None:
        _kinds(json)
        return
    kind = records.kind_named(what)
    rows = _written(kind)
    filters = _filters(kind)
    if json:
        named = {"kind": kind.name, "plural": kind.plural, "prefix": kind.prefix}
        output.emit({**named, "fields": rows, "filter": filters})
        return
    marks = {True: "yes", False: "–"}
    output.table(
        ["Field", "Label", "Type", "Required", "Values", "Help"],
        [[str(r["field"]), str(r["label"]), str(r["type"]), marks[bool(r["required"])], str(r["values"] or "–"),
          str(r["help"] or "–")] for r in rows],
        flex=4,
    )  # fmt: skip
    print()
    output.table(["Filter by", "Example", "Matches"], [[f["field"], f["example"], f["help"]] for f in filters], flex=2)


def _kinds(as_json: bool) -> None:
    from tracker.model.kinds import EXCHANGED

    if as_json:
        for kind in EXCHANGED:
            output.emit({"kind": kind.name, "plural": kind.plural, "prefix": kind.prefix, "fields": list(kind.by_name)})
        return
    rows = [[kind.plural, f"{kind.prefix}-1", ", ".join(f.name for f in kind.form_fields)] for kind in EXCHANGED]
    output.table(["What", "REF", "Fields"], rows, flex=2)
    output.say("“tracker fields WHAT” says more of each")


def _written(kind: Kind) -> list[dict[str, object]]:
    from tracker.model import codes
    from tracker.model.kinds import BY_NAME

    rows: list[dict[str, object]] = []
    for field in kind.form_fields:
        type_ = f"REF, {BY_NAME[field.target].prefix}-1" if field.type == "ref" else TYPES.get(field.type, field.type)
        values = ", ".join(codes.values(field.codes)) if field.codes else None
        required = field.required and not field.default
        rows.append({"field": field.name, "label": field.label, "type": type_, "required": required,
                     "values": values, "default": field.default or None, "help": field.help or None})  # fmt: skip
    return rows


def _filters(kind: Kind) -> list[dict[str, str]]:
    from tracker.store.query.fields import fields_of

    return [{"field": f.name, "label": f.label, "example": f.example, "help": f.help} for f in fields_of(kind)]
