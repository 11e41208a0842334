"""Who and what an article names: clusters of mentions, each with its fullest name, kind and aliases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.articles.index import Cluster, KnownActor, Mention, NameIndex
from tracker.articles.naming import clusters_of

if TYPE_CHECKING:
    from tracker.articles.document import Document

__all__ = ["Cluster", "KnownActor", "Mention", "NameIndex", "names"]


def names(doc: Document, known: Sequence[KnownActor] = ()) -> NameIndex:
    """The actors that an article names or describes. `known` are actors on record. Raises nothing."""
    return NameIndex(clusters_of(doc, known))
