"""`tracker suggestions`: what waits for a decision in an article, and deciding on it in scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import options, output, records
from tracker.cli.context import Session, command, session
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.store.database import Reader
    from tracker.store.ledger import Saved
    from tracker.store.reading_desk import Waiting

app = command()


@app.command()
def suggestions(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SOURCE", help="A source that was ingested: SRC-1 or its uid.")],
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="SG-3", help="Accept it; often.")] = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", metavar="SG-3", help="Reject it; often.")] = None,
    sure: Annotated[
        float | None, typer.Option("--accept-all", metavar="LEAST", help="Accept all with this confidence: 0.85.")
    ] = None,
    speaker: Annotated[
        str, typer.Option("--speaker", metavar="ACTOR", help="With --accept: who speaks, or whom an actor is.")
    ] = "",
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="With --accept: instead of what is told.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show those that are decided as well.")] = False,
    why: options.Why = "",
    json: options.Json = False,
) -> None:
    """List what an article suggests and nobody has decided on, or decide; each decision is one step of undo.

    \b
    Example:
      tracker suggestions SRC-1
      tracker suggestions SRC-1 --accept SG-4 --set kind=threaten --reject SG-9
      tracker suggestions SRC-1 --accept-all 0.85
    """
    here = session(context)
    with here.reader() as reader:
        source = records.found(reader, ref, "source")[1]
    if not (accept or reject or sure is not None):
        _list(here, source, "" if every else "pending", as_json=json)
        return
    if sure is not None and not 0 <= sure <= 1:
        raise UsageError(f"--accept-all: {sure:g} is no confidence; give a number from 0 to 1, such as 0.85")
    for saved in _decide(here, source, accept or [], reject or [], sure, speaker, fields or [], why):
        output.saved(saved, as_json=json)


def _list(here: Session, source: int, status: str, *, as_json: bool) -> None:
    from tracker.store.reading_desk import queue

    with here.reader() as reader:
        found = queue(reader, source, status=status)
    if as_json:
        for one in found:
            output.emit({"ref": one.ref, **one._asdict()})
        return
    if not found:
        output.say("no suggestion waits; --all shows those that are decided")
        return
    rows = [
        [one.ref, one.kind, f"{one.start}–{one.end}", f"{one.confidence:.2f}", one.status, one.made or "–", _words(one),
         one.reason]
        for one in found
    ]  # fmt: skip
    output.table(["Ref", "Kind", "Where", "Sure", "Status", "Record", "What", "Why"], rows, flex=6)


def _words(one: Waiting) -> str:
    """A suggestion in a few words."""
    for name in ("title", "name", "quote", "paraphrase", "words"):
        if told := one.value.get(name):
            who = one.value.get("speaker_entity") or ""
            return " ".join(f"{who + ': ' if who else ''}{told}".split())
    return str(one.value.get("kind") or "")


def _decide(
    here: Session,
    source: int,
    accept: list[str],
    reject: list[str],
    sure: float | None,
    speaker: str,
    fields: list[str],
    why: str,
) -> list[Saved]:
    from tracker.store.reading_desk import queue

    with here.reader() as reader:
        there = {one.ref: one for one in queue(reader, source)}
        for ref in (*accept, *reject):
            if ref.upper() not in there:
                hint = f"see “tracker suggestions SRC-{source} --all”"
                raise UsageError(f"{ref}: is no suggestion of SRC-{source}; {hint}")
        actor = records.lookup(reader)("actor", speaker, "speaker") if speaker else None
        values = {ref.upper(): _values(reader, there[ref.upper()], source, fields) for ref in accept}
    done = []
    with here.casebook() as book:
        for ref, value in values.items():
            one, decision = there[ref], "edited" if value else "accepted"
            done.append(book.decide(one.id, decision, version=one.version, value=value, speaker=actor, reason=why))
        for one in (there[ref.upper()] for ref in reject):
            done.append(book.decide(one.id, "rejected", version=one.version, reason=why))
        if sure is not None:
            done.append(book.accept_all(source, sure))
    return done


def _values(reader: Reader, one: Waiting, source: int, fields: list[str]) -> dict[str, Any]:
    """What is set instead of what was suggested, as the columns of the record it becomes."""
    from tracker.cli.writing import read_values
    from tracker.model.kinds import BY_NAME

    texts = records.assignments(fields)
    kind = BY_NAME.get(one.kind)
    return dict(read_values(reader, kind, texts, source=source) if kind else texts)
