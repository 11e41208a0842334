"""The options of `tracker import` that no other command has."""

from __future__ import annotations

from typing import Annotated

import typer

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="CSV, TSV, JSON, JSON lines, XLSX, also .gz, .xz or .zst; a folder; or -"),
]
Profile = Annotated[
    str, typer.Option("--profile", "-p", metavar="NAME|FILE.toml", help="A dataset's; see “tracker profiles”.")
]
Kind = Annotated[
    str, typer.Option("--as", metavar="KIND", help="What files hold, if these do not tell; with --map incidents.")
]
Maps = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD|FIELD:=TEXT", help="A column is a field or role; or a text; often."),
]
Id = Annotated[
    str, typer.Option("--id", metavar="COLUMN", help="With --map: what tells rows apart; else all they say.")
]
Dataset = Annotated[
    str, typer.Option("--dataset", metavar="NAME", help="With --map: what the ids belong to; else the file's name.")
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--date-format", metavar="FORMAT", help="With --map: such as %d.%m.%Y, or %B %Y for months; often."),
]
Nulls = Annotated[
    list[str] | None,
    typer.Option("--null", metavar="TEXT", help="With --map: a text that means “not given”, such as unknown; often."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done, edits that stay included.")]
Strict = Annotated[bool, typer.Option("--strict", help="Import nothing if any row cannot be taken.")]
Release = Annotated[str, typer.Option("--release", help="The dataset's release, where the file does not say.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file of --rejects.")]
NoLimit = Annotated[bool, typer.Option("--no-limit", help="Read files of any size and ratio of packing.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell up to 1,000 rows that change, and the edits that stay.")
]
