"""Rows of a dataset become rows of our tables: incidents, and what hangs on each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from tracker.model.kinds import BY_NAME
from tracker.store.bulk_batch import Made
from tracker.store.bulk_keys import part_uid
from tracker.store.bulk_link import Link, Values
from tracker.store.bulk_people import Actors, Sources
from tracker.store.incoming import Incoming, Involved

Ids = Sequence[int]


class Rows:
    """Writes what hangs on new incidents; `touched` are the tables that got rows."""

    def __init__(self, link: Link, actors: Actors, sources: Sources, made: Made) -> None:
        self._link = link
        self.actors = actors
        self.sources = sources
        self._made = made
        self.touched: set[str] = set()

    def insert(self, table: str, uids: Sequence[str], values: Values, same: Mapping[str, object] | None = None) -> Ids:
        """Write new records from columns of values, and one value for all for others; gives back their ids."""
        count = len(uids)
        if not count:
            return ()
        self.touched.add(table)
        same = same or {}
        defaults = {f.name: f.default for f in BY_NAME[table].fields if f.default and f.name not in {*values, *same}}
        ids = self._link.take(table, count)
        self._link.insert_columns(
            table, {"id": ids, "uid": uids, **values}, {**self._made.columns(), **defaults, **same}
        )
        return ids

    def learn(self, rows: Incoming) -> None:
        """Have the ids of all actors of a block at hand."""
        self.actors.learn(chain(
            chain.from_iterable(set(one.actors) for one in rows.involved),
            (said.speaker for cell in rows.statements for said in cell),
        ))  # fmt: skip

    def parts(self, rows: Incoming, stems: Sequence[str], incidents: Ids) -> None:
        """Write all that hangs on the incidents of a block, which are written already."""
        self.learn(rows)
        sources = self.sources.ids(rows.sources, rows.source_keys) if any(rows.sources) else [()] * len(rows)
        if any(rows.sources):
            self.touched.add("source")
        first = [ids[0] if ids else None for ids in sources]
        involved = [False] * len(rows)
        for group, one in enumerate(rows.involved):
            self._involve(group, one, stems, incidents, first, involved)
        self._cite(stems, incidents, sources, involved)
        self._tally(rows, stems, incidents, first)
        self._say(rows, stems, incidents, first)
        self._tag(rows, stems, incidents)

    def _involve(
        self, group: int, one: Involved, stems: Sequence[str], incidents: Ids, first: Sequence[int | None],
        involved: list[bool],
    ) -> None:  # fmt: skip
        at, actor, uids = self._placed(group, one, stems)
        if not at:
            return
        for row in at:
            involved[row] = True

        def there(values: Sequence[object]) -> Sequence[object]:
            return values if isinstance(at, range) else [values[row] for row in at]

        columns: dict[str, Sequence[object]] = {"incident_id": incidents, "source_id": first, **one.columns}
        same = {"role": one.role} if isinstance(one.role, str) else {}
        if not same:
            columns["role"] = one.role
        given = {name: there(values) for name, values in columns.items()}
        self.insert("involvement", uids, {"actor_id": actor, **given}, same)

    def _placed(self, group: int, one: Involved, stems: Sequence[str]) -> tuple[Sequence[int], list[int], list[str]]:
        """For each involvement: the place of its row, its actor and its uid."""
        try:
            # One actor in each row is by far the commonest; nobody and several are no keys of this memo.
            actor = list(map(self.actors.one.__getitem__, one.actors))
        except KeyError:
            pass
        else:
            suffix = part_uid("", "involvement", group, 0)
            return range(len(actor)), actor, [stem + suffix for stem in stems]
        at: list[int] = []
        actor, uids = [], []
        for row, cell in enumerate(one.actors):
            for place, actor_id in enumerate(self.actors.ids(cell)):
                at.append(row)
                actor.append(actor_id)
                uids.append(part_uid(stems[row], "involvement", group, place))
        return at, actor, uids

    def _cite(
        self, stems: Sequence[str], incidents: Ids, sources: Sequence[tuple[int, ...]], involved: Sequence[bool]
    ) -> None:
        """The sources of an incident.

        With one source and somebody involved, the involvement names it, and a row here would only say it again: a
        million rows stay lean. Several sources are all written here, as is one that no involvement names.
        """
        cited = [
            (part_uid(stems[row], "incident_source", 0, place), incidents[row], source)
            for row, ids in enumerate(sources)
            if ids and (len(ids) > 1 or not involved[row])
            for place, source in enumerate(ids)
        ]
        if cited:
            uids, incident, source = zip(*cited, strict=True)
            self.insert("incident_source", uids, {"incident_id": incident, "source_id": source})

    def _tally(self, rows: Incoming, stems: Sequence[str], incidents: Ids, first: Sequence[int | None]) -> None:
        made = [
            (part_uid(stems[row], "tally", 0, place), incidents[row], one.measure, one.whom or None, one.low, one.best,
             one.high, first[row])
            for row, cell in enumerate(rows.tallies) if cell
            for place, one in enumerate(cell)
        ]  # fmt: skip
        if made:
            uids, *columns = zip(*made, strict=True)
            names = ("incident_id", "measure", "whom", "low", "best", "high", "source_id")
            self.insert("tally", uids, dict(zip(names, columns, strict=True)))

    def _say(self, rows: Incoming, stems: Sequence[str], incidents: Ids, first: Sequence[int | None]) -> None:
        made = [
            (stems[row], place, incidents[row], self.actors.one[one.speaker], one.kind, one.mode, one.quote or None,
             one.paraphrase or None, one.venue or None, first[row])
            for row, cell in enumerate(rows.statements) if cell
            for place, one in enumerate(cell)
        ]  # fmt: skip
        if not made:
            return
        stem, places, incident, *columns = zip(*made, strict=True)
        names = ("speaker_id", "kind", "mode", "quote", "paraphrase", "venue", "source_id")
        both = list(zip(stem, places, strict=True))
        uids = [part_uid(one, "statement", 0, place) for one, place in both]
        ids = self.insert("statement", uids, dict(zip(names, columns, strict=True)))
        uids = [part_uid(one, "statement_incident", 0, place) for one, place in both]
        self.insert("statement_incident", uids, {"statement_id": ids, "incident_id": incident})

    def _tag(self, rows: Incoming, stems: Sequence[str], incidents: Ids) -> None:
        made = [
            (part_uid(stems[row], "tag", 0, place), incidents[row], name)
            for row, names in enumerate(rows.tags)
            if names
            for place, name in enumerate(dict.fromkeys(names))
        ]
        if made:
            uids, incident, name = zip(*made, strict=True)
            self.insert("tag", uids, {"name": name, "of_id": incident}, {"of_kind": "incident"})
