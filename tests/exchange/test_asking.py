"""A country may be named in a filter, though records hold its code."""

from __future__ import annotations

import pytest

from tracker.errors import FilterError
from tracker.exchange.asking import asked, hint
from tracker.model.kinds import BY_NAME, INCIDENT


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("country:Iraq", "country IRQ or country Iraq"),
        ("country:IRQ", "country IRQ"),
        ('killed>=2 country="United Kingdom"', "killed at least 2; country GBR or country United Kingdom"),
        ("country:(Iraq OR SYR)", "country IRQ or country Iraq or country SYR"),
        ("country:Ira*", "country Ira…"),
        ("country:unknown", "country unknown"),
    ],
)
def test_a_name_also_means_the_code(typed: str, words: str) -> None:
    found = asked(INCIDENT, typed)
    assert found.text == typed
    assert found.describe() == words


def test_neither_the_code_nor_the_name_is_meant_by_its_opposite() -> None:
    where = asked(BY_NAME["actor"], "country!=Iraq").where("sqlite")
    assert "IRQ" in where.parameters
    assert " AND " in where.sql


def test_an_unknown_country_is_told_of_and_a_known_one_is_not() -> None:
    assert hint("country:Atlantis").startswith("“Atlantis” is no country")
    for typed in ("country:Iraq", "country:IRQ", "country:irq", "country:I*", "rocket", ""):
        assert hint(typed) == ""


def test_what_cannot_be_read_is_refused_at_its_place() -> None:
    with pytest.raises(FilterError, match="position 14"):
        asked(INCIDENT, "country:Iraq (rocket")
