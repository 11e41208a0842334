"""Names for the records that a report mentions, with links to where in it they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.exchange.report.blocks import Text
from tracker.model.kinds import BY_NAME
from tracker.store.cards.parts import OWN_VOICE, Names, voice
from tracker.store.digest_words import Figure, Said
from tracker.store.lookup import ref


@dataclass
class Mentions:
    """Titles by kind and id, and which records have a place of their own in the report."""

    names: Names
    here: dict[str, set[int]] = field(default_factory=dict)

    def place(self, kind: str, ids: Iterable[int]) -> None:
        """Say which records of a kind the report has a place for."""
        self.here[kind] = set(ids)

    def ref(self, kind: str, id_: int) -> Text:
        """The REF of a record, leading to its place if it has one."""
        shown = ref(BY_NAME[kind], id_)
        return Text(shown, "ref", f"#{shown}" if id_ in self.here.get(kind, ()) else "")

    def title(self, kind: str, id_: int | None) -> str:
        """The title of a record; nobody named for none."""
        return OWN_VOICE if id_ is None else self.names.title(kind, id_)

    def voice(self, row: Said | Figure) -> str:
        """Who says so: an actor, else the dataset that it was imported from, else nobody named."""
        return voice(self.names, row.asserted_by, row.dataset)
