"""Names in an article: where they stand, which are of one actor, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles.document import Document, document
from tracker.articles.names import Cluster, NameIndex, names

FIXTURES = Path(__file__).parents[2] / "fixtures" / "articles"


@pytest.fixture(scope="module")
def garrison() -> tuple[Document, NameIndex]:
    doc = document((FIXTURES / "names_garrison.txt").read_text("utf-8"))
    return doc, names(doc)


def cluster(found: tuple[Document, NameIndex], words: str, nth: int = 0) -> Cluster:
    """The cluster of the nth place where words stand in the text."""
    doc, index = found
    at = -1
    for _ in range(nth + 1):
        at = doc.text.index(words, at + 1)
    one = index.at(at, at + len(words))
    assert one is not None, words
    return one


def wordings(one: Cluster) -> list[str]:
    return [mention.text for mention in one.mentions]


def of(text: str) -> list[Cluster]:
    return names(document(text)).clusters


def test_mentions_are_the_words_of_the_text(garrison: tuple[Document, NameIndex]) -> None:
    doc, index = garrison
    assert len(index.mentions) > 30
    for mention in index.mentions:
        assert doc.text[mention.start : mention.end] == mention.text
        assert mention in index.clusters[mention.cluster].mentions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foreign Minister Dalia Ferrant", "Ms Ferrant"),
        ("Foreign Minister Dalia Ferrant", "The foreign minister"),
        ("Lt. Col. Osric Vane", "Col. Vane said"),
        ("Tarkan Harak al-Delta", "THD"),
        ("World Health Organization", "WHO"),
        ("United States", "the US has"),
        ("United States", "Washington said"),
        ("Iran and", "Tehran"),
        ("Delta Defence Union", "DDU"),
        ("Yūsuf ibn Rashād al-Tarīmī", "Al-Tarīmī lost"),
        ("A senior Marenian intelligence officer", "The intelligence officer"),
        ("Iranian-backed militias", "Iran-backed militias"),
        ("State Department spokesman Peter Lowell", "Mr Lowell"),
    ],
)
def test_two_wordings_are_one_actor(garrison: tuple[Document, NameIndex], one: str, other: str) -> None:
    assert cluster(garrison, one) is cluster(garrison, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("United States", "Washington, shops"),
        ("Mary Lowell", "Mr Lowell"),
        ("A senior Marenian intelligence officer", "A second officer"),
        ("Iranian-backed militias", "Iran and"),
        ("Iranian-backed militias", "river militias"),
        ("Marenia's caretaker cabinet", "Marenia said"),
    ],
)
def test_two_actors_stay_apart(garrison: tuple[Document, NameIndex], one: str, other: str) -> None:
    assert cluster(garrison, one) is not cluster(garrison, other)


@pytest.mark.parametrize(
    "words", ["Tuesday", "June", "March", "May", "Monday", "Peace", "Nobody", "Doctors", "Meridian Wire"]
)
def test_days_sentence_starts_and_datelines_are_no_names(garrison: tuple[Document, NameIndex], words: str) -> None:
    assert not [mention for mention in garrison[1].mentions if mention.text == words]


def test_a_name_does_not_run_on_over_a_full_stop(garrison: tuple[Document, NameIndex]) -> None:
    assert not [
        mention.text for mention in garrison[1].mentions if "Vane. " in mention.text or "Vane is" in mention.text
    ]
    assert "Col. Osric Vane" in cluster(garrison, "Osric Vane").mentions[0].text


@pytest.mark.parametrize(
    ("words", "kind", "generic", "country"),
    [
        ("United States", "state", False, "USA"),
        ("Tarkan Harak al-Delta", "armed_group", False, ""),
        ("Delta Defence Union", "umbrella", False, ""),
        ("Iranian-backed militias", "armed_group", True, ""),
        ("U.S. troops", "state_forces", False, "USA"),
        ("A second officer", "person", True, ""),
        ("Ministry of Trade and Industry", "government", False, ""),
        ("Port Selwyn", "place", False, ""),
        ("Dalia Ferrant", "person", False, ""),
    ],
)
def test_kinds(garrison: tuple[Document, NameIndex], words: str, kind: str, generic: bool, country: str) -> None:
    one = cluster(garrison, words)
    assert (one.kind, one.generic, one.country) == (kind, generic, country)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ms Ferrant spoke. Dalia Ferrant left.", "female"),
        ("Spokesman Ulric Tane said so.", "male"),
        ("Ingrid Tane said so.", "female"),
        ("Quorl Tane said so. Quorl Tane left.", ""),
    ],
)
def test_gender_is_told_by_title_or_given_name_or_left_open(text: str, gender: str) -> None:
    assert [one.gender for one in of(text) if one.kind == "person"] == [gender]


def test_a_title_is_kept_in_the_mention_and_found_by_its_words(garrison: tuple[Document, NameIndex]) -> None:
    one = cluster(garrison, "Peter Lowell")
    assert one.name == "Peter Lowell"
    assert "State Department spokesman Peter Lowell" in wordings(one)
    assert garrison[1].by_title("the foreign minister") is cluster(garrison, "Dalia Ferrant")
    assert garrison[1].by_title("the king") is None


def test_the_nearest_mention_before_a_place_comes_first(garrison: tuple[Document, NameIndex]) -> None:
    doc, index = garrison
    at = doc.text.index("declined to take")
    assert index.before(at, 60)[0].text == "Lowell"
    assert index.before(0) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norway's Defence Minister Ingrid Solvang said no.", "Norway's Defence Minister Ingrid Solvang"),
        ("The mayor met Kofi O’Dunmar-Hale in town.", "Kofi O’Dunmar-Hale"),
        ("He saw Ahmed al-Sarrow’s brother.", "Ahmed al-Sarrow"),
        ("She joined the Averin Harbour Workers’ Union.", "Averin Harbour Workers’ Union"),
        ("They fear ‘Bazaar Men’ here.", "Bazaar Men"),
    ],
)
def test_names_keep_what_belongs_to_them(text: str, name: str) -> None:
    assert name in [mention.text for one in of(text) for mention in one.mentions]


def test_a_headline_in_capitals_names_only_what_the_article_names() -> None:
    headline = "Ferrant Warns Korvath Over New Border Shelling"
    found = of(f"{headline}\n\nDalia Ferrant said Korvath was to blame, and Korvath said no.")
    assert {"Dalia Ferrant", "Korvath"} == {one.name for one in found}
    assert [len(one.mentions) for one in found] == [2, 3]


def test_own_demonyms_are_no_actors() -> None:
    found = of("Troops of Korvath moved. The Korvathi army said so. Korvath denied it, a Korvathi envoy said.")
    assert "Korvathi" not in [one.name for one in found]
    assert [one.generic for one in found if one.name == "Korvathi army"] == [False]


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("Aab’'-.\u200c\u0301 \n(\u00a0)SU,“”of the1éŁ"), max_size=160)
    | st.text(max_size=200)
)
def test_no_text_raises(text: str) -> None:
    doc = document(text)
    for mention in names(doc).mentions:
        assert doc.text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "junk",
    [
        "A" * 5000,
        "A. " * 3000,
        "The " * 3000,
        "Mr. " * 3000,
        "A-" * 4000,
        "(A) " * 2000,
        "US-led " * 2000,
        "officer " * 3000,
    ],
)
def test_long_junk_gives_an_answer(junk: str) -> None:
    assert isinstance(names(document(junk)), NameIndex)
