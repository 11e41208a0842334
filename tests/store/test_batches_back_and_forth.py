"""Whatever an import did and whoever worked on it since: taken back, given again and taken back, all is as it was."""

from __future__ import annotations

from contextlib import closing, suppress
from random import Random
from typing import Any

import pytest
from casework import actor, everything, involvement, source
from conftest import Store
from loading import ABOUT, CROWD, GUARD, SAHIL, SECOND, Case, load

from tracker.errors import Conflict, UsageError
from tracker.store.batches import revert
from tracker.store.casebook import Casebook
from tracker.store.check import check
from tracker.store.database import Reader, connect
from tracker.store.incoming import ActorSpec, SourceSpec, StatementSpec, TallySpec

PEOPLE = (SAHIL, GUARD, CROWD, ActorSpec("Sons of the Dune"))
SOURCES = tuple(SourceSpec(f"Report {number}", "Coast Post", "2024-05-02") for number in range(4))
SAID = tuple(StatementSpec(who, "deny", paraphrase=f"Not us, says {who.name}") for who in PEOPLE)


def canonical(store: Store) -> tuple[Any, ...]:
    """Every record but its versions and stamps, deleted or not, and which incidents are known by a row.

    A batch remembers when it was taken back; here only whether it does.
    """
    with closing(connect(store.database, writing=False)) as raw:
        rows = raw.execute("SELECT incident_id FROM imported ORDER BY 1").fetchall()
    found = everything(store.database)
    for batch in found["batch"].values():
        batch["extra"] = batch["extra"] is not None
    return found, [row[0] for row in rows]


def difference(one: tuple[Any, ...], other: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """What two states differ in: (kind, id, columns), and the incidents known by a row in only one of them."""
    found: list[tuple[Any, ...]] = [("imported", sorted(set(one[1]) ^ set(other[1])))] * (one[1] != other[1])
    for kind in one[0]:
        for key in one[0][kind] | other[0][kind]:
            here, there = (state[0][kind].get(key, {}) for state in (one, other))
            names = [name for name in here | there if here.get(name) != there.get(name)]
            found += [(kind, key, {name: (here.get(name), there.get(name)) for name in names})] * bool(names)
    return found


def in_order(store: Store) -> None:
    """The database holds what it promises."""
    with Reader(store.database) as reader:
        assert [problem for problem in check(reader).problems if problem.severity == "error"] == []


def made_up(random: Random, key: int) -> Case:
    """Some row of the dataset."""
    measured = TallySpec("killed", "civilians", None, random.randint(0, 3), None)
    return Case(
        str(key), title=f"Shelling {random.randint(1, 2)}", day=f"2024-05-0{random.randint(1, 3)}",
        killed=random.choice([None, 0, 1, 5]), actors=tuple(random.sample(PEOPLE, random.randint(1, 2))),
        sources=tuple(random.sample(SOURCES, random.randint(0, 2))), tags=("sea",) * random.randint(0, 1),
        tallies=(measured,) * random.randint(0, 1), statements=tuple(random.sample(SAID, random.randint(0, 1))),
        extra=random.choice([None, '{"note":1}']),
    )  # fmt: skip


def worked_on(random: Random, book: Casebook, store: Store) -> None:
    """Something that a person does with the records."""
    numbers = [row[0] for row in store.sql("SELECT id FROM incident WHERE deleted_at IS NULL ORDER BY id")]
    links = [row[0] for row in store.sql("SELECT id FROM involvement WHERE deleted_at IS NULL ORDER BY id")]
    if not numbers or not links:
        return
    incident = random.choice(numbers)
    does = random.randint(0, 6)
    with suppress(UsageError, Conflict):
        if does == 0:
            book.edit("incident", incident, {"killed_best": random.randint(0, 9)}, version=None)
        elif does == 1:
            book.edit("incident", incident, {"date_words": "one day in May"}, version=None)
        elif does == 2:
            involvement(book, incident, actor(book, f"Mine {random.random()}"), source_id=source(book))
        elif does == 3:
            book.delete("incident", [incident])
        elif does == 4:
            book.edit("involvement", random.choice(links), {"hedge_words": "allegedly"}, version=None)
        elif does == 5:
            book.delete("involvement", [random.choice(links)])
        else:
            book.undo()


@pytest.mark.parametrize("seed", range(12))
def test_taken_back_given_again_and_taken_back_all_is_as_it_was(store: Store, seed: int) -> None:
    random = Random(seed)
    ann, bea = store.casebook(), store.casebook("bea")
    load(store.database, [made_up(random, key) for key in range(random.randint(1, 8))], ABOUT)
    for _ in range(random.randint(0, 3)):
        worked_on(random, bea, store)
    if random.random() < 0.3:
        revert(store.database, "cy", 1, force=True)
    load(store.database, [made_up(random, key) for key in range(2, 10)], SECOND, gone=True, force=True)
    for _ in range(random.randint(0, 4)):
        worked_on(random, bea, store)
    taken_back = {
        row[0] for row in store.sql("SELECT b.id FROM batch b JOIN action a ON a.id = b.action AND a.reverted")
    }
    batch = random.choice(sorted({1, 2} - taken_back))
    before = canonical(store)
    with suppress(Conflict):
        revert(store.database, "ann", batch)
    refused = canonical(store) == before
    if refused:
        revert(store.database, "ann", batch, force=True)
    after = canonical(store)
    in_order(store)
    assert after != before
    for state in (before, after, before, after):
        (ann.undo if state is before else ann.redo)()
        assert difference(canonical(store), state) == []
        in_order(store)


@pytest.mark.parametrize("first", [1, 2])
def test_undo_of_an_import_and_its_revert_come_to_the_same(store: Store, first: int) -> None:
    random = Random(first)
    load(store.database, [made_up(random, key) for key in range(6)])
    before = everything(store.database)
    load(store.database, [made_up(random, key) for key in range(2, 9)], SECOND, gone=True, force=True)
    book = store.casebook()
    book.undo()
    undone = canonical(store)
    book.redo()
    revert(store.database, "ann", 2)
    reverted = canonical(store)
    for kinds in (undone[0], reverted[0]):
        alive = {kind: {key for key, row in rows.items() if not row["deleted"]} for kind, rows in kinds.items()}
        assert {kind: ids for kind, ids in alive.items() if kind != "batch"} == {
            kind: {key for key, row in rows.items() if not row["deleted"]}
            for kind, rows in before.items() if kind != "batch"
        }  # fmt: skip
    assert undone[1] == reverted[1]
    without_batches = [{kind: rows for kind, rows in one[0].items() if kind != "batch"} for one in (undone, reverted)]
    assert without_batches[0] == without_batches[1]
