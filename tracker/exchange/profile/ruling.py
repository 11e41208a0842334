"""A profile's rules, run over the columns of a block: rows passed over or refused, and values set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import and_
from typing import Any

from tracker.exchange.profile.checks import Memo, plain
from tracker.exchange.profile.frame import Columns, Frame
from tracker.exchange.profile.model import Condition, Profile, Rule
from tracker.exchange.profile.patterns import matcher
from tracker.exchange.profile.toml import profile_actor

Mask = list[bool]


def _test(condition: Condition, profile: Profile) -> Callable[[str], bool]:
    nulls = profile.null
    if condition.empty is not None:
        return lambda raw: (raw.strip() in nulls) == condition.empty
    if among := condition.among:
        wanted = frozenset(map(plain, among))
        return lambda raw: plain(raw) in wanted
    found = matcher(condition.matches, profile.where, trusted=profile.trusted)
    return lambda raw: found(raw) is not None


class Conditions:
    """Conditions that must all hold, as one mask over a block; a column that the file does not have is empty."""

    def __init__(self, when: Sequence[Condition], columns: Columns, profile: Profile) -> None:
        bound = [(columns.find(one.column), one) for one in when]
        self.memos = [(at, Memo(_test(one, profile))) for at, one in bound if at is not None]
        self.never = any(at is None and one.empty is not True for at, one in bound)
        self.column = next((at for at, _ in bound if at is not None), None)

    def mask(self, cols: Sequence[Sequence[str]], n: int) -> Mask | None:
        """Where they hold; None when nowhere."""
        if self.never:
            return None
        masks = [memo.of(cols[at]) for at, memo in self.memos]
        found = masks[0] if masks else [True] * n
        for other in masks[1:]:
            found = list(map(and_, found, other))
        return found if True in found else None


class Rules:
    """The rules of a profile for one file."""

    def __init__(self, profile: Profile, columns: Columns) -> None:
        bound = [(rule, Conditions(rule.when, columns, profile)) for rule in profile.rules]
        self.fates = [one for one in bound if not one[0].sets]
        self.setting = [(self._targets(profile, rule), test) for rule, test in bound if rule.sets]
        self.targets = {target for sets, _ in self.setting for target, _ in sets}

    @staticmethod
    def _targets(profile: Profile, rule: Rule) -> list[tuple[str, object]]:
        """The targets with actors called by their place from 0."""
        found = []
        for target, value in rule.sets:
            head, _, rest = target.partition(".")
            index, _, name = rest.partition(".")
            found.append((f"actor.{profile_actor(profile, index)}.{name}" if head == "actor" else target, value))
        return found

    def decided(self, cols: Sequence[Sequence[str]], n: int) -> Iterator[tuple[int, Rule, int | None]]:
        """Rows to be passed over or refused, by which rule, and the place of the column that says so."""
        for rule, test in self.fates:
            for row in (row for row, hit in enumerate(test.mask(cols, n) or ()) if hit):
                yield row, rule, test.column

    def overrides(self, frame: Frame) -> dict[str, list[tuple[Mask, Any]]]:
        """For each target what is set where, the later rule going before the earlier."""
        found: dict[str, list[tuple[Mask, Any]]] = {}
        for sets, test in self.setting:
            if mask := test.mask(frame.cols, frame.n):
                for target, value in sets:
                    found.setdefault(target, []).append((mask, value))
        return found


def overridden(values: Sequence[Any] | None, n: int, sets: Sequence[tuple[Mask, Any]]) -> list[Any]:
    """The values with what the rules set; without values, None where no rule holds."""
    found = [None] * n if values is None else list(values)
    for mask, value in sets:
        found = [value if hit else one for one, hit in zip(found, mask, strict=True)]
    return found
