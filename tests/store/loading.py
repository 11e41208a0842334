"""What the tests of bulk loads share: small blocks of rows made by hand, and all that a database holds, to compare."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from casework import everything, history

from tracker.store.bulk import About, Bulk
from tracker.store.database import Database, connect
from tracker.store.incoming import ActorSpec, Incoming, Involved, SourceSpec, StatementSpec, TallySpec

ABOUT = About("made-up", "coast", "1", "coast.csv", "utf-8", ",")
SECOND = About("made-up", "coast", "2", "coast-2.csv", "utf-8", ",")

SAHIL = ActorSpec("Al-Sahil Front")
GUARD = ActorSpec("Coast Guard", "state_forces", country="IRQ")
CROWD = ActorSpec("Fishermen", "civilians", generic=True)


@dataclass
class Case:
    """One row of the made-up dataset."""

    key: str
    title: str = "Harbour shelled"
    day: str = "2024-05-01"
    country: str = "IRQ"
    killed: int | None = 2
    summary: str | None = "Shells fell on the harbour"
    actors: tuple[ActorSpec, ...] = (SAHIL,)
    host: ActorSpec | None = None
    role: str = "participant"
    sources: tuple[SourceSpec, ...] = (SourceSpec("Harbour shelled", "Coast Post", "2024-05-02"),)
    tallies: tuple[TallySpec, ...] = ()
    statements: tuple[StatementSpec, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    extra: str | None = None
    columns: dict[str, object] = field(default_factory=dict)

    @property
    def fingerprint(self) -> int:
        """A number that differs when anything else does."""
        return hash(repr(self)) // 2


def incoming(cases: Sequence[Case]) -> Incoming:
    """The cases as a block of rows."""
    days = [case.day for case in cases]
    incident: dict[str, Sequence[object]] = {
        "title": [case.title for case in cases],
        "category": ["armed_clash"] * len(cases),
        "date_edtf": days,
        "date_earliest": days,
        "date_latest": days,
        "date_precision": ["day"] * len(cases),
        "date_basis": ["imported"] * len(cases),
        "country": [case.country for case in cases],
        "killed_best": [case.killed for case in cases],
        "summary": [case.summary for case in cases],
        "aggregate": [False] * len(cases),
        "extra": [case.extra for case in cases],
    }
    return Incoming(
        [case.key for case in cases],
        [case.fingerprint for case in cases],
        incident,
        [
            Involved([case.actors[0] if len(case.actors) == 1 else case.actors or None for case in cases],
                     [case.role for case in cases], {"stance": ["claims"] * len(cases)}),
            Involved([case.host for case in cases], "host"),
        ],
        [case.sources for case in cases],
        [case.tallies for case in cases],
        [case.statements for case in cases],
        [(row, type_, other) for row, case in enumerate(cases) for type_, other in case.links],
        [case.tags for case in cases],
    )  # fmt: skip


def load(
    where: Database, cases: Sequence[Case], about: About = ABOUT, *, gone: bool = False, force: bool = False,
    dry_run: bool = False, size: int = 3, expected: int = 0,
) -> tuple[int, int, list[dict[str, tuple[object, object]]]]:  # fmt: skip
    """Import cases as a whole file would be: (batch, action, what changed in each row that was changed)."""
    told: list[dict[str, tuple[object, object]]] = []
    counts = {"new": 0, "changed": 0, "same": 0, "gone": 0, "rejected": 0}
    with Bulk(where, "ann", about, expected=expected) as bulk:
        for start in range(0, len(cases), size):
            block = cases[start : start + size]
            stored = bulk.known([case.key for case in block])
            new = [case for case, there in zip(block, stored, strict=True) if there is None]
            if new:
                assert len(bulk.add(incoming(new))) == len(new)
            there = [(case, one) for case, one in zip(block, stored, strict=True) if one is not None]
            same = [one.id for case, one in there if one.fingerprint == case.fingerprint and not one.gone]
            bulk.seen(same)
            others = [(case, one) for case, one in there if one.fingerprint != case.fingerprint or one.gone]
            others = [(case, one) for case, one in others if not one.deleted or one.fingerprint is None]
            told += bulk.change(incoming([case for case, _ in others]), [one for _, one in others])
            counts["new"] += len(new)
            counts["same"] += len(same)
            counts["changed"] += len(others)
        if gone:
            counts["gone"] = bulk.gone(force=force)[0]
        batch, action = bulk.finish(counts, {"read": len(cases)}, sha256="ab" * 32, dry_run=dry_run)
    return batch, action, told


SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
POSTGRESQL_SHAPE = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"


def shape(where: Database) -> list[tuple[Any, ...]]:
    """Every table, index and trigger as it is declared."""
    with closing(connect(where, writing=False)) as raw:
        return list(raw.execute(SHAPE if where.dialect == "sqlite" else POSTGRESQL_SHAPE).fetchall())


def whole(where: Database) -> tuple[Any, ...]:
    """All rows of all kinds, the history, and the hashes of the imported rows."""
    with closing(connect(where, writing=False)) as raw:
        prints = raw.execute("SELECT incident_id, fingerprint FROM imported ORDER BY 1").fetchall()
    return everything(where), history(where), [tuple(row) for row in prints], shape(where)
