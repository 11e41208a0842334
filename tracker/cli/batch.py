"""`tracker batch`: take an import back."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.context import command, session
from tracker.errors import UsageError

app = command()

_SHOWN = 20


@app.command()
def batch(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="revert", help="What to do with it.")],
    number: Annotated[str, typer.Argument(metavar="N", help="The batch, as “tracker batches” lists it.")],
    force: Annotated[
        bool, typer.Option("--force", help="Although it was worked on since; fields that were set since stay.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Take an import back: what it added goes, what it changed is as it was before.

    Records that somebody edited or built upon since are named, and nothing is done unless --force: then what it added
    goes all the same, with what rests on it, and fields that were set since stay as they are and are listed.

    \b
    Example:
      tracker batch revert 17
    """
    from tracker.store.batches import revert

    if action != "revert":
        raise UsageError(f"“{action}” is nothing that is done to a batch; write: tracker batch revert {number}")
    digits = number.upper().removeprefix("B-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise UsageError(f"“{number}” is no batch; “tracker batches” lists them")
    this = session(context)
    this.reader().__enter__().close()
    done = revert(this.database, this.who, int(digits), force=force)
    if json:
        facts = {"action": done.action, "ref": done.ref, "uid": done.uid, "version": done.version}
        kept = [one._asdict() for one in done.kept]
        output.emit({
            **facts, "sentence": done.sentence, "kept": kept, "kept_count": done.kept_count, "stayed": done.stayed,
        })  # fmt: skip
        return
    output.saved(done, as_json=False)
    output.lines(
        f"kept {one.ref} {one.field}: {'empty' if one.value is None else one.value} ({one.who})"
        for one in done.kept[:_SHOWN]
    )
    if done.kept_count > _SHOWN:
        output.say(f"and {done.kept_count - _SHOWN:,} more; --json lists up to 1,000")
