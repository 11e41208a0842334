"""Proposals of actors, and the actors on record that they may be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tracker.articles.actors import actors
from tracker.articles.document import document
from tracker.articles.names import KnownActor, names
from tracker.model import codes

FIXTURES = Path(__file__).parents[2] / "fixtures" / "articles"
KNOWN = (
    KnownActor("u-iran", "Iran", "state", ("Islamic Republic of Iran",), country="IRN"),
    KnownActor("u-ferrant", "Dalia Ferrant", "person", (), country="", holds=(("Foreign Minister", "2020-01-01", ""),)),
    KnownActor(
        "u-brennick",
        "Otto Brennick",
        "person",
        ("O. Brennick",),
        holds=(("Prime Minister", "2018-01-01", "2020-01-01"),),
    ),
    KnownActor("u-hale", "Ada Hale", "person", (), holds=(("Prime Minister", "2020-01-02", ""),)),
    KnownActor("u-ahwu", "Averin Harbour Workers’ Union", "other", ("AHWU",)),
    KnownActor("u-militias", "Iranian-backed militias", "armed_group", (), generic=True),
)


def known(text: str, name: str, published: str = "", records: Sequence[KnownActor] = KNOWN) -> tuple[str, ...]:
    doc = document(text, published=published)
    return next(cluster.known for cluster in names(doc, records).clusters if cluster.name == name)


@pytest.mark.parametrize(
    ("text", "name", "uids"),
    [
        ("Tehran said no to the Iranian plan.", "Iran", ("u-iran",)),
        ("Dalia Ferrant said no.", "Dalia Ferrant", ("u-ferrant",)),
        ("The AHWU said no, AHWU men said.", "AHWU", ("u-ahwu",)),
        ("Otto Brennik, 61, said no.", "Otto Brennik", ("u-brennick",)),
        ("Iranian-backed militias said no.", "Iranian-backed militias", ("u-militias",)),
        ("Ingrid Solvang said no.", "Ingrid Solvang", ()),
    ],
)
def test_an_actor_on_record_is_found_by_name_acronym_or_likeness(text: str, name: str, uids: tuple[str, ...]) -> None:
    assert known(text, name) == uids


@pytest.mark.parametrize(("day", "uids"), [("2019-05-01", ("u-brennick",)), ("2021-05-01", ("u-hale",)), ("", ())])
def test_an_office_suggests_who_held_it_that_day(day: str, uids: tuple[str, ...]) -> None:
    assert known("The prime minister said no.", "Prime minister", day) == uids


def test_a_description_is_never_a_named_actor_on_record() -> None:
    records = (KnownActor("u-army", "Senior officer", "person"),)
    assert known("A senior officer said no.", "Senior officer", records=records) == ()


def test_proposals_hold_every_mention_and_codes_of_the_list() -> None:
    doc = document((FIXTURES / "harbour.txt").read_text("utf-8"))
    found = {proposal.value["name"]: proposal for proposal in actors(doc, names(doc))}
    for proposal in found.values():
        assert proposal.kind == "actor"
        assert proposal.value["kind"] in codes.values("actor_kind")
        assert proposal.spans["name"]
        assert proposal.reason
    solvang = found["Ingrid Solvang"]
    texts = [doc.text[span.start : span.end] for span in solvang.spans["name"]]
    assert "The defence minister" in texts
    assert "Ms Solvang" in texts
    assert solvang.value["role_title"] == "Norway's Defence Minister"
    assert found["Tarim Ahl al-Sarrow"].value["acronym"] == "TAS"
    assert found["Korvath"].value["kind"] == "state"


def test_the_harbour_groups_are_told_apart_as_coded() -> None:
    doc = document((FIXTURES / "harbour.txt").read_text("utf-8"))
    index = names(doc)
    groups = [cluster for cluster in index.clusters if cluster.kind == "armed_group" and cluster.generic]
    wordings = [[mention.text for mention in cluster.mentions] for cluster in groups]
    assert ["Shore factions"] in wordings
    assert ["Marenia’s coastal militias"] in wordings
    largest = max(wordings, key=len)
    assert {"Korvath-backed shore militias", "Korvath-backed estuary militias", "the factions"} <= set(largest)
    officer = next(cluster for cluster in index.clusters if cluster.name == "Senior Norwegian naval officer")
    assert len(officer.mentions) == 5


@pytest.mark.parametrize("name", ["Lena Marchetti", "Osei Brand", "Noor Field", "Image"])
def test_those_who_wrote_it_are_no_actors(name: str) -> None:
    doc = document((FIXTURES / "wire_dateline.txt").read_text("utf-8"))
    found = [proposal for proposal in actors(doc, names(doc)) if proposal.confidence >= 0.6]
    assert name not in [proposal.value["name"] for proposal in found]
