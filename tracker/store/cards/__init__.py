"""One record and all that hangs on it, as plain frozen values; None for a record that is deleted or never was."""

from tracker.store.cards.actor import ActorCard, actor_card
from tracker.store.cards.incident import IncidentCard, incident_card
from tracker.store.cards.matrix import Matrix, Standing, Verdict
from tracker.store.cards.parts import AsRead, Group, Named, When
from tracker.store.cards.reports import SourceRow
from tracker.store.cards.source import SourceCard, source_card
from tracker.store.cards.statement import StatementCard, statement_card

__all__ = [
    "ActorCard",
    "AsRead",
    "Group",
    "IncidentCard",
    "Matrix",
    "Named",
    "SourceCard",
    "SourceRow",
    "Standing",
    "StatementCard",
    "Verdict",
    "When",
    "actor_card",
    "incident_card",
    "source_card",
    "statement_card",
]
