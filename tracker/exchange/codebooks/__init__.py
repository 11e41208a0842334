"""Incidents as the files of other codebooks, with a report of what those cannot say."""

from tracker.exchange.codebooks.running import TARGETS, Outcome, export_as, require_target

__all__ = ["TARGETS", "Outcome", "export_as", "require_target"]
