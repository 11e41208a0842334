"""What can be filtered by: it follows from the declared fields, is told to people, and costs nothing until used."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tracker.model.fields import Field, Kind
from tracker.model.kinds import INCIDENT, KINDS, STATEMENT
from tracker.store.query import fields_of, parse


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_declared_field_can_be_filtered_by_and_has_help_and_an_example(kind: Kind) -> None:
    named = {field.name: field for field in fields_of(kind)}
    assert list(named)[: len(kind.fields)] == [field.name for field in kind.fields]
    assert {"id", "ref", "uid", "created", "tag", "has"} <= set(named)
    for field in named.values():
        assert field.label
        assert field.help
        assert field.example.startswith(field.name)
        assert not parse(kind, field.example).empty


def test_a_field_that_is_added_to_a_kind_can_be_filtered_by_without_another_edit() -> None:
    added = (
        Field("motive", "Motive"),
        Field("phase", "Phase", "code", codes="review"),
        Field("seen", "Seen", "date"),
        Field("depth", "Depth", "int"),
    )
    kind = replace(INCIDENT, fields=INCIDENT.fields + added)
    made = parse(kind, "motive:revenge phase:d* seen:2019 depth>3")
    assert made.describe() == "motive “revenge”; phase draft; seen may fall in 2019; depth more than 3"
    assert [field.name for field in fields_of(kind)][len(INCIDENT.fields) :][:4] == ["motive", "phase", "seen", "depth"]


def test_codes_are_offered_for_completion() -> None:
    named = {field.name: field for field in fields_of(INCIDENT)}
    assert named["review"].codes == ("draft", "coded", "reviewed", "final")
    assert named["aggregate"].codes == ("yes", "no")
    assert {"evidence", "tally", "parent", "place", "date", "tag"} <= set(named["has"].codes)
    assert named["title"].codes == ()


def test_a_declared_field_comes_before_one_that_reaches_further() -> None:
    named = {field.name: field for field in fields_of(STATEMENT)}
    assert named["source"].how == "ref"
    assert named["target"].how == "link"


def test_an_empty_filter_loads_neither_the_parser_nor_a_database_library() -> None:
    program = (
        "import sys; from tracker.model.kinds import INCIDENT; from tracker.store.query import parse, fields_of;"
        "names = 'lark', 'sqlalchemy', 'sqlmodel', 'textual';"
        "heavy = lambda: print([name for name in names if name in sys.modules]);"
        "parse(INCIDENT, '  '); fields_of(INCIDENT); heavy();"
        "parse(INCIDENT, 'rocket date:2019 actor:x'); heavy()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "['lark']"]
