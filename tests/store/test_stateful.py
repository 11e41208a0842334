"""Random work against a plain dictionary: whatever is added, edited, deleted, merged, undone, both hold the same."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from casework import Rows, alive, everything
from conftest import Store
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tracker.errors import UsageError
from tracker.store.casebook import Casebook
from tracker.store.check import check
from tracker.store.database import Database, Reader, database

Model = dict[str, dict[int, dict[str, Any]]]
"""What should be alive: kind → id → the columns that the machine writes."""

SHOWN = {
    "actor": ("name",),
    "incident": ("title", "parent_id"),
    "involvement": ("incident_id", "actor_id", "asserted_by_id"),
    "actor_name": ("actor_id", "name"),
}
NUMBER = st.integers(0, 50)


class Machine(RuleBasedStateMachine):
    """One analyst; `past` and `future` hold the model before and after each action that can be undone or redone."""

    where: ClassVar[Database]
    fresh: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = self.where
        if self.fresh is not None:
            self.place = database(str(shutil.copy(self.fresh, Path(self.folder.name) / "case.db")))
        self.book = Casebook(self.place, "ann")
        self.model: Model = {kind: {} for kind in SHOWN}
        self.past: list[Model] = []
        self.future: list[Model] = []
        # A database that is used again holds what earlier runs left; they wrote under other names.
        self.old: Rows = alive(self.place, list(SHOWN))
        self.book.who = f"ann {len(everything(self.place, ['actor'])['actor'])}-{id(self)}"

    @initialize()
    def begin(self) -> None:
        """Something of every kind, so that few steps already meet what hangs together."""
        self.add_actor("Al-Sahil")
        self.add_actor("Coast Guard")
        self.add_incident("a", 0, False)
        self.add_name(0, "ASF")
        self.involve(0, 0, 1)

    def teardown(self) -> None:
        """End every run with a check of everything: no random work may leave the database in disorder."""
        self.book.close()
        with Reader(self.place) as reader:
            assert [problem for problem in check(reader).problems if problem.severity == "error"] == []
        self.folder.cleanup()

    def before(self) -> None:
        self.past.append(copy.deepcopy(self.model))
        self.future.clear()

    def pick(self, kind: str, number: int) -> int:
        return sorted(self.model[kind])[number % len(self.model[kind])]

    @rule(name=st.sampled_from(["Al-Sahil", "Coast Guard", "شهاب", "O’Hara"]))
    def add_actor(self, name: str) -> None:
        self.before()
        key = self.book.add("actor", {"name": name, "kind": "party"}).id
        self.model["actor"][key] = {"name": name}

    @rule(title=st.text("ab ü", min_size=1, max_size=3).filter(str.strip), number=NUMBER, nested=st.booleans())
    def add_incident(self, title: str, number: int, nested: bool) -> None:
        self.before()
        parent = self.pick("incident", number) if nested and self.model["incident"] else None
        values = {"title": title, "category": "protest", "status": "reported", "parent_id": parent}
        self.model["incident"][self.book.add("incident", values).id] = {"title": title, "parent_id": parent}

    @precondition(lambda self: self.model["actor"] and self.model["incident"])
    @rule(one=NUMBER, two=NUMBER, who=st.none() | NUMBER)
    def involve(self, one: int, two: int, who: int | None) -> None:
        self.before()
        says = None if who is None else self.pick("actor", who)
        values: dict[str, Any] = {"incident_id": self.pick("incident", one), "actor_id": self.pick("actor", two)}
        values["asserted_by_id"] = says
        self.model["involvement"][self.book.add("involvement", values | {"role": "target"}).id] = values

    @precondition(lambda self: self.model["actor"])
    @rule(number=NUMBER, name=st.sampled_from(["ASF", "Front"]))
    def add_name(self, number: int, name: str) -> None:
        self.before()
        values: dict[str, Any] = {"actor_id": self.pick("actor", number), "name": name}
        self.model["actor_name"][self.book.add("actor_name", values).id] = values

    @precondition(lambda self: self.model["incident"])
    @rule(number=NUMBER, title=st.sampled_from(["a", "b", "Another"]))
    def edit(self, number: int, title: str) -> None:
        key = self.pick("incident", number)
        if self.model["incident"][key]["title"] != title:
            self.before()
        self.model["incident"][key]["title"] = title
        self.book.edit("incident", key, {"title": title}, version=None)

    @precondition(lambda self: any(self.model.values()))
    @rule(kind=st.sampled_from(sorted(SHOWN)), number=NUMBER)
    def delete(self, kind: str, number: int) -> None:
        if self.model[kind]:
            self.before()
            key = self.pick(kind, number)
            self.book.delete(kind, [key])
            self.forget(kind, key)

    def forget(self, kind: str, key: int) -> None:
        """What deleting means: what is about the record goes too, a part of it stands for itself."""
        del self.model[kind][key]
        columns = {"actor": ("actor_id", "asserted_by_id"), "incident": ("incident_id",)}.get(kind, ())
        for other in ("involvement", "actor_name"):
            rows = self.model[other]
            self.model[other] = {n: row for n, row in rows.items() if key not in [row.get(name) for name in columns]}
        if kind == "incident":
            for row in self.model["incident"].values():
                row["parent_id"] = None if row["parent_id"] == key else row["parent_id"]

    @precondition(lambda self: len(self.model["actor"]) > 1)
    @rule(one=NUMBER, two=NUMBER)
    def merge(self, one: int, two: int) -> None:
        keep, gone = self.pick("actor", one), self.pick("actor", two)
        if keep == gone:
            return
        self.before()
        self.book.merge(keep, gone)
        lost = self.model["actor"].pop(gone)["name"]
        for rows in (self.model["involvement"], self.model["actor_name"]):
            for row in rows.values():
                row.update(
                    {
                        name: keep
                        for name, value in row.items()
                        if name in ("actor_id", "asserted_by_id") and value == gone
                    }
                )
        known = {self.model["actor"][keep]["name"]}
        known |= {row["name"] for row in self.model["actor_name"].values() if row["actor_id"] == keep}
        if lost not in known:
            new = max(set(alive(self.place, ["actor_name"])["actor_name"]))
            self.model["actor_name"][new] = {"actor_id": keep, "name": lost}

    @rule()
    def undo(self) -> None:
        if not self.past:
            with pytest.raises(UsageError, match="nothing to undo"):
                self.book.undo()
            return
        self.book.undo()
        self.future.append(self.model)
        self.model = self.past.pop()

    @rule()
    def redo(self) -> None:
        if not self.future:
            with pytest.raises(UsageError, match="nothing to redo"):
                self.book.redo()
            return
        self.book.redo()
        self.past.append(self.model)
        self.model = self.future.pop()

    @rule()
    def reopen(self) -> None:
        who = self.book.who
        self.book.close()
        self.book = Casebook(self.place, who)

    @invariant()
    def both_hold_the_same(self) -> None:
        found = alive(self.place, list(SHOWN))
        mine = {
            kind: {
                key: {name: row[name] for name in names}
                for key, row in found[kind].items()
                if key not in self.old[kind]
            }
            for kind, names in SHOWN.items()
        }
        assert mine == self.model


def machine(where: Database, fresh: Path | None) -> type[Machine]:
    """The machine on one engine: on SQLite each run has a database of its own."""
    return type("Machine", (Machine,), {"where": where, "fresh": fresh})


@pytest.mark.parametrize(("engine", "runs", "steps"), [("sqlite", 20, 20), ("postgresql", 4, 20)])
def test_random_work_never_parts_from_the_model(
    engine: str, runs: int, steps: int, request: pytest.FixtureRequest, sqlite_template: Path
) -> None:
    where: Database = request.getfixturevalue(f"{engine}_database")
    fresh = sqlite_template if engine == "sqlite" else None
    chosen = settings(
        max_examples=runs, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine(where, fresh), settings=chosen)


def test_the_machine_can_fail(sqlite_store: Store) -> None:
    """A store whose rows are changed behind its back is found out."""
    made = machine(sqlite_store.database, None)()
    made.add_actor("Al-Sahil")
    made.both_hold_the_same()
    sqlite_store.sql("UPDATE actor SET name = 'Another'")
    with pytest.raises(AssertionError):
        made.both_hold_the_same()
    with pytest.raises(AssertionError):
        made.teardown()
