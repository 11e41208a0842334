"""How commands speak of records: a kind by its name, a record by REF or name, values as `field=value`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.errors import UsageError, ValueRefused
from tracker.model.kinds import BY_NAME, BY_PREFIX, EXCHANGED, KINDS

if TYPE_CHECKING:
    from tracker.model.fields import Kind
    from tracker.model.values import Lookup
    from tracker.store.database import Reader


def _called(kind: Kind) -> tuple[str, ...]:
    return kind.plural, kind.name, kind.label.lower().replace(" ", "_"), kind.prefix.lower()


def kind_named(what: str, among: Sequence[Kind] = KINDS) -> Kind:
    """The kind called `what`, singular or plural; UsageError with the nearest when there is none."""
    word = "_".join(what.strip().lower().replace("-", " ").split())
    for position in range(4):
        for kind in among:
            if _called(kind)[position] == word:
                return kind
    known = [kind.plural for kind in among]
    near = difflib.get_close_matches(word, known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
    raise UsageError(f"“{what}” is no kind of record; {hint}")


def assignments(pairs: Sequence[str]) -> dict[str, str]:
    """`field=value` arguments as a mapping; UsageError for one without a = or a field named twice."""
    texts: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(f"“{pair}” is no field=value; write for example status=alleged, with quotes around spaces")
        if name in texts:
            raise UsageError(f"“{name}” is given twice; leave one out")
        texts[name] = value
    return texts


def found(reader: Reader, ref: str, *kinds: str) -> tuple[Kind, int]:
    """The record that a REF or uid means; UsageError when there is none, or when it is of none of `kinds`."""
    from tracker.store import views

    kind, record_id = views.find(reader, ref)
    if kinds and kind.name not in kinds:
        wanted = " or ".join(BY_NAME[name].label.lower() for name in kinds)
        raise UsageError(f"{ref}: is of the kind {kind.label.lower()}; give the REF of a record of the kind {wanted}")
    return kind, record_id


def lookup(reader: Reader) -> Lookup:
    """What reads the references in `field=value`: REFs, uids, any exact name of an actor, titles of others."""

    def look_up(kind: str, text: str, field: str) -> int:
        from tracker.store import views

        try:
            there, record_id = views.find(reader, text)
        except UsageError as error:
            return _called_so(reader, kind, text, field, error)
        if there.name != kind:
            label, prefix = BY_NAME[kind].label.lower(), BY_NAME[kind].prefix
            raise ValueRefused(field, f"{field}: {text} is no {label}; give a REF such as {prefix}-3")
        return record_id

    return look_up


def _called_so(reader: Reader, kind: str, name: str, field: str, failure: UsageError) -> int:
    """The one record that goes by `name`; ValueRefused with the nearest when there is none, or several."""
    from tracker.store import views
    from tracker.store.export import called

    same = called(reader, kind, name)
    uids = [uid for uid, _ in same] if len(same) == 1 else [uid for uid, verbatim in same if verbatim]
    if len(uids) == 1:
        return views.find(reader, uids[0])[1]
    if same:
        refs = ", ".join(views.ref(*views.find(reader, uid)) for uid, _ in same)
        raise ValueRefused(field, f"{field}: “{name}” is the name of {len(same)} records ({refs}); give a REF")
    if kind != "actor" or _looks_like_ref(name):
        raise ValueRefused(field, f"{field}: {failure}") from failure
    near = "; ".join(f"A-{hit.id} {hit.name}" for hit in views.complete_actors(reader, name, 3))
    hint = f"did you mean {near}?" if near else "add it first with “tracker add actor name=… kind=…”"
    raise ValueRefused(field, f"{field}: no actor goes by “{name}”; {hint}")


def _looks_like_ref(text: str) -> bool:
    prefix, dash, number = text.partition("-")
    return bool(dash) and number.isdigit() and prefix.upper() in BY_PREFIX


def counts(reader: Reader) -> dict[str, int]:
    """How many records there are of each kind that is exchanged, by its plural."""
    from tracker.store import views

    totals = views.totals(reader)
    return {kind.plural: totals.get(kind.name, 0) for kind in EXCHANGED}
