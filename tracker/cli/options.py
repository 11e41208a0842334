"""The options that several commands share, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the history.")]
Anchor = Annotated[
    str, typer.Option("--anchor", metavar="DATE", help="The day from which words such as “last Monday” are told.")
]
Order = Annotated[
    str, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="How 03/04/2019 is meant; it is never guessed.")
]
Where = Annotated[str, typer.Option("--where", "-w", metavar="QUERY", help="Which; see “tracker fields WHAT”.")]
Columns = Annotated[str, typer.Option("--columns", "-c", metavar="A,B,…", help="Which columns, in this order.")]
Sort = Annotated[str, typer.Option("--sort", "-s", metavar="COLUMN", help="By what; -date is descending.")]

Rejects = Annotated[str, typer.Option("--rejects", metavar="FILE", help="Write the rejected rows there, with reasons.")]
Gone = Annotated[
    str, typer.Option("--gone", metavar="mark|keep|force", help="Rows that this release of a dataset lacks.")
]
Maps = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Read a column as a field of KIND; often.")
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="When a file is not UTF-8: cp1252, …")]
Delimiter = Annotated[str | None, typer.Option("--delimiter", help="Else told from the header line: ; or tab")]
Codebook = Annotated[
    str, typer.Option("--as", metavar="acled|ged|gtd|plover|stix", help="Incidents as a codebook has them.")
]
Loss = Annotated[
    str, typer.Option("--loss-report", metavar="FILE", help="With --as: what it cannot say, CSV or .json.")
]
