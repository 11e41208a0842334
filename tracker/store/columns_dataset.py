"""What a dataset says in its own name: who speaks in rows that an import made, and statements made from its codes."""

from __future__ import annotations

from tracker.store.database import Reader

VOICE = "{} (dataset)"
"""How a dataset is named where it is the one who says so; the name is the one that is stored."""


def dataset_of(alias: str) -> str:
    """SQL for the dataset whose import made a row over `alias`; NULL for what was coded by hand or came as a case."""
    return f"(SELECT b.dataset FROM batch b WHERE b.id = {alias}.batch_id)"


def named(dataset: str | None) -> str | None:
    """A dataset as the one who says so; None for none."""
    return VOICE.format(dataset) if dataset else None


def or_dataset(name: str, reference: str, alias: str) -> str:
    """SQL for the asserter `name`; where the column `reference` names nobody, the dataset that the row came with."""
    voice = f"b.dataset || '{VOICE.format('')}'"
    return (
        f"CASE WHEN {reference} IS NOT NULL THEN {name}"
        f" ELSE (SELECT {voice} FROM batch b WHERE b.id = {alias}.batch_id) END"
    )


def coded(reader: Reader, alias: str) -> str:
    """SQL for statements over `alias` made from codes of datasets, without words; "" when there are none.

    The imports are looked up first, so that a list without any costs nothing.
    """
    ids = [str(int(row[0])) for row in reader.rows("SELECT id FROM batch WHERE dataset IS NOT NULL ORDER BY id")]
    if not ids:
        return ""
    made = f"{alias}.batch_id IS NOT NULL AND {alias}.batch_id IN ({', '.join(ids)})"
    return f"(coalesce({alias}.quote, '') = '' AND {made})"
