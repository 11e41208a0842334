"""What a form wants written, and writing it: a record, what is linked to it and new actors, as one action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.model.kinds import BY_NAME
from tracker.model.kinds.actors import ACTOR
from tracker.model.values import Values, parse_values

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook
    from tracker.store.ledger import Act, Saved


@dataclass(frozen=True, slots=True)
class NewActor:
    """Stands in a reference column for an actor that is made in the same action."""

    name: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that is added with the form's own one, to which its field `parent` refers."""

    kind: str
    parent: str
    values: Values


@dataclass(frozen=True, slots=True)
class Writing:
    """A record to add (`id` None) or to edit as of `version`; `actors` are the texts of new actors by name."""

    kind: str
    id: int | None
    version: int | None
    values: Values
    linked: list[Linked] = field(default_factory=list)
    actors: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.id is not None and not self.values and not self.linked


def write(book: Casebook, wanted: Writing) -> Saved:
    """Write it, all or nothing and one step of undo; raises what the casebook raises."""
    if wanted.linked or wanted.actors:
        return _together(book, wanted)
    if wanted.id is None:
        return book.add(wanted.kind, wanted.values)
    return book.edit(wanted.kind, wanted.id, wanted.values, version=wanted.version)


def _together(book: Casebook, wanted: Writing) -> Saved:
    kind = BY_NAME[wanted.kind]
    also = _also(wanted)
    title = str(wanted.values.get(kind.title) or kind.label.lower())
    verb, done = ("add", "Added") if wanted.id is None else ("edit", "Edited")
    short = title if len(title) <= 48 else f"{title[:47]}…"

    def work(act: Act) -> tuple[Saved, str]:
        actors = {name: act.add(ACTOR.name, parse_values(ACTOR, texts)).id for name, texts in wanted.actors.items()}
        values = _filled(wanted.values, actors)
        if wanted.id is None:
            saved = act.add(wanted.kind, values)
        else:
            saved = act.edit(wanted.kind, wanted.id, values, version=wanted.version)
        for link in wanted.linked:
            act.add(link.kind, _filled(link.values, actors) | {f"{link.parent}_id": saved.id})
        _rest_on_text(act, saved, wanted)
        return saved, f"{done} {saved.ref} {short}{also}"

    return book.unit(verb, "", work)


def _rest_on_text(act: Act, saved: Saved, wanted: Writing) -> None:
    if wanted.kind == "statement" and wanted.id is None:
        from tracker.store import pinning

        pinning.rest_on_text(act, saved.id)


def _filled(values: Mapping[str, object], actors: Mapping[str, int]) -> Values:
    return {name: actors[value.name] if isinstance(value, NewActor) else value for name, value in values.items()}


def _also(wanted: Writing) -> str:
    counts: dict[str, int] = {}
    for link in wanted.linked:
        counts[link.kind] = counts.get(link.kind, 0) + 1
    told = [_counted(BY_NAME[kind].label.lower(), BY_NAME[kind].plural, count) for kind, count in counts.items()]
    if wanted.actors:
        told.append(_counted("new actor", "new actors", len(wanted.actors)))
    return f" with {' and '.join(told)}" if told else ""


def _counted(one: str, many: str, count: int) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many.replace('_', ' ')}"
