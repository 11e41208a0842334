"""Holds the proposals of incidents: what is told, what is only said, what is not, and figures as worded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.document import document
from tracker.articles.proposals import SURE, Proposal
from tracker.articles.suggest import suggest
from tracker.articles.tolls import Toll, tolls
from tracker.articles.triggers import tokens
from tracker.model import codes
from tracker.model.kinds import INCIDENT

ARTICLES = Path(__file__).parent.parent.parent / "fixtures" / "articles"
EXTRA = {"attributions", "tallies", "asserted_by"}
WORDS = """
attack attacks killed wounded two at least five no one nobody rockets bombing blast in near Kabul on Monday last week by
militants accused the army of shelling blamed “ ” ‘ ’ . , ; : ( ) said police denied claimed responsibility for an
series casualties were not any would troops base US Iran’s proxies pointed to forensic 3 12,000 - – 2019
"""


def proposed(text: str, published: str = "2018-06-06") -> list[Proposal]:
    return list(suggest(document(text, published=published)).incidents)


def of(name: str, published: str) -> list[Proposal]:
    return proposed((ARTICLES / name).read_text("utf-8"), published)


def only(found: list[Proposal], category: str) -> Proposal:
    fits = [one for one in found if one.value["category"] == category]
    assert len(fits) == 1, [one.value["title"] for one in found]
    return fits[0]


def figures(one: Proposal, measure: str) -> tuple[int | None, int | None, int | None]:
    low, best, high = (one.value[f"{measure}_{end}"] for end in ("low", "best", "high"))
    return low, best, high


def parts(one: Proposal) -> set[tuple[str, str, str, str | None]]:
    """Actor, role, stance and who asserts it."""
    return {
        (told["actor"]["name"], told["role"], told["stance"], (told["asserted_by"] or {}).get("name"))
        for told in one.value["attributions"]
    }


@pytest.fixture(scope="module")
def market() -> list[Proposal]:
    return of("events_market.txt", "2018-06-06")


@pytest.fixture(scope="module")
def claims() -> list[Proposal]:
    return of("events_claims.txt", "2018-03-08")


def test_an_event_is_proposed_once_with_all_its_sentences(market: list[Proposal]) -> None:
    assert [one.value["category"] for one in market] == [
        "bombing_ied", "armed_assault", "air_drone_strike", "rocket_artillery_missile",
    ]  # fmt: skip
    bombing = market[0]
    assert len(bombing.spans["sentence"]) == 5
    assert bombing.value["date_edtf"] == "2018-06-04"
    assert bombing.value["date_basis"] == "inferred"
    assert bombing.value["place_words"] == "near the Sarnik market"
    assert bombing.value["weapon"] == "car bomb"


def test_figures_are_kept_as_worded(market: list[Proposal]) -> None:
    assert figures(market[0], "killed") == (3, None, 5)
    assert figures(market[0], "wounded") == (11, None, None)
    assert figures(market[1], "killed") == (2, 2, 2)


def test_nobody_killed_is_zero_and_no_report_is_not(market: list[Proposal]) -> None:
    assert figures(market[2], "killed") == (0, 0, 0)
    assert figures(market[2], "wounded") == (None, None, None)
    assert figures(market[1], "wounded") == (None, None, None)


def test_no_claim_blame_and_denial(market: list[Proposal]) -> None:
    assert market[0].value["claim_status"] == "none_reported"
    assert {("Red Anvil", "perpetrator", "denies", "Red Anvil")} <= parts(market[0])
    assert ("Red Anvil", "perpetrator", "accuses") in {part[:3] for part in parts(market[0])}
    assert market[1].value["claim_status"] == "not_discussed"


def test_several_events_are_counted_and_not_split(market: list[Proposal]) -> None:
    mortar = market[3]
    assert mortar.value["aggregate"] is True
    counted = [tally for tally in mortar.value["tallies"] if tally["measure"] == "events"]
    assert [(tally["low"], tally["best"], tally["words"]) for tally in counted] == [(2, 2, "Two mortar attacks")]


def test_a_claim_makes_the_claimant_its_own_witness(claims: list[Proposal]) -> None:
    ambush = claims[0]
    assert ambush.value["claim_status"] == "claimed"
    assert ("River Brigade", "perpetrator", "claims", "River Brigade") in parts(ambush)
    assert figures(ambush, "killed") == (7, None, None)


def test_what_only_its_accusers_tell_is_alleged(claims: list[Proposal]) -> None:
    shelling = only(claims, "rocket_artillery_missile")
    assert shelling.value["status"] == "alleged"
    assert shelling.value["asserted_by"]["name"] == "Villagers"
    assert ("perpetrator", "accuses", "Villagers") in {part[1:] for part in parts(shelling)}


def test_what_only_a_quotation_tells_is_alleged(claims: list[Proposal]) -> None:
    bombing = only(claims, "bombing_ied")
    assert bombing.value["status"] == "alleged"
    assert bombing.value["asserted_by"]["name"] == "Marit Oln"


def test_suspected_is_a_hedge_of_the_attribution(claims: list[Proposal]) -> None:
    abduction = only(claims, "abduction")
    assert [(told["hedge"], told["hedge_words"]) for told in abduction.value["attributions"]] == [
        ("hedged", "Suspected")
    ]
    assert abduction.value["status"] == "reported"


def test_planned_and_past_events_are_told_apart_and_feared_ones_left_out(claims: list[Proposal]) -> None:
    assert only(claims, "protest").value["nature"] == "planned"
    assert only(claims, "invasion").value["nature"] == "context"
    assert len(claims) == 6


def test_sport_shares_and_strikes_are_no_events() -> None:
    assert of("events_metaphor.txt", "2018-06-06") == []


def test_the_harbour_has_its_events() -> None:
    found = of("harbour.txt", "2021-11-18")
    fire = [one for one in found if one.value["category"] == "rocket_artillery_missile"]
    assert any(one.value["nature"] == "campaign" and one.value["aggregate"] for one in fire)
    week = next(one for one in fire if one.value["date_words"] == "this week")
    assert figures(week, "wounded") == (2, None, None)
    assert all(figures(one, "killed") == (None, None, None) for one in found)
    assert {one.value["claim_status"] for one in fire} == {"none_reported"}
    alleged = [one for one in found if one.value["status"] == "alleged"]
    assert [sorted(part[0] for part in parts(one)) for one in alleged] == [["Norway", "Portugal"]]


def test_a_hedge_with_its_basis_and_those_among_the_blamed() -> None:
    series = next(one for one in of("harbour.txt", "2021-11-18") if one.value["nature"] == "campaign")
    told = {one["actor"]["name"]: one for one in series.value["attributions"] if one["basis"]}
    assert {"Osprey Banner", "Tarim Ahl al-Sarrow"} <= set(told)
    assert {one["hedge"] for one in told.values()} == {"hedged"}
    assert told["Osprey Banner"]["basis"] == ["forensic"]
    assert any(one["hedge"] == "partial" for one in series.value["attributions"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("At least five people were killed", [("killed", (5, None, None))]),
        ("between three and five soldiers died", [("killed", (3, None, 5))]),
        ("killing three and injuring a dozen", [("killed", (3, 3, 3)), ("wounded", (12, 12, 12))]),
        ("Nobody was hurt", [("wounded", (0, 0, 0))]),
        ("There were no casualties", [("killed", (0, 0, 0)), ("wounded", (0, 0, 0))]),
        ("No casualties were reported", []),
        ("There were no reports of injuries", []),
        ("more than 20 dead", [("killed", (21, None, None))]),
        ("as many as 10 soldiers were killed", [("killed", (None, None, 10))]),
        ("about 30 people were wounded", [("wounded", (None, 30, None))]),
        ("strikes wounding Marenian troops", [("wounded", (2, None, None))]),
        ("killing a policeman", [("killed", (1, 1, 1))]),
        ("The death toll rose to at least 107", [("killed", (107, None, None))]),
        ("a 29-year-old was killed", []),
        ("on 23 July when he was killed", []),
        ("killed in 2016", []),
        ("two died", [("killed", (2, 2, 2))]),
    ],
)
def test_tolls(words: str, told: list[tuple[str, tuple[int | None, ...]]]) -> None:
    found: list[Toll] = tolls(tokens(words, 0, len(words)))
    assert [(toll.measure, tuple(toll.figure)) for toll in found] == told


@pytest.mark.parametrize(
    "text",
    [
        "If rebels attack the base near Kabul on Monday, troops will shell their camp.",
        "The minister warned of a bombing in Kabul on Monday.",
        "He suffered a heart attack in Lagos on Monday.",
        "Police foiled a bombing in Lagos on Monday.",
        "She came under attack from the senator on Monday.",
        "",
    ],
)
def test_what_did_not_happen_is_not_proposed(text: str) -> None:
    assert proposed(text) == []


def well_formed(text: str, one: Proposal) -> None:
    """A proposal has only fields of the record, codes of the lists, and spans within the text."""
    columns = set(INCIDENT.columns) if not hasattr(INCIDENT.columns[0], "name") else {c.name for c in INCIDENT.columns}
    assert set(one.value) <= columns | EXTRA
    for field, name in (
        ("category", "category"),
        ("nature", "nature"),
        ("status", "status"),
        ("claim_status", "claim_status"),
    ):
        assert one.value[field] is None or one.value[field] in codes.values(name)
    assert one.value["geo_precision"] is None or one.value["geo_precision"] in codes.values("geo_precision")
    for told in one.value["attributions"]:
        assert told["role"] in codes.values("involvement_role")
        assert told["stance"] in codes.values("stance")
        assert told["hedge"] in codes.values("hedge")
        assert set(told["basis"]) <= set(codes.values("basis"))
    for spans in one.spans.values():
        assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert 0 < one.confidence < SURE
    assert one.reason
    assert one.rule


@given(st.lists(st.sampled_from([*WORDS.split(), "\n\n"]), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_words_give_well_formed_proposals(words: list[str]) -> None:
    text = " ".join(words)
    for one in proposed(text):
        well_formed(text, one)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str) -> None:
    doc = document(text, published="2018-06-06")
    for one in suggest(doc).incidents:
        well_formed(doc.text, one)


def test_the_same_text_gives_the_same_proposals() -> None:
    text = (ARTICLES / "harbour.txt").read_text("utf-8")
    first: list[Any] = [(one.spans, one.value, one.confidence) for one in proposed(text)]
    assert first == [(one.spans, one.value, one.confidence) for one in proposed(text)]
