"""Who did what, according to whom: actors in their roles by those who say so, and who keeps silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.model import codes
from tracker.store.cards.parts import OWN_VOICE, Names
from tracker.store.columns_dataset import dataset_of, named
from tracker.store.database import Reader

_ROLES = codes.values("involvement_role")
_ACCUSED = ("perpetrator", "sponsor")

_INVOLVEMENTS = (
    "SELECT v.id, v.actor_id, v.role, v.asserted_by_id, v.stance, v.hedge, v.hedge_words, v.basis, v.credibility,"
    f" v.adopted, {dataset_of('v')} FROM involvement v WHERE v.incident_id = ? AND v.deleted_at IS NULL"
    " ORDER BY v.id LIMIT 1000"
)
_OWN_WORDS = (
    "SELECT s.kind, s.speaker_id FROM statement_incident l JOIN statement s ON s.id = l.statement_id"
    " WHERE l.incident_id = ? AND l.deleted_at IS NULL AND s.deleted_at IS NULL"
    " AND s.kind IN ('claim_responsibility', 'deny') ORDER BY s.id LIMIT 1000"
)

_Asserter = int | str | None
"""An actor's id, a dataset that speaks for itself, or nobody."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one asserter says of one actor: the stance, then hedge, basis and credibility, each in a few words."""

    words: tuple[str, ...]
    adopted: bool
    involvement: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor in one role; `cells` holds the verdicts of each asserter, in the order of `Matrix.asserters`."""

    actor: str
    actor_id: int
    role: str
    cells: tuple[tuple[Verdict, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table: perpetrators and sponsors first.

    `asserter_ids` has None for a dataset, and for the source's own voice; these come last. `claimed_by` and `denied_by`
    name who claims responsibility or denies a part in it; `silence` says both in words, also when it is nobody.
    """

    asserters: tuple[str, ...]
    asserter_ids: tuple[int | None, ...]
    rows: tuple[Standing, ...]
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    silence: str


def matrix(
    reader: Reader, names: Names, incident_id: int, claim_status: str | None, dataset: str | None = None
) -> Matrix:
    """The matrix of an incident; `claim_status` is its code, for what is known of a claim without a claimant.

    `dataset` is where the incident was imported from: what that does not code, nobody is said to keep silent on.
    """
    rows = reader.rows(_INVOLVEMENTS, (incident_id,))
    names.load("actor", [row[1] for row in rows] + [row[3] for row in rows])
    asserters = sorted(dict.fromkeys(map(_asserter, rows)), key=lambda one: (one is None, isinstance(one, str)))
    cells: dict[tuple[str, int], dict[_Asserter, list[Verdict]]] = {}
    for row in sorted(rows, key=lambda row: (_ROLES.index(row[2]), row[0])):
        cells.setdefault((row[2], row[1]), {}).setdefault(_asserter(row), []).append(_verdict(row))
    standings = tuple(
        Standing(names.title("actor", actor), actor, codes.label("involvement_role", role),
                 tuple(tuple(said.get(asserter, ())) for asserter in asserters))
        for (role, actor), said in cells.items()
    )  # fmt: skip
    claimed, denied = _heard(reader, names, incident_id, rows)
    shown = tuple(_called(names, one) for one in asserters)
    ids = tuple(one if isinstance(one, int) else None for one in asserters)
    return Matrix(shown, ids, standings, claimed, denied, _silence(claimed, denied, claim_status, dataset))


def _asserter(row: tuple[Any, ...]) -> _Asserter:
    named_actor: int | None = row[3]
    dataset: str | None = row[10]
    return dataset if named_actor is None else named_actor


def _called(names: Names, one: _Asserter) -> str:
    return names.title("actor", one) if isinstance(one, int) else named(one) or OWN_VOICE


def _speaking(names: Names, one: _Asserter) -> str:
    """Who claims or denies; a dataset does neither itself, it knows of somebody who does."""
    return f"somebody, as coded by {one}" if isinstance(one, str) else _called(names, one)


def _verdict(row: tuple[Any, ...]) -> Verdict:
    id_, _, _, _, stance, hedge, words, basis, credibility, adopted = row[:10]
    said = [codes.label("stance", stance)]
    if hedge and hedge != "none":
        said.append(codes.label("hedge", hedge) + (f" “{words}”" if words else ""))
    elif words:
        said.append(f"“{words}”")
    grounds = [part.strip() for part in (basis or "").split(";")]
    if told := ", ".join(codes.label("basis", part) for part in grounds if part not in ("", "none")):
        said.append(told)
    if credibility is not None:
        said.append(f"credibility {credibility}")
    return Verdict(tuple(said), bool(adopted), id_)


def _heard(
    reader: Reader, names: Names, incident_id: int, rows: list[tuple[Any, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who claims and who denies: by a stance on perpetrators and sponsors, or by a statement about the incident."""
    claims = [_asserter(row) for row in rows if row[4] == "claims" and row[2] in _ACCUSED]
    denies = [_asserter(row) for row in rows if row[4] == "denies" and row[2] in _ACCUSED]
    for kind, speaker in reader.rows(_OWN_WORDS, (incident_id,)):
        (denies if kind == "deny" else claims).append(speaker)
    told = [tuple(dict.fromkeys(_speaking(names, one) for one in heard)) for heard in (claims, denies)]
    return told[0], told[1]


def _silence(claimed: tuple[str, ...], denied: tuple[str, ...], status: str | None, dataset: str | None) -> str:
    """Both in words; a claim or denial that only the incident's own field tells of is not passed over.

    Of a dataset's incident, silence is told only as far as it codes it: what it does not code may well be claimed.
    """
    claims = f"claimed by {', '.join(claimed)}" if claimed else "nobody claims"
    denies = f"denied by {', '.join(denied)}" if denied else "nobody denies"
    label = codes.label("claim_status", status)
    if not claimed and status in ("claimed", "competing"):
        claims = f"{label}, by whom is not recorded"
    elif not claimed and dataset:
        claims = f"claims: {label}, as coded by {dataset}" if status else f"claims: not coded by {dataset}"
    if not denied and status == "denied":
        denies = "denied, by whom is not recorded"
    elif not denied and dataset:
        denies = f"denials: not coded by {dataset}" if claimed else ""
    return " · ".join(part for part in (claims, denies) if part)
