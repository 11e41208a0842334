"""The set-based way in: rows of a dataset file into the database, in one transaction and one step of undo."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType

from tracker import clock
from tracker.errors import Refused, UsageError
from tracker.store.bulk_batch import About, Made, begin, conclude, forget
from tracker.store.bulk_change import Change
from tracker.store.bulk_children import COMPARED
from tracker.store.bulk_gone import Scope
from tracker.store.bulk_keys import incident_uid, stems
from tracker.store.bulk_link import LARGE, Link
from tracker.store.bulk_links import Links
from tracker.store.bulk_log import Log
from tracker.store.bulk_lookup import LOOKED_UP, Lookup, Stored
from tracker.store.bulk_met import Met
from tracker.store.bulk_people import Actors, Sources
from tracker.store.bulk_rows import Rows
from tracker.store.database import Database, driver_error, require_schema, schema_revision
from tracker.store.incoming import Incoming

__all__ = ["About", "Bulk", "Stored"]


class Bulk(AbstractContextManager["Bulk"]):
    """One import under way; use it from one thread, as a context.

    `expected` is how many rows the file has, as far as that is known. Leaving without `finish` keeps nothing.
    """

    def __init__(self, where: Database, who: str, about: About, *, expected: int = 0, reason: str = "") -> None:
        if not about.dataset:
            raise UsageError("import: the profile names no dataset; give it one")
        self._where = where
        self._who = who
        self._about = about
        self._expected = expected
        self._reason = reason
        self._added = 0
        self._renewed = False
        self._committing = False
        self._collects = gc.isenabled()

    def __enter__(self) -> Bulk:
        """Begin the transaction; Refused when the database cannot be written now."""
        self._link = _link(self._where)
        try:
            self._begin()
        except driver_error(self._where.dialect) as error:
            self._link.close()
            raise self._refused(error) from error
        except BaseException:
            self._link.close()
            raise
        # Nothing here makes cycles, and the collector would walk over all rows that are under way.
        gc.disable()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._link.close()
        finally:
            if self._collects:
                gc.enable()
        if error is not None and isinstance(error, driver_error(self._where.dialect)):
            raise self._refused(error) from error

    def _refused(self, error: BaseException) -> Refused:
        """What a failure of the database means. The rows have been read and are gone: only the user can try again."""
        if self._committing and self._where.dialect == "postgresql" and self._link.lost:
            told = "it is not known whether this was imported, look at “tracker batches” before you"
            return Refused(f"database {self._where.shown}: {told} try again ({_cause(error)})")
        return Refused(f"database {self._where.shown}: nothing was imported ({_cause(error)}); try again")

    def _begin(self) -> None:
        link, about = self._link, self._about
        require_schema(schema_revision(link.rows, link.dialect), self._where)
        stamp = clock.now()
        self._there = int(link.rows("SELECT coalesce(max(id), 0) FROM incident")[0][0])
        self._action, self._batch = begin(link, self._who, about, self._reason, stamp)
        self._log = Log(link, self._action, stamp)
        self._lookup = Lookup(link, about.dataset)
        made = Made(stamp, self._batch)
        actors, sources = Actors(link, self._log, about.dataset, self._batch), Sources(link, self._log, made)
        self._rows = Rows(link, actors, sources, made)
        self._links = Links(link, self._log, self._rows, about.dataset)
        self._change = Change(link, self._log, self._rows, self._links, about.dataset, about.release)
        self.met = Met()
        """The incidents that the file had a row for."""
        self._scope = Scope(link, self._log, about.dataset, about.release, self.met)

    @property
    def nothing_there(self) -> bool:
        """Whether the database had no row of the dataset when the import began."""
        return self._lookup.nothing_there

    def known(self, external_ids: Sequence[str]) -> list[Stored | None]:
        """What there is of these rows of the dataset, deleted ones too; None for a new one."""
        return self._lookup.known(external_ids)

    def same(self, external_ids: Sequence[str], fingerprints: Sequence[int]) -> bool:
        """Whether each of these rows is there as it was read before, and not met yet: then no more is to be done."""
        ids = () if self.nothing_there else self._lookup.same(external_ids, fingerprints)
        if not ids or not self.met.none_of(ids):
            return False
        self.met.add(ids)
        return True

    def add(self, rows: Incoming) -> Sequence[int]:
        """Write rows that are all new, no external id twice; gives back the ids of their incidents."""
        count = len(rows)
        if not count:
            return ()
        _require_columns(rows)
        self._grow(count)
        stem = stems(self._about.dataset, rows.external_ids)
        same = {"dataset": self._about.dataset, "release": self._about.release or None}
        columns = {**rows.incident, "external_id": rows.external_ids}
        ids = self._rows.insert("incident", list(map(incident_uid, stem)), columns, same)
        self._link.insert_columns("imported", {"incident_id": ids, "fingerprint": rows.fingerprints}, {})
        self._rows.parts(rows, stem, ids)
        self._links.wait(rows, ids)
        self._lookup.added(rows.external_ids)
        self.met.add(ids)
        self._added += count
        return ids

    def _grow(self, count: int) -> None:
        """Set the indexes aside as soon as so many rows are new that making them anew is faster."""
        many = self._expected if self._lookup.nothing_there else 0
        if max(many, self._added + count) >= max(LARGE, self._there // 2):
            self._link.set_aside(() if self._lookup.nothing_there else LOOKED_UP)

    def change(self, rows: Incoming, stored: Sequence[Stored]) -> list[dict[str, tuple[object, object]]]:
        """Bring incidents to what their rows say now; for each row field → (old, new), {} when nothing differs.

        What a person changed since it was imported stays and is told as ("kept", field).
        """
        if not len(rows):
            return []
        for table, index in COMPARED:
            self._link.indexed(table, index)
        told = self._change.change(rows, stored)
        self._renew(rows, stored)
        self.met.add([one.id for one in stored])
        return told

    def _renew(self, rows: Incoming, stored: Sequence[Stored]) -> None:
        """Remember the rows as they were read now."""
        wanted = [
            (one.id, fingerprint)
            for one, fingerprint in zip(stored, rows.fingerprints, strict=True)
            if one.fingerprint != fingerprint
        ]
        if wanted:
            self._renewed = True
            self._link.many(
                "INSERT INTO imported (incident_id, fingerprint) VALUES (?, ?)"
                " ON CONFLICT (incident_id) DO UPDATE SET fingerprint = excluded.fingerprint",
                wanted,
            )

    def seen(self, ids: Iterable[int]) -> None:
        """Rows of the file that are there as they are; a mark that they are gone is taken off again."""
        met = list(ids)
        self.met.add(met)
        if back := [id_ for id_ in met if id_ in self._lookup.gone]:
            self._scope.back(back)

    def gone(self, *, force: bool = False) -> tuple[int, str]:
        """Mark what the dataset had in the countries and the days of this file and has no longer.

        Gives back how many were marked. With fewer than half of the known rows in the file none are, and the sentence
        says so, unless `force`.
        """
        if self._lookup.nothing_there:
            return 0, ""
        return self._scope.gone(force=force)

    def finish(
        self, counts: dict[str, int], report: dict[str, object], *, sha256: str, dry_run: bool
    ) -> tuple[int, int]:
        """Keep everything: on return it is on the disk. Gives back the ids of the batch and of the action.

        (0, 0), and no trace, when nothing was to be written, or on a `dry_run`, which does all else.
        """
        link = self._link
        self._rows.sources.close()
        link.restore(self._rows.touched)
        self._links.write()
        if dry_run or not (self._added or self._log.touched or self._renewed):
            link.rollback()
            return 0, 0
        kept = bool(self._added or self._log.touched)
        if kept:
            conclude(link, self._about, self._batch, self._action, counts, report, sha256)
        else:
            forget(link, self._batch, self._action)
        self._committing = True
        link.commit(self._rows.touched)
        return (self._batch, self._action) if kept else (0, 0)


def _require_columns(rows: Incoming) -> None:
    """Every column has a value for each row: a short one would cut the others off."""
    lengths = {len(column) for column in (*rows.incident.values(), rows.fingerprints)}
    lengths |= {len(one.actors) for one in rows.involved}
    lengths |= {len(cells) for cells in (rows.sources, rows.tallies, rows.statements, rows.tags) if cells}
    if lengths != {len(rows)}:
        raise ValueError(f"{len(rows)} rows came with columns of {sorted(lengths)} values")


def _link(where: Database) -> Link:
    if where.dialect == "sqlite":
        from tracker.store.bulk_sqlite import SqliteLink

        return SqliteLink(where)
    from tracker.store.bulk_postgresql import PostgresqlLink

    return PostgresqlLink(where)


def _cause(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
