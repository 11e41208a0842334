"""The one door for writes: each call is one transaction, checked against the version read, kept in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import DBAPIError

from tracker import clock, text
from tracker.errors import Refused, UsageError
from tracker.model.kinds import BY_NAME
from tracker.model.tables import Row
from tracker.store import merging, pinning, reanchor, revert
from tracker.store.database import Database, require_schema, schema_revision
from tracker.store.desk import Desk
from tracker.store.engine import engine
from tracker.store.ledger import Act, Saved

_ATTEMPTS = 5
_RETRIED = {"40P01", "40001"}
"""PostgreSQL's deadlock and serialization failure: nothing was written, and the whole unit may be tried again."""

Result = TypeVar("Result")


class Casebook(Desk):
    """Writes to one database, signed by `who`; use it from one thread at a time."""

    def __init__(self, where: Database, who: str) -> None:
        self.database = where
        self.who = who
        self._engine = engine(where)

    def __enter__(self) -> Casebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; a closed casebook opens them again when it is used."""
        self._engine.dispose()

    @contextmanager
    def action(self, verb: str, sentence: str, reason: str = "") -> Iterator[Act]:
        """One transaction and one step of undo around any number of changes; all of it or nothing is kept.

        An action that changed nothing leaves no trace.
        """
        finished = False
        try:
            with self._engine.connect() as connection, connection.begin() as transaction:
                require_schema(_revision(connection), self.database)
                act = self._begin(connection, verb, sentence, reason)
                yield act
                if not act.touched:
                    transaction.rollback()
                finished = True
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in _RETRIED:
                raise
            # A server that is lost while it commits may have done so.
            unsure = finished and error.connection_invalidated
            told = "nothing was saved" if not unsure else "it is not known whether this was saved, look before you do"
            raise Refused(f"database {self.database.shown}: {told} ({_cause(error)}); try again") from error

    def _begin(self, connection: Connection, verb: str, sentence: str, reason: str) -> Act:
        log = Row.metadata.tables["action"]
        row = {"at": clock.now(), "who": self.who, "verb": verb, "sentence": sentence, "reason": reason}
        key = connection.execute(insert(log).values(**row, reverted=False)).inserted_primary_key
        return Act(connection, int(key[0]) if key else 0)

    def unit(self, verb: str, reason: str, work: Callable[[Act], tuple[Saved, str]]) -> Saved:
        """Run `work` as one action, again when PostgreSQL asks for it; it gives back the record and the sentence."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self.action(verb, "", reason) as act:
                    saved, sentence = work(act)
                    log = Row.metadata.tables["action"]
                    act.connection.execute(update(log).where(log.c.id == act.id).values(sentence=sentence))
                # An action without a trace has no id: the next one gets the same number.
                action = act.id if act.touched else 0
                return Saved(action, sentence, saved.kind, saved.id, saved.uid, saved.version)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or getattr(error.orig, "sqlstate", None) not in _RETRIED:
                    raise Refused(f"database: nothing was saved ({_cause(error)}); try again") from error
        raise Refused("database: nothing was saved; try again")

    def add(
        self, kind: str, values: Mapping[str, object], *, uid: str = "", version: int = 1, reason: str = ""
    ) -> Saved:
        """Write a new record of `kind` from its stored columns; the same uid twice writes it once.

        Raises ValueRefused for a value or a rule, Conflict when the uid is another record's.
        """

        def work(act: Act) -> tuple[Saved, str]:
            saved = act.add(kind, values, uid=uid, version=version)
            if not act.touched:
                return saved, saved.sentence
            spans = pinning.rest_on_text(act, saved.id) if kind == "statement" else 0
            found = "; its words were found in the text" if spans else ""
            return saved, f"Added {self._named(act, saved)}{found}"

        return self.unit("add", reason, work)

    def edit(
        self, kind: str, record_id: int, values: Mapping[str, object], *, version: int | None, reason: str = ""
    ) -> Saved:
        """Change fields of a record; `version` is the one that was read, None to change whatever is there.

        Raises Conflict with both versions when it is stale.
        """

        def work(act: Act) -> tuple[Saved, str]:
            saved = act.edit(kind, record_id, values, version=version)
            if not act.touched:
                return saved, saved.sentence
            moved = reanchor.resolve_again(act, saved.id) if kind == "source" else 0
            also = f"; {moved} date{'s' * (moved != 1)} resolved again from it" if moved else ""
            return saved, f"Edited {self._named(act, saved)}{also}"

        return self.unit("edit", reason, work)

    def delete(self, kind: str, ids: Sequence[int], *, reason: str = "") -> Saved:
        """Delete records, softly, with all that means nothing without them; what is deleted already is left alone."""

        def work(act: Act) -> tuple[Saved, str]:
            wanted = list(dict.fromkeys(ids))
            counts = [count for record_id in wanted if (count := act.delete(kind, record_id))]
            saved = Saved(act.id, "", kind, wanted[0]) if wanted else Saved(act.id, "")
            if not counts:
                return saved, "Nothing to delete"
            named = self._named(act, saved) if len(wanted) == 1 else f"{len(counts):,} {BY_NAME[kind].plural}"
            linked = sum(counts) - len(counts)
            return saved, f"Deleted {named}" + (f" and {linked:,} linked record{'s' * (linked > 1)}" if linked else "")

        return self.unit("delete", reason, work)

    def merge(self, keep: int, gone: int, *, reason: str = "") -> Saved:
        """Make one actor of two: all links of `gone` move to `keep`, its names stay as names of `keep`."""

        def work(act: Act) -> tuple[Saved, str]:
            moved = merging.merge(act, keep, gone)
            saved = Saved(act.id, "", "actor", keep)
            lost = self._named(act, Saved(act.id, "", "actor", gone))
            return saved, f"Merged {lost} into {self._named(act, saved)}; {moved:,} links moved"

        return self.unit("merge", reason, work)

    def unmerge(self, actor_id: int, *, reason: str = "") -> Saved:
        """Take the merge back in which the actor was lost, however much was done since; every link returns."""

        def work(act: Act) -> tuple[Saved, str]:
            count = revert.revert(act, revert.last_merge_of(act.connection, actor_id))
            saved = Saved(act.id, "", "actor", actor_id)
            return saved, f"Unmerged {self._named(act, saved)}; {count:,} records are as before"

        return self.unit("unmerge", reason, work)

    def adopt(self, kind: str, record_id: int, adopted: bool = True, *, reason: str = "") -> Saved:
        """Use an involvement or a tally for counts, or no longer; a tally's figures become the incident's."""

        def work(act: Act) -> tuple[Saved, str]:
            if kind not in ("involvement", "tally"):
                raise UsageError(f"{kind}: only involvements and tallies can be adopted")
            saved = _adopt(act, kind, record_id, adopted)
            if not act.touched:
                return saved, saved.sentence
            return saved, f"{'Adopted' if adopted else 'No longer adopted:'} {self._named(act, saved)}"

        return self.unit("adopt", reason, work)

    def attach(self, source_id: int, data: bytes, encoding: str | None = None, *, name: str = "text") -> Saved:
        """Give a source its text, pinned by the SHA-256 of `data`, and verify every span that rests on it."""
        decoded = text.decode(data, encoding, name=name)

        def work(act: Act) -> tuple[Saved, str]:
            saved, good, spans = pinning.attach(act, source_id, decoded)
            told = f"; {good} of {spans} spans verified" if spans else ""
            return saved, f"Attached {len(decoded.text):,} characters to SRC-{source_id}{told}"

        return self.unit("attach", "", work)

    def undo(self) -> Saved:
        """Take back the newest action of this user; UsageError when there is none, Conflict when others built on it."""

        def work(act: Act) -> tuple[Saved, str]:
            action = revert.last_done(act.connection, self.who)
            revert.revert(act, action)
            return act.outcome(), f"Undone: {action.sentence}"

        return self.unit("undo", "", work)

    def redo(self) -> Saved:
        """Do again what the newest undo took back; UsageError when there is none."""

        def work(act: Act) -> tuple[Saved, str]:
            undone = revert.last_undone(act.connection, self.who)
            revert.revert(act, undone)
            return act.outcome(), f"Done again: {undone.sentence.removeprefix('Undone: ')}"

        return self.unit("redo", "", work)

    def _named(self, act: Act, saved: Saved) -> str:
        """A record in a sentence: its REF and what it is called; of a citation, what it supports."""
        record: dict[str, Any] = act.fetch(saved.kind, saved.id)
        if saved.kind == "citation":
            return _supports(record)
        if saved.kind == "incident_source":
            return f"SRC-{record['source_id']} as a source of I-{record['incident_id']}"
        title = str(record.get(BY_NAME[saved.kind].title) or record.get("paraphrase") or "")
        short = title if len(title) <= 48 else f"{title[:47]}…"
        return f"{saved.ref} {short}".strip()


def _supports(citation: Mapping[str, Any]) -> str:
    """Evidence for a record, or for one field of it: “evidence for S-3 quote”."""
    references = (field for field in BY_NAME["citation"].fields if field.type == "ref" and field.name != "evidence")
    there = ((field.target, citation[f"{field.name}_id"]) for field in references)
    told = next(f"{BY_NAME[kind].prefix}-{id_}" for kind, id_ in there if id_ is not None)
    return f"evidence for {told} {citation['field'] or ''}".strip()


def _revision(connection: Connection) -> str | None:
    """The schema revision, read anew in each action: another program may have migrated the database meanwhile."""
    return schema_revision(lambda sql: connection.exec_driver_sql(sql).all(), connection.dialect.name)


def _adopt(act: Act, kind: str, record_id: int, adopted: bool) -> Saved:
    row = act.fetch(kind, record_id)
    if adopted and kind == "involvement" and row["source_id"] is None:
        raise UsageError(f"INV-{record_id}: has no source; give it one before it is adopted")
    if not adopted and not row["adopted"]:
        prefix = BY_NAME[kind].prefix
        return Saved(act.id, f"{prefix}-{record_id} is not adopted", kind, record_id, row["uid"], row["version"])
    saved = act.edit(kind, record_id, {"adopted": adopted}, version=None)
    if kind == "tally" and adopted:
        # One that was adopted already is adopted again to bring the incident back in step.
        act.take_figures(row)
    return saved


def _cause(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
