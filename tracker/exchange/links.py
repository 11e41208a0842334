"""References in files: by uid or by name, to records of the database or of the same import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tracker import text
from tracker.errors import ValueRefused
from tracker.model.kinds import BY_NAME
from tracker.store import export
from tracker.store.database import Reader

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """A reference to a record that the same import makes, which has no id yet."""

    kind: str
    uid: str


@dataclass
class Links:
    """What references may mean: `made` holds the uids of the import by kind, with the id where there is one already."""

    reader: Reader
    made: dict[str, dict[str, int | None]] = field(default_factory=lambda: defaultdict(dict))
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    _named: dict[tuple[str, str], dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    _found: dict[tuple[str, str], tuple[int, str, bool] | None] = field(default_factory=dict)
    _called: dict[tuple[str, str], list[tuple[str, bool]]] = field(default_factory=dict)

    def register(self, kind: str, uid: str, record_id: int | None, title: str) -> None:
        """A record of this import; `record_id` is None when the import makes it."""
        self.made[kind][uid] = record_id
        if title:
            self.titles[kind, uid] = title
            self.name(kind, uid, title, main=True)

    def name(self, kind: str, uid: str, name: str, *, main: bool = False) -> None:
        """A name by which other rows of this import may call a record."""
        uids = self._named[kind, _key(kind, name)]
        uids[uid] = uids.get(uid, False) or main

    def by_uid(self, kind: str, uid: str, column: str) -> int | Pending:
        """The id, or the pending record, that a uid means; ValueRefused when it means none."""
        if uid in self.made[kind]:
            record_id = self.made[kind][uid]
            return Pending(kind, uid) if record_id is None else record_id
        found = self._look(kind, uid)
        label = BY_NAME[kind].label.lower()
        if found is None:
            raise ValueRefused(column, f"is the uid of no {label}; import that first, or with this file")
        if found[2]:
            raise ValueRefused(column, f"is the uid of a {label} that was deleted; restore it with undo, or empty this")
        return found[0]

    def by_name(self, kind: str, name: str, column: str) -> str:
        """The uid of the one record that goes by `name`; ValueRefused when there is none, or more than one."""
        key = (kind, name)
        if key not in self._called:
            self._called[key] = export.called(self.reader, kind, name)
        found = dict(self._called[key])
        for uid, main in self._named.get((kind, _key(kind, name)), {}).items():
            found[uid] = found.get(uid, False) or (main and self.titles[kind, uid] == name)
        exact = [uid for uid, main in found.items() if main]
        if len(exact) == 1 or len(found) == 1:
            return exact[0] if exact else next(iter(found))
        label = BY_NAME[kind].label.lower()
        if not found:
            raise ValueRefused(
                column, f"is the name of no {label}; add it to {BY_NAME[kind].plural}, or give {column}_uid"
            )
        some = ", ".join(list(found)[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise ValueRefused(column, f"may be any of {len(found)} {BY_NAME[kind].plural} ({some}); give {column}_uid")

    def misnamed(self, kind: str, uid: str, name: str) -> bool:
        """Whether the record of a uid is called otherwise, in the import and in the database."""
        if self.titles.get((kind, uid)) == name:
            return False
        found = self._look(kind, uid)
        return found is None or text.clean(found[1]) != name

    def _look(self, kind: str, uid: str) -> tuple[int, str, bool] | None:
        key = (kind, uid)
        if key not in self._found:
            self._found[key] = export.titled(self.reader, kind, uid)
        return self._found[key]


def _key(kind: str, name: str) -> str:
    return text.fold(name) if kind == "actor" else name
