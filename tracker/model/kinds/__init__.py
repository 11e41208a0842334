"""The kinds of record and their fields: the one place where a column of the database is declared."""

from __future__ import annotations

from tracker.model.fields import Kind
from tracker.model.kinds.actors import ACTOR, ACTOR_NAME, RELATION
from tracker.model.kinds.desk import BATCH, SAVED_VIEW, TAG
from tracker.model.kinds.incidents import INCIDENT, INCIDENT_LINK, INCIDENT_SOURCE, INVOLVEMENT, TALLY
from tracker.model.kinds.sources import CITATION, EVIDENCE, SOURCE, SUGGESTION
from tracker.model.kinds.statements import STATEMENT, STATEMENT_ACTOR, STATEMENT_INCIDENT

__all__ = [
    "ACTOR",
    "ACTOR_NAME",
    "BATCH",
    "BY_NAME",
    "BY_PLURAL",
    "BY_PREFIX",
    "CITATION",
    "EVIDENCE",
    "EXCHANGED",
    "INCIDENT",
    "INCIDENT_LINK",
    "INCIDENT_SOURCE",
    "INVOLVEMENT",
    "KINDS",
    "RELATION",
    "SAVED_VIEW",
    "SOURCE",
    "STATEMENT",
    "STATEMENT_ACTOR",
    "STATEMENT_INCIDENT",
    "SUGGESTION",
    "TAG",
    "TALLY",
]

KINDS: tuple[Kind, ...] = (
    SOURCE,
    ACTOR,
    ACTOR_NAME,
    RELATION,
    INCIDENT,
    INCIDENT_LINK,
    INCIDENT_SOURCE,
    STATEMENT,
    STATEMENT_ACTOR,
    STATEMENT_INCIDENT,
    INVOLVEMENT,
    TALLY,
    EVIDENCE,
    CITATION,
    SUGGESTION,
    TAG,
    SAVED_VIEW,
    BATCH,
)
"""All kinds, in an order in which each comes after those it refers to (but for references within a kind)."""

EXCHANGED: tuple[Kind, ...] = KINDS[:14]
"""The kinds that are exported and imported, in the order in which files are written and must be read."""

BY_NAME = {kind.name: kind for kind in KINDS}
BY_PREFIX = {kind.prefix: kind for kind in KINDS}
BY_PLURAL = {kind.plural: kind for kind in KINDS}
