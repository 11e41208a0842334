"""Actors that stand in a cell as objects, links to earlier rows only, and citations that say nothing."""

from __future__ import annotations

import pytest
from trial import take

from tracker.store.incoming import ActorSpec

EACH = """
[[actor]]
name = "who"
each = ["text", "words"]
role = "participant"
kind = { from = "sector", map = { MIL = "state_forces" }, default = "other" }
country = { from = "code", code = "iso3" }
"""
RELATED = '[[link]]\nrelated = { column = "related", type = "follows", earlier = true }\n'
CITED = '[input]\nnull = ["", "N/A"]\n[[source]]\nparse = "semicolon_names"\nfrom = "source"\n'


def people(cell: str) -> object:
    found = take(EACH, {"who": cell}).incoming.involved
    return found[0].actors[0] if found else None


def test_object_in_a_cell_is_an_actor_with_its_members() -> None:
    cell = '[{"text": "Icelandic army", "sector": "MIL", "code": "ISL"}]'
    assert people(cell) == ActorSpec("Icelandic army", "state_forces", country="ISL")


def test_every_object_is_an_actor_and_unknown_members_are_not_said() -> None:
    cell = (
        '[{"words": "the front", "sector": "XX", "code": "??"}, {"sector": "MIL"}, {"text": " ", "words": "dockers"}]'
    )
    assert people(cell) == (ActorSpec("the front", "other"), ActorSpec("dockers", "other"))


@pytest.mark.parametrize("cell", ["", "[]", "[1, null]", "no JSON", '"a text"', "{}"])
def test_cell_without_named_objects_is_nobody(cell: str) -> None:
    assert people(cell) is None


def test_series_whose_parts_name_all_links_each_to_the_earlier_ones() -> None:
    found = take(RELATED, *({"related": "1, 2, 3"} for _ in range(3)))
    assert found.incoming.links == [(1, "follows", "1"), (2, "follows", "1"), (2, "follows", "2")]


def test_cell_that_means_nothing_cites_nothing() -> None:
    found = take(CITED, {"source": "N/A"}, {"source": "Harbour Wire"})
    assert [[one.title for one in cited] for cited in found.incoming.sources] == [[], ["Harbour Wire"]]
