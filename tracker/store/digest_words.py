"""What hangs on the records that a report lists: who says what of whom, figures, quoted words and their check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker import text
from tracker.model import codes
from tracker.store.columns_dataset import dataset_of
from tracker.store.database import Reader
from tracker.store.digest import Scope
from tracker.store.digest_records import by_owner

Owned = dict[int, tuple[list[Any], int]]
"""For each record the first rows that hang on it, and how many there are."""

_ROLES = " ".join(f"WHEN '{role}' THEN {place}" for place, role in enumerate(codes.values("involvement_role")))


@dataclass(frozen=True, slots=True)
class Said:
    """One involvement as codes and ids; None where nothing is recorded. `dataset` is where it was imported from."""

    id: int
    actor: int
    role: str
    asserted_by: int | None
    stance: str
    hedge: str | None
    hedge_words: str | None
    basis: str | None
    credibility: int | None
    adopted: bool
    source: int | None
    statement: int | None
    dataset: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One tally as codes, numbers and ids; None where nothing is recorded. `dataset` is where it was imported from."""

    measure: str
    whom: str | None
    low: int | None
    best: int | None
    high: int | None
    words: str | None
    asserted_by: int | None
    source: int | None
    adopted: bool
    dataset: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that a record rests on: `start` and `end` are code points of the source's text, half-open.

    `verdict` is what holding them against the text found just now; "" when the text is not attached and never was.
    """

    id: int
    source: int
    start: int
    end: int
    role: str | None
    verdict: str
    checked: bool


def involvements(reader: Reader, incidents: Sequence[int]) -> Owned:
    """Who is said to have done or suffered what in each incident; perpetrators first."""
    select = (
        "v.id, v.actor_id, v.role, v.asserted_by_id, v.stance, v.hedge, v.hedge_words, v.basis, v.credibility,"
        f" v.adopted, v.source_id, v.statement_id, {dataset_of('v')} AS dataset"
    )
    order = f"CASE v.role {_ROLES} END, v.actor_id, v.id"
    found = by_owner(reader, select, "FROM involvement v WHERE v.deleted_at IS NULL", "v.incident_id", incidents, order)
    return {key: ([Said(*(*row[:9], bool(row[9]), *row[10:])) for row in rows], n) for key, (rows, n) in found.items()}


def tallies(reader: Reader, incidents: Sequence[int]) -> Owned:
    """The figures given for each incident."""
    select = (
        "y.measure, y.whom, y.low, y.best, y.high, y.words, y.asserted_by_id, y.source_id, y.adopted,"
        f" {dataset_of('y')} AS dataset"
    )
    source = "FROM tally y WHERE y.deleted_at IS NULL"
    found = by_owner(reader, select, source, "y.incident_id", incidents, "y.measure, y.id")
    return {key: ([Figure(*(*row[:8], bool(row[8]), row[9])) for row in rows], n) for key, (rows, n) in found.items()}


def passages(reader: Reader, kind: str, ids: Sequence[int]) -> Owned:
    """The words that each record of a kind rests on, held against the texts as they are now."""
    select = (
        'e.id AS evidence, e.source_id, e.start, e."end" AS ends, e.role, e.verdict, e.exact,'
        " s.text IS NOT NULL AS there, substr(s.text, CAST(e.start + 1 AS INTEGER),"
        ' CAST(e."end" - e.start AS INTEGER)) AS words'
    )
    source = (
        "FROM citation c JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"
        " WHERE c.deleted_at IS NULL AND e.deleted_at IS NULL"
    )
    found = by_owner(reader, select, source, f"c.{kind}_id", ids, "e.source_id, e.start, e.id, c.id")
    return {key: (list({row[0]: _passage(row) for row in rows}.values()), n) for key, (rows, n) in found.items()}


def _passage(row: tuple[Any, ...]) -> Passage:
    id_, source, start, end, role, verdict, exact, there, words = row
    return Passage(id_, source, start, end, role, _held(exact, words, verdict) if there else verdict or "", bool(there))


def _held(exact: str | None, words: str, before: str | None) -> str:
    if words and exact in (None, "", words):
        return "verified"
    if words and text.fold(exact or "") == text.fold(words):
        return "normalized"
    return before if before not in (None, "", "verified", "normalized") else "altered"


def addressed(reader: Reader, statements: Sequence[int]) -> Owned:
    """The actors of each statement besides its speaker, as (role, actor)."""
    source = "FROM statement_actor a WHERE a.deleted_at IS NULL"
    return by_owner(reader, "a.role, a.actor_id", source, "a.statement_id", statements, "a.role, a.id")


def about(reader: Reader, statements: Sequence[int]) -> Owned:
    """The incidents that each statement is about."""
    source = (
        "FROM statement_incident l JOIN incident i ON i.id = l.incident_id"
        " WHERE l.deleted_at IS NULL AND i.deleted_at IS NULL"
    )
    return by_owner(reader, "l.incident_id", source, "l.statement_id", statements, "l.incident_id")


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many involvements there are; `blaming` are of perpetrators and sponsors.

    Of these `hedged` have a hedge, `unnamed` nobody who says so, not even a dataset, `denying` a denial or a doubt.
    `adopted` and `roles` are of all of them, and `datasets` are those that a dataset says in its own name.
    """

    total: int
    blaming: int
    hedged: int
    unnamed: int
    denying: int
    adopted: int
    datasets: dict[str, int]
    roles: dict[str, int]


def accounts(reader: Reader, scope: Scope) -> Accounts:
    """How many say who did what in the incidents of a scope."""
    blaming = "v.role IN ('perpetrator', 'sponsor')"
    own = "v.asserted_by_id IS NULL"
    conditions = (
        blaming, f"{blaming} AND v.hedge <> 'none'", f"{blaming} AND {own} AND b.dataset IS NULL",
        f"{blaming} AND v.stance IN ('denies', 'doubts')", "v.adopted = TRUE", own,
    )  # fmt: skip
    counted = ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in conditions)
    # Nothing hangs on a deleted incident: it went with it.
    picked = " AND v.incident_id IN (SELECT id FROM picked)"
    before, within = ("", _lasting(reader)) if scope.everything else (scope.picked, picked)
    sql = (
        f"{before}SELECT v.role, b.dataset, count(*), {counted} FROM involvement v"
        f" LEFT JOIN batch b ON b.id = v.batch_id WHERE v.deleted_at IS NULL{within} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    sums = [0] * 6
    roles: Counter[str] = Counter()
    datasets: Counter[str] = Counter()
    for role, dataset, *numbers in reader.rows(sql, () if scope.everything else scope.parameters):
        sums = [total + int(number) for total, number in zip(sums, numbers, strict=False)]
        roles[role] += int(numbers[0])
        if dataset and numbers[-1]:
            datasets[dataset] += int(numbers[-1])
    total, blamed, hedged, unnamed, denying, adopted = sums
    return Accounts(total, blamed, hedged, unnamed, denying, adopted, dict(datasets), dict(roles))


def _lasting(reader: Reader) -> str:
    """SQL that leaves out what hangs on incidents that their dataset has no longer; "" when there are none."""
    gone = "SELECT g.id FROM incident g WHERE g.gone IS NOT NULL"
    return f" AND v.incident_id NOT IN ({gone})" if reader.rows(f"{gone} LIMIT 1") else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """`changed` is when the newest change to the database was made, "" when there was none.

    `deleted` incidents fit the filter but were deleted, `gone` ones fit it but are left out, for the newest release of
    their dataset has them no longer; `pending` suggestions in the database wait to be decided on.
    """

    changed: str
    deleted: int
    gone: int
    pending: int


def standing(reader: Reader, scope: Scope) -> Standing:
    """How the data stands that a report is made from, and what of it a report leaves out."""
    newest = reader.rows("SELECT at FROM action ORDER BY id DESC LIMIT 1")
    deleted = f"SELECT count(*) FROM incident t WHERE t.deleted_at IS NOT NULL AND {scope.condition}"
    gone = f"SELECT count(*) FROM incident t WHERE t.deleted_at IS NULL AND t.gone IS NOT NULL AND {scope.condition}"
    waiting = "SELECT count(*) FROM suggestion WHERE status = 'pending' AND deleted_at IS NULL"
    return Standing(
        str(newest[0][0]) if newest else "",
        int(reader.rows(deleted, scope.parameters)[0][0]),
        int(reader.rows(gone, scope.parameters)[0][0]),
        int(reader.rows(waiting)[0][0]),
    )


def known(ids: Iterable[int | None]) -> list[int]:
    """The ids that are there, each once, in order."""
    return sorted({id_ for id_ in ids if id_ is not None})
