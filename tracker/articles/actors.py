"""Proposals of actors: each cluster that can act, with every place where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.articles.index import Cluster, NameIndex
from tracker.articles.proposals import Proposal, Span

if TYPE_CHECKING:
    from tracker.articles.document import Document


def actors(doc: Document, index: NameIndex) -> list[Proposal]:
    """A proposal of kind actor for each cluster but places and names of which nothing tells that they act.

    `spans["name"]` holds all mentions; `value` has name, kind (code of `actor_kind`), generic, country (ISO 3166
    alpha-3 or ""), role_title, acronym, names (all wordings) and known (uids of actors on record, best first).
    """
    return [_proposal(cluster) for cluster in index.clusters if cluster.kind not in ("", "place") and cluster.mentions]


def _proposal(cluster: Cluster) -> Proposal:
    return Proposal(
        kind="actor",
        spans={"name": tuple(Span(mention.start, mention.end) for mention in cluster.mentions)},
        value={
            "name": cluster.name,
            "kind": cluster.kind,
            "generic": cluster.generic,
            "country": cluster.country,
            "role_title": cluster.title,
            "acronym": cluster.acronym,
            "names": list(cluster.aliases),
            "known": list(cluster.known),
        },
        confidence=cluster.confidence,
        reason=cluster.reason,
        rule=cluster.rule,
    )
