"""`tracker link`: link two records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output, records, writing
from tracker.cli.context import command, session
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.model.fields import Kind

app = command()


@dataclass(frozen=True, slots=True)
class Pair:
    """What links two kinds: the kind of the link, and the fields that take the two REFs and the role."""

    kind: str
    first: str
    second: str
    role: str = ""


CITED = ("incident", "actor", "statement", "involvement", "tally", "relation")
PAIRS: dict[tuple[str, str], Pair] = {
    ("incident", "actor"): Pair("involvement", "incident", "actor", "role"),
    ("statement", "actor"): Pair("statement_actor", "statement", "actor", "role"),
    ("statement", "incident"): Pair("statement_incident", "statement", "incident"),
    ("actor", "actor"): Pair("relation", "from_actor", "to_actor", "type"),
    ("incident", "incident"): Pair("incident_link", "a", "b", "type"),
    ("incident", "source"): Pair("incident_source", "incident", "source"),
    **{("evidence", kind): Pair("citation", "evidence", kind) for kind in CITED},
}
"""Which kinds can be linked, in the order in which the link has them."""


@app.command()
def link(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="REF", help="I-1, S-7, A-3, E-9 …")],
    other: Annotated[str, typer.Argument(metavar="REF", help="What it is linked to.")],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="FIELD=VALUE", help="Any other field of the link.")
    ] = None,
    role: Annotated[str, typer.Option("--role", help="perpetrator, addressee, backs, same_as …")] = "",
    by: Annotated[str, typer.Option("--by", metavar="ACTOR", help="Who says so; nobody is named without it.")] = "",
    stance: Annotated[str, typer.Option("--stance", help="states, claims, accuses, denies, doubts")] = "",
    hedge: Annotated[str, typer.Option("--hedge", help="none, partial, hedged")] = "",
    hedge_words: Annotated[str, typer.Option("--hedge-words", metavar="TEXT", help="“believed”, “pointed to”")] = "",
    statement: Annotated[str, typer.Option("--statement", metavar="REF", help="Where it is said.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="REF", help="The source it comes from.")] = "",
    anchor: options.Anchor = "",
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """Link two records.

    \b
      incident + actor       who did or suffered it, and who says so (an involvement)
      statement + actor      whom it addresses or is about
      statement + incident   which incident it is about
      actor + actor          how they stand to each other (from the first to the second)
      incident + incident    same_as, retaliation_for, follows, contradicts
      incident + source      which source reports it
      evidence + any         the words of the source on which a record rests

    \b
    Example:
      tracker link I-1 A-12 --role perpetrator --by A-1 --stance accuses \\
          --hedge hedged --hedge-words 'pointed to' --statement S-1 --source SRC-1
      tracker link A-3 A-9 --role backs
      tracker link SRC-1 I-3
      tracker link E-4 I-1 field=place_words
    """
    given = {
        "asserted_by": by, "stance": stance, "hedge": hedge, "hedge_words": hedge_words, "statement": statement,
        "source": source,
    }  # fmt: skip
    extra = records.assignments(values or [])
    with session(context).reader() as reader:
        pair, ends = _pair(records.found(reader, one), records.found(reader, other))
        kind = records.kind_named(pair.kind)
        texts = _texts(pair, kind, role, given) | extra
        read = writing.read_values(reader, kind, texts, anchor=anchor)
    with session(context).casebook() as casebook:
        output.saved(casebook.add(pair.kind, read | ends, reason=why), as_json=json)


def _pair(one: tuple[Kind, int], other: tuple[Kind, int]) -> tuple[Pair, dict[str, object]]:
    """How the two can be linked, in whichever order they are given."""
    for (first, first_id), (second, second_id) in ((one, other), (other, one)):
        if pair := PAIRS.get((first.name, second.name)):
            return pair, {f"{pair.first}_id": first_id, f"{pair.second}_id": second_id}
    known = ", ".join(f"{first} + {second}" for first, second in PAIRS if first != "evidence")
    raise UsageError(
        f"{one[0].label.lower()} and {other[0].label.lower()} cannot be linked; "
        f"what can: {known}, evidence + {' or '.join(CITED)}"
    )


def _texts(pair: Pair, kind: Kind, role: str, given: dict[str, str]) -> dict[str, str]:
    """The fields that the options fill; UsageError for a role that is missing or an option this link has not."""
    from tracker.model import codes

    label = kind.label.lower()
    texts = {name: value for name, value in given.items() if value}
    for name in texts:
        if name not in kind.by_name:
            option = "by" if name == "asserted_by" else name.replace("_", "-")
            raise UsageError(f"--{option}: has no place in this link ({label}); leave it out")
    if not pair.role:
        if role:
            raise UsageError(f"--role: has no place in this link ({label}); leave it out")
        return texts
    field = kind.by_name[pair.role]
    if not role and not field.default:
        raise UsageError(f"--role: is missing; one of {', '.join(codes.values(field.codes))}")
    return {pair.role: role, **texts} if role else texts
