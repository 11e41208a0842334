"""How a profile writes rules: when a column holds this, set that, or pass the row over, or refuse it."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.exchange.profile import shapes
from tracker.exchange.profile.model import Condition, Rule
from tracker.exchange.profile.shapes import Shape, refuse
from tracker.model.kinds.incidents import INCIDENT

_ACTOR: dict[str, Shape] = {
    "role": shapes.code("involvement_role"),
    "kind": shapes.code("actor_kind"),
    "stance": shapes.code("stance"),
    "hedge": shapes.code("hedge"),
    "notes": shapes.text,
}
_FIELDS: dict[str, Shape] = {
    **{f.name: shapes.code(f.codes) for f in INCIDENT.fields if f.type == "code"},
    **{name: shapes.text for name in ("weapon", "target_kind", "coder", "place_name", "place_words", "country")},
    "aggregate": shapes.flag,
}
_WHEN: Mapping[str, Shape] = {
    "column": shapes.text, "equals": shapes.text, "in": shapes.texts, "matches": shapes.pattern, "empty": shapes.flag,
}  # fmt: skip


def _condition(value: object, where: str) -> Condition:
    found = shapes.table(value, where, _WHEN, ("column",))
    tests = found.keys() - {"column"}
    if len(tests) != 1:
        raise refuse(where, "needs exactly one of equals, in, matches, empty")
    among = (found["equals"],) if "equals" in found else found.get("in")
    return Condition(
        found["column"],
        None if among is None else frozenset(one.strip().lower() for one in among),
        found.get("matches", ""),
        found.get("empty"),
    )


def when(value: object, where: str) -> tuple[Condition, ...]:
    """One condition, or a list of conditions that must all hold."""
    if isinstance(value, list):
        return tuple(shapes.listing(_condition)(value, where))
    return (_condition(value, where),)


def _target(target: str, value: object, where: str) -> tuple[str, object]:
    head, _, rest = target.partition(".")
    if head == "tag":
        return "tag", shapes.texts(value, where)
    if head == "incident":
        if rest not in _FIELDS:
            raise refuse(where, f"“{rest}” cannot be set; {shapes.nearest(rest, _FIELDS)}")
        return target, _FIELDS[rest](value, where)
    name = rest.rpartition(".")[2]
    if head != "actor" or name not in _ACTOR:
        known = ("incident.category", "actor.1.role", "tag")
        raise refuse(where, f"“{target}” is nothing that can be set; write it like {', '.join(known)}")
    return target, _ACTOR[name](value, where)


def _sets(value: object, where: str) -> tuple[tuple[str, object], ...]:
    if not isinstance(value, dict) or not value:
        raise refuse(where, 'must be a table such as { "actor.1.role" = "perpetrator" }')
    return tuple(_target(target, one, f"{where} {target}") for target, one in value.items())


def rule(value: object, where: str) -> Rule:
    """A rule: `when`, and one of `set`, `reject` and `skip`."""
    found = shapes.table(
        value, where, {"when": when, "set": _sets, "reject": shapes.text, "skip": shapes.text}, ("when",)
    )
    if len(found.keys() & {"set", "reject", "skip"}) != 1:
        raise refuse(where, "needs exactly one of set, reject, skip")
    return Rule(found["when"], found.get("set", ()), found.get("reject", ""), found.get("skip", ""))
