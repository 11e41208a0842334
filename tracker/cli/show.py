"""`tracker show`: one record and all that hangs on it, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import options, output, records
from tracker.cli.context import command, session
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.model.fields import Kind
    from tracker.store.database import Reader

app = command()

LEFT_OUT = ("id", "ref", "kind", "version", "groups", "history")
"""What the JSON of a card does not say again."""


@app.command()
def show(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The record: I-12, A-3, S-7, SRC-1 or a uid.")],
    json: options.Json = False,
) -> None:
    """Show one record and all that hangs on it: who says who did it, with what hedge, and the words it rests on.

    Who says nothing of an actor is named as silent, and it is said when nobody claims or denies.

    \b
    Example:
      tracker show I-3
      tracker show S-7 --json
    """
    with session(context).reader() as reader:
        kind, record_id = records.found(reader, ref)
        card = _card(reader, kind, record_id)
        if json:
            output.emit(_facts(reader, kind, record_id, card))
        else:
            output.lines(_lines(reader, kind, record_id, card))


def _card(reader: Reader, kind: Kind, record_id: int) -> Any:
    """The card of a record, for the kinds that have one; else None."""
    from tracker.store import cards

    make = {"incident": cards.incident_card, "actor": cards.actor_card, "statement": cards.statement_card,
            "source": cards.source_card}.get(kind.name)  # fmt: skip
    if make is None:
        return None
    card = make(reader, record_id)
    if card is None:
        raise UsageError(f"{kind.prefix}-{record_id}: was deleted meanwhile")
    return card


def _facts(reader: Reader, kind: Kind, record_id: int, card: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from tracker.store import views

    stored = views.record(reader, kind, record_id) or {}
    hidden = {f.name for f in kind.fields if f.type == "key"} | {"text", "deleted_at"}
    fields = {name: value for name, value in stored.items() if name not in hidden}
    more = asdict(card) if card is not None else {}
    told = {name: value for name, value in more.items() if name not in LEFT_OUT}
    return {"ref": f"{kind.prefix}-{record_id}", "kind": kind.name, "fields": fields, **told}


def _lines(reader: Reader, kind: Kind, record_id: int, card: Any) -> list[str]:
    from tracker.cli import cards

    if card is not None:
        return list(cards.card_lines(card))
    from tracker.store import views
    from tracker.store.cards.parts import Names, groups

    stored = views.record(reader, kind, record_id) or {}
    title = f"{kind.prefix}-{record_id}  {kind.label} (version {stored['version']})"
    return [title, *cards.group_lines(groups(kind, stored, Names(reader)))]
