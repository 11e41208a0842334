"""The code lists: no value twice, every counterpart well formed, and what a person types finds its code."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tracker.errors import ValueRefused
from tracker.model import codes

each_list = pytest.mark.parametrize("name", sorted(codes.LISTS))
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


@each_list
def test_values_and_labels_are_unique_and_labels_are_there(name: str) -> None:
    found = codes.LISTS[name]
    assert len({code.value for code in found}) == len(found)
    assert [label for label, times in Counter(code.label.lower() for code in found).items() if times > 1] == []
    assert all(re.fullmatch(r"[A-Fa-z][a-z0-9_]*", code.value) and code.label.strip() for code in found)
    assert codes.values(name) == tuple(code.value for code in found)


@each_list
def test_every_value_and_every_label_is_found_however_it_is_written(name: str) -> None:
    for code in codes.LISTS[name]:
        spellings = (code.value, code.label, code.value.upper(), code.value.replace("_", " "), f" {code.label} ")
        for spelling in (*spellings, code.value.replace("_", "-")):
            assert codes.find(name, spelling, field="kind") == code.value
        assert codes.label(name, code.value) == code.label


def test_no_label_is_another_codes_value() -> None:
    for name, found in codes.LISTS.items():
        for code in found:
            assert not [other.value for other in found if other is not code and other.value == code.label], name


def test_counterparts_in_other_code_books_are_well_formed() -> None:
    for code in (*codes.CATEGORY, *codes.STATEMENT_KIND):
        assert re.fullmatch(r"([1-9])?", code.gtd), code
        assert re.fullmatch(r"([0-2][0-9]{1,3}x?)?", code.cameo), code
        assert code.plover in {*PLOVER, ""}, code
        root = int(code.cameo[:2]) if code.cameo else 1
        assert 1 <= root <= 20, code


def test_lists_hold_what_the_rules_and_the_code_name() -> None:
    assert codes.values("reliability") == tuple("ABCDEF")
    assert {"verbatim", "mixed"} <= set(codes.values("mode"))
    assert {"perpetrator", "sponsor"} <= set(codes.values("involvement_role"))
    assert {"verified", "normalized", "truncated", "elsewhere", "not_found", "orphaned"} <= set(codes.values("verdict"))
    assert {"killed", "wounded"} <= set(codes.values("measure"))
    assert codes.CREDIBILITY_TO_CONFIDENCE == {1: 90, 2: 70, 3: 50, 4: 30, 5: 10, 6: None}


def test_what_is_no_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueRefused, match="did you mean armed_clash") as caught:
        codes.find("category", "armed clsh", field="category")
    assert caught.value.field == "category"
    with pytest.raises(ValueRefused, match="one of: draft, coded, reviewed, final"):
        codes.find("review", "qqqqqq", field="review")


def test_an_unknown_value_is_shown_as_it_is_and_none_as_a_dash() -> None:
    assert codes.label("review", "archived") == "archived"
    assert codes.label("review", None) == "–"
