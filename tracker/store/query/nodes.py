"""What a filter says once it is read: values, tests and how they are joined, with their places in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Value:
    """A word or a phrase at `start` to `end` of the filter (code points, half-open); `prefix` when a * ended it."""

    text: str
    start: int
    end: int
    phrase: bool = False
    prefix: bool = False

    @property
    def keyword(self) -> str:
        """The value as a word of the language, such as unknown; a phrase never is one."""
        return "" if self.phrase or self.prefix else self.text.lower()


@dataclass(frozen=True, slots=True)
class Test:
    """`field` compared with `value`; `start` to `end` is where the field stands."""

    field: str
    operator: str
    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `part` does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Group:
    """All of `parts`, or any of them."""

    join: Literal["and", "or"]
    parts: tuple[Node, ...]


Node = Value | Test | Not | Group
"""A value on its own is full text."""


def negated(node: Node) -> Node:
    """The opposite of `node`; twice is the node itself, so that a row of NOTs is never deep."""
    return node.part if isinstance(node, Not) else Not(node)


def spread(field: str, operator: str, start: int, end: int, values: Node) -> Node:
    """`field:(a OR -b)` as a test of the field with each of the values, joined in the same way."""
    if isinstance(values, Value):
        return Test(field, operator, values, start, end)
    if isinstance(values, Not):
        return Not(spread(field, operator, start, end, values.part))
    if isinstance(values, Test):
        return values
    return Group(values.join, tuple(spread(field, operator, start, end, part) for part in values.parts))


def leaves(node: Node) -> Iterator[Value | Test]:
    """The values and tests of a filter, from left to right."""
    if isinstance(node, Value | Test):
        yield node
    else:
        for part in (node.part,) if isinstance(node, Not) else node.parts:
            yield from leaves(part)
