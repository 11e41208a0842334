"""What hangs on an actor, counted: what a person must know before two actors are made one."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.model.kinds import BY_NAME, EXCHANGED
from tracker.store import views
from tracker.store.database import Reader
from tracker.store.query import parse
from tracker.tui import lookup

ACTOR = BY_NAME["actor"]


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor by REF and name, its other names, and how many records of which kind refer to it."""

    id: int
    shown: str
    names: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    generic: bool

    @property
    def ref(self) -> str:
        """The REF."""
        return f"{ACTOR.prefix}-{self.id}"

    @property
    def told(self) -> str:
        """Names and counts in a line each."""
        counted = " · ".join(f"{count:,} {what}" for what, count in self.counts if count)
        names = f"also {', '.join(self.names)}" if self.names else "no other names"
        return f"{names}\n{counted or 'nothing refers to it'}"


def facts(reader: Reader, actor_id: int) -> ActorFacts:
    """Read the facts of one actor."""
    record = views.record(reader, ACTOR, actor_id) or {}
    names_kind = BY_NAME["actor_name"]
    mine = views.View(names_kind, parse(names_kind, f"actor:A-{actor_id}"), columns=("name",))
    names = tuple(row[1][0] for row in views.Browser(reader, mine).head(12))
    return ActorFacts(
        actor_id, lookup.name(reader, ACTOR.name, actor_id), names, tuple(_counts(reader, actor_id)),
        bool(record.get("generic")),
    )  # fmt: skip


def _counts(reader: Reader, actor_id: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for kind in EXCHANGED:
        references = [f.name for f in kind.form_fields if f.type == "ref" and f.target == ACTOR.name]
        if references and kind.name != "actor_name":
            either = " OR ".join(f"{name}:A-{actor_id}" for name in references)
            count = views.Browser(reader, views.View(kind, parse(kind, either))).count()
            found.append((kind.label.lower() if count == 1 else kind.plural.replace("_", " "), count))
    return found
