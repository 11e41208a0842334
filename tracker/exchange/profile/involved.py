"""Actors of a block: one record of an actor for each distinct name, made once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tracker.exchange.profile.checks import Bad, Memo, parser
from tracker.exchange.profile.frame import Binder, Frame
from tracker.exchange.profile.model import ActorRule
from tracker.exchange.profile.people import guess
from tracker.exchange.profile.rowkeys import whole
from tracker.exchange.profile.ruling import Mask, overridden
from tracker.store.incoming import ActorSpec, Involved

Specs = Sequence[ActorSpec | tuple[ActorSpec, ...] | None]
Overrides = dict[str, list[tuple[Mask, Any]]]


class Actors:
    """The actors that one [[actor]] of a profile finds in each row; `index` is its place from 0."""

    def __init__(self, binder: Binder, rule: ActorRule, index: int) -> None:
        self.rule, self.index = rule, index
        self.name = binder.cell(rule.name)
        self.skip = frozenset(name.strip().lower() for name in rule.skip)
        own = () if rule.each else (rule.kind, rule.country, rule.key)
        self.parts = [binder.cell(cell) for cell in own] or [None] * 3
        self.inside = {
            name: (cell.columns, parser(cell, binder.nulls))
            for name, cell in (("kind", rule.kind), ("country", rule.country))
            if rule.each and cell is not None and cell.columns
        }
        self.role = rule.role.const or binder.cell(rule.role) or "participant"
        self.columns = {name: read for name, cell in rule.columns.items() if (read := binder.cell(cell)) is not None}
        self.by_name = Memo(lambda name: self._made((name, None, None, None)))
        self.by_all = Memo(self._made)
        if rule.required and (places := binder.columns.places(rule.name.columns)):
            nulls = binder.nulls | rule.name.null
            empty = Bad("", "is empty; write who it was, or take the row out")
            binder.checked(places[:1], Memo(lambda raw: empty if raw.strip() in nulls else True))

    def read(self, frame: Frame, overrides: Overrides) -> Involved | None:
        """Who is involved in the rows of a block; None when nobody is, in any."""
        names = self.name(frame) if self.name else None
        if names is None:
            return None
        specs = self._specs(names, frame, overrides.get(f"actor.{self.index}.kind", []))
        if specs.count(None) == frame.n:
            return None
        columns = {name: read(frame) for name, read in self.columns.items()}
        for name in ("stance", "hedge", "notes"):
            if sets := overrides.get(f"actor.{self.index}.{name}"):
                columns[name] = overridden(columns.get(name), frame.n, sets)
        if "stance" in columns:
            columns["stance"] = [one or "states" for one in columns["stance"]]
        return Involved(specs, self._role(frame, overrides), columns)

    def _role(self, frame: Frame, overrides: Overrides) -> str | Sequence[str]:
        sets = overrides.get(f"actor.{self.index}.role", [])
        if isinstance(self.role, str) and not sets:
            return self.role
        roles = [self.role] * frame.n if isinstance(self.role, str) else self.role(frame)  # type: ignore[operator]
        return overridden([role or "participant" for role in roles], frame.n, sets)

    def _specs(self, names: Sequence[Any], frame: Frame, kinds: list[tuple[Mask, Any]]) -> list[Any]:
        if not kinds and not any(self.parts):
            return self.by_name.of(names)
        parts = [[None] * frame.n if read is None else read(frame) for read in self.parts]
        if kinds:
            parts[0] = overridden(parts[0], frame.n, kinds)
        return self.by_all.of(list(zip(names, *parts, strict=True)))

    def _made(self, parts: tuple[str | None, Any, Any, Any]) -> ActorSpec | tuple[ActorSpec, ...] | None:
        cell, kind, country, key = parts
        if self.rule.each:
            found = tuple(self._member(one, kind) for one in _objects(cell) if self._named(one))
            return None if not found else found[0] if len(found) == 1 else found
        split = self.rule.split
        names = [part for one in (cell or "").split(split) if (part := one.strip())] if split else [cell or ""]
        specs = tuple(self._spec(name, kind, country, key) for name in names if name and name.lower() not in self.skip)
        return None if not specs else specs[0] if len(specs) == 1 else specs

    def _named(self, one: dict[str, Any]) -> str:
        return next((name for member in self.rule.each if (name := str(one.get(member) or "").strip())), "")

    def _member(self, one: dict[str, Any], kind: str | None) -> ActorSpec:
        """An actor of a list of objects; what its kind or country cannot be read from is as good as not said."""
        said: dict[str, str | None] = {"kind": kind, "country": None}
        for name, (members, parse) in self.inside.items():
            value = parse(next((str(one[at]) for at in members if one.get(at)), ""))
            said[name] = said[name] or (value if isinstance(value, str) else None)
        return self._spec(self._named(one), said["kind"], said["country"], None)

    def _spec(self, name: str, kind: str | None, country: str | None, key: str | None) -> ActorSpec:
        guessed = guess(name, self.rule.otherwise) if self.rule.guess else (self.rule.otherwise, False, "")
        generic = guessed[1] if self.rule.generic is None else self.rule.generic
        return ActorSpec(name, kind or guessed[0], generic, country or guessed[2], whole(key or ""))


def _objects(cell: str | None) -> list[dict[str, Any]]:
    """The objects of a JSON list, or one object alone; none for a text that is neither."""
    try:
        found = json.loads(cell or "[]")
    except ValueError:
        return []
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
