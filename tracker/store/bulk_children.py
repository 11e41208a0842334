"""What hangs on a changed incident: records its row asks for are made, those it asks for no longer go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.store.bulk_edits import Edits, edits
from tracker.store.bulk_keys import PARTS, STEM, derived
from tracker.store.bulk_link import Link, in_blocks, marks, quoted
from tracker.store.bulk_log import Changes, Known, Log
from tracker.store.bulk_rows import Rows
from tracker.store.bulk_wanted import Wanted, wanted
from tracker.store.incoming import Incoming
from tracker.store.ledger import owners, reference_column

Record = dict[str, Any]
Told = dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of record that hangs on incidents: `key` tells two apart, `also` follows the file."""

    kind: str
    told: str
    incident: str
    key: tuple[str, ...]
    also: tuple[str, ...] = ()


SORTS = (
    Sort("involvement", "involvements", "incident_id", ("actor_id", "role"), (
        "source_id", "stance", "hedge", "hedge_words", "basis", "credibility", "notes", "asserted_by_id",
    )),
    Sort("tally", "tallies", "incident_id", ("measure", "whom"), ("low", "best", "high", "source_id")),
    Sort("statement", "statements", "", ("speaker_id", "kind", "quote", "paraphrase"), ("mode", "venue", "source_id")),
    Sort("incident_source", "sources", "incident_id", ("source_id",)),
    Sort("tag", "tags", "of_id", ("name",)),
)  # fmt: skip

_RANGES = 100
"""Rows whose parts are looked for in one query."""

COMPARED = (
    *((sort.kind, f"uq_{sort.kind}_uid") for sort in SORTS),
    ("involvement", "ix_involvement_statement_id"),
    ("tally", "ix_tally_statement_id"),
    ("statement", "ix_statement_repeats_id"),
    ("incident_link", "ix_incident_link_a_id"),
)
"""The indexes by which records are found that hang on an incident, and those that rest on them."""


class Children:
    """Compares what hangs on incidents with what their rows ask for."""

    def __init__(self, link: Link, log: Log, rows: Rows) -> None:
        self._link = link
        self._log = log
        self._rows = rows

    def change(self, rows: Incoming, ids: Sequence[int], stems: Sequence[str]) -> list[Told]:
        """Per row what differed: the plural of the kind → (what went, what came)."""
        asked = wanted(rows, self._rows)
        told: list[Told] = [{} for _ in ids]
        for sort in SORTS:
            self._sort(sort, asked[sort.kind], ids, stems, told)
        return told

    def _sort(
        self, sort: Sort, asked: list[list[Wanted]], ids: Sequence[int], stems: Sequence[str], told: list[Told]
    ) -> None:
        there = self._there(sort, stems)
        edited = edits(self._link, sort.kind, [one["id"] for some in there.values() for one in some])
        used = self._used(sort, [one["id"] for some in there.values() for one in some])
        missing: list[tuple[int, Wanted, str]] = []
        changed: list[tuple[Known, Changes]] = []
        gone: list[Known] = []
        back: list[int] = []
        for row, stem in enumerate(stems):
            here = there.get(stem, [])
            match = _Match(sort, here, edited)
            new = [one for one in asked[row] if not match.take(one)]
            lost = [one for one in match.left if one["deleted_at"] is None and one["id"] not in edited]
            kept = [one for one in lost if one["id"] in used]
            lost = [one for one in lost if one["id"] not in used]
            free = _free(stem, sort.kind, here)
            missing += ((row, one, next(free)) for one in new)
            changed += match.changed
            back += match.back
            gone += (_known(one) for one in lost)
            if new or lost or match.changed or match.back or kept:
                _tell(told[row], sort, lost, new, len(match.changed) + len(match.back), bool(kept))
        self._restore(sort, back)
        self._write(sort, missing, ids, changed, gone)

    def _write(
        self, sort: Sort, missing: list[tuple[int, Wanted, str]], ids: Sequence[int],
        changed: list[tuple[Known, Changes]], gone: list[Known],
    ) -> None:  # fmt: skip
        # Those that go make room first: two records of some kinds may not say the same.
        if sort.kind == "statement" and gone:
            self._unlink([one.id for one in gone])
        self._log.delete(sort.kind, gone)
        self._log.change(sort.kind, "update", changed)
        if not missing:
            return
        names = dict.fromkeys(name for _, one, _ in missing for name in one)
        columns: dict[str, Sequence[object]] = {
            name: [one.get(name, _default(sort.kind, name)) for _, one, _ in missing] for name in names
        }
        incidents = [ids[row] for row, _, _ in missing]
        if sort.incident:
            columns[sort.incident] = incidents
        if sort.kind == "tag":
            columns["of_kind"] = ["incident"] * len(missing)
        made = self._rows.insert(sort.kind, [uid for _, _, uid in missing], columns)
        if sort.kind == "statement":
            uids = [derived(uid, "statement_incident") for _, _, uid in missing]
            self._rows.insert("statement_incident", uids, {"statement_id": made, "incident_id": incidents})

    def _restore(self, sort: Sort, ids: Sequence[int]) -> None:
        """Bring back what was taken back with its import, and is asked for again."""
        self._log.restore(sort.kind, ids)
        if sort.kind == "statement":
            for block in in_blocks(ids):
                query = f"SELECT id FROM statement_incident WHERE statement_id IN ({marks(len(block))})"
                self._log.restore("statement_incident", [row[0] for row in self._link.rows(query, block)])

    def _unlink(self, statements: Sequence[int]) -> None:
        for block in in_blocks(statements):
            rows = self._link.rows(
                "SELECT id, uid, version FROM statement_incident"
                f" WHERE deleted_at IS NULL AND statement_id IN ({marks(len(block))})",
                block,
            )
            self._log.delete("statement_incident", [Known(*row) for row in rows])

    def _there(self, sort: Sort, stems: Sequence[str]) -> dict[str, list[Record]]:
        """The records that imports made for these rows, deleted ones too, by the part that their uids share."""
        names = ("id", "uid", "version", "deleted_at", *sort.key, *sort.also)
        digit = PARTS[sort.kind]
        found: dict[str, list[Record]] = {}
        one = f"SELECT {quoted(names)} FROM {sort.kind} WHERE uid >= ? AND uid < ?"
        for block in in_blocks(stems, _RANGES):
            bounds = [bound for stem in block for bound in (f"{stem}{digit}", f"{stem}{digit}g")]
            # Not a join with the bounds: PostgreSQL would read the whole index for it.
            rows = self._link.rows(" UNION ALL ".join([one] * len(block)) + " ORDER BY 1", bounds)
            for row in rows:
                found.setdefault(row[1][:STEM], []).append(dict(zip(names, row, strict=True)))
        return found

    def _used(self, sort: Sort, ids: Sequence[int]) -> set[int]:
        """Those that other records rest on: they do not go."""
        found: set[int] = set()
        for kind, reference, _ in owners(sort.kind):
            if kind.name == "statement_incident":
                continue
            column = reference_column(reference)
            for block in in_blocks(ids):
                some = marks(len(block))
                rows = self._link.rows(
                    f"SELECT {column} FROM {kind.name} WHERE {column} IN ({some}) AND deleted_at IS NULL", block
                )
                found.update(row[0] for row in rows)
        return found


class _Match:
    """The records of one incident, each taken by at most one record that its row asks for."""

    def __init__(self, sort: Sort, here: Sequence[Record], edited: dict[int, Edits]) -> None:
        self._sort = sort
        self._edited = edited
        self.left = [one for one in here if one["deleted_at"] is None or "deleted_at" in edited.get(one["id"], {})]
        self._taken_back = [one for one in here if one not in self.left]
        self.changed: list[tuple[Known, Changes]] = []
        self.back: list[int] = []

    def take(self, asked: Wanted) -> bool:
        """Whether a record says this, or said it until a person edited or deleted it, or its import was taken back."""
        return (
            self._first(asked, self.left, lambda one: one)
            or self._first(asked, self.left, self._imported)
            or self._first(asked, self._taken_back, lambda one: one)
        )

    def _imported(self, one: Record) -> Record:
        return one | self._edited.get(one["id"], {})

    def _first(self, asked: Wanted, among: list[Record], view: Callable[[Record], Record]) -> bool:
        for one in among:
            seen = view(one)
            if all(seen[name] == asked.get(name) for name in self._sort.key):
                among.remove(one)
                self._follow(one, asked)
                return True
        return False

    def _follow(self, one: Record, asked: Wanted) -> None:
        own = self._edited.get(one["id"], {})
        changes: Changes = {
            name: (one[name], asked[name])
            for name in self._sort.also
            if name in asked and name not in own and one[name] != asked[name]
        }
        if "deleted_at" in own:
            return
        back = one["deleted_at"] is not None
        if back:
            self.back.append(one["id"])
        if changes:
            self.changed.append((Known(one["id"], one["uid"], one["version"] + back), changes))


def _known(one: Record) -> Known:
    return Known(one["id"], one["uid"], one["version"])


def _free(stem: str, kind: str, here: Sequence[Record]) -> Any:
    """Uids that no record of this row has had."""
    had = {one["uid"] for one in here}
    near = (f"{stem}{PARTS[kind]}{number:03x}" for number in range(0x1000))
    far = (derived(stem, kind, "more", str(number)) for number in range(0x1000, 0x100000))
    return (uid for some in (near, far) for uid in some if uid not in had)


def _default(kind: str, name: str) -> object:
    return "states" if (kind, name) == ("involvement", "stance") else None


def _tell(told: Told, sort: Sort, lost: Sequence[Record], new: Sequence[Wanted], changed: int, kept: bool) -> None:
    if not (lost or new or changed):
        told[sort.told] = ("kept", sort.told)
        return
    before, after = ("; ".join(_shown(sort, one) for one in some) for some in (lost, new))
    told[sort.told] = (before, after) if lost or new else (f"{changed} as they were", f"{changed} changed")


def _shown(sort: Sort, one: Wanted) -> str:
    refs = {"actor_id": "A", "speaker_id": "A", "source_id": "SRC"}
    return " ".join(
        f"{refs[name]}-{one[name]}" if name in refs else str(one[name])
        for name in reversed(sort.key)
        if one.get(name) is not None
    )
