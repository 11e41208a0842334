"""An incident as the writers of codebooks see it: what is adopted, what its dataset wrote, and what gets lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tracker.exchange.codebooks.loss import Loss
from tracker.store.casefile import Casefile, Row
from tracker.store.columns_dataset import VOICE

DENYING = ("denies", "doubts")
"""Stances that take an attribution away instead of making one."""

DOERS = ("perpetrator", "sponsor")


class Original(Mapping[str, str]):
    """The columns of the dataset's file that an incident was imported from, whatever the case of their names."""

    def __init__(self, columns: Mapping[str, Any], aliases: Mapping[str, str]) -> None:
        folded = {name.strip().lower(): "" if value is None else str(value) for name, value in columns.items()}
        self._columns = {aliases.get(name, name): value for name, value in folded.items()}
        self.read = {aliases.get(name.strip().lower(), name.strip().lower()): name for name in columns}
        """The names of the columns that were kept, as the file has them."""

    def __getitem__(self, name: str) -> str:
        return self._columns[name.lower()]

    def __iter__(self) -> Any:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def add(self, columns: Mapping[str, str]) -> None:
        """Take further columns in, as they would have been read."""
        self._columns |= {name.lower(): value for name, value in columns.items()}

    def text(self, name: str) -> str:
        """The cell of a column, trimmed; "" when there is none."""
        return self._columns.get(name.lower(), "").strip()

    def number(self, name: str) -> float | None:
        """The number in a cell; None when there is none."""
        try:
            return float(self.text(name).replace(",", "."))
        except ValueError:
            return None


class Watched(dict[str, Any]):
    """A record that notes which of its columns are looked at."""

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


class Draft:
    """One incident being written: its records, its original columns, and the losses told so far."""

    def __init__(self, file: Casefile, datasets: Iterable[str] = (), aliases: Mapping[str, str] | None = None) -> None:
        self.file = file
        self.row = Watched(file.incident)
        self.ref = f"I-{self.row['id']}"
        own = (self.row["dataset"] or "").lower() in datasets and isinstance(self.row["extra"], dict)
        self.original = Original(self.row["extra"], aliases or {}) if own else None
        self.restored: set[str] = set()
        self.said: set[int] = set()
        self.losses: list[Loss] = []
        self.muted = False

    def lose(self, field: str, kind: str, loss: str, value: object = "") -> None:
        """Tell a loss."""
        if not self.muted:
            shown = "" if value is None else str(value)
            self.losses.append(Loss(self.ref, self.row["uid"], field, kind, loss, shown))

    def text(self, field: str) -> str:
        """A text of the incident, "" for none."""
        return self.row[field] or ""

    def coded(self, *roles: str) -> list[Row]:
        """The involvements in these roles that count: the adopted ones.

        Of an incident of a dataset without any, those that the dataset itself states, as they were imported.
        """
        fitting = [inv for inv in self.file.involvements if inv["role"] in roles and inv["stance"] not in DENYING]
        adopted = [inv for inv in fitting if inv["adopted"]]
        if adopted or any(inv["adopted"] for inv in self.file.involvements):
            return adopted
        return [inv for inv in fitting if self._states(inv)]

    @property
    def imported(self) -> bool:
        """Whether an import of a dataset made the incident."""
        return bool(self.file.incident["dataset"]) and self.file.incident["batch_id"] is not None

    def _states(self, inv: Row) -> bool:
        """Whether an involvement is what the incident's dataset states in its own name."""
        if inv["asserted_by_id"] is not None or inv["stance"] != "states":
            return False
        return self.original is not None or (self.imported and inv["batch_id"] is not None)

    def says(self, involvements: Iterable[Row]) -> list[str]:
        """The names of the actors, which are herewith written."""
        self.said.update(inv["id"] for inv in involvements)
        return [inv["actor"]["name"] for inv in involvements]

    def figure(self, measure: str, end: str) -> int | None:
        """An adopted figure of the incident, None for unknown."""
        value: int | None = self.row[f"{measure}_{end}"]
        return value

    def name_stands(self, name: str, *roles: str) -> bool:
        """Whether an actor of the dataset's own is still coded under this name, and no other actor was adopted."""
        return not name or any(name in inv["actor"]["names"] for inv in self.coded(*roles))


def number(value: float | None) -> str:
    """A number as files write it: without exponent, without needless zeros; "" for unknown."""
    if value is None:
        return ""
    if float(value).is_integer():
        return str(int(value))
    shown = repr(float(value))
    if "e" in shown:
        from decimal import Decimal

        shown = format(Decimal(shown), "f")
    return shown


def voice(row: Row, draft: Draft | None = None) -> str:
    """Who says what a record holds; of what an import made for an incident of `draft`, its dataset."""
    if row.get("asserter"):
        name: str = row["asserter"]["name"]
        return name
    imported = draft is not None and draft.imported and row["batch_id"] is not None
    return VOICE.format(draft.file.incident["dataset"]) if draft and imported else "nobody named"


def figures(row: Row) -> str:
    """The figures of a tally, as low–best–high with what is known of them."""
    shown = {end: row[end] for end in ("low", "best", "high") if row[end] is not None}
    return ", ".join(f"{end} {value}" for end, value in shown.items()) or (row["words"] or "")
