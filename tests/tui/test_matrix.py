"""The matrix at every width: what it says in words, that its lines are even, and that hostile text stays text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker import text
from tracker.store.cards import Matrix, Standing, Verdict
from tracker.tui.render.lines import Link, joined
from tracker.tui.widgets.matrix import matrix_lines

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOSTILE = [
    value
    for name in ("terminal", "markup", "unicode", "long")
    for value in json.loads((FIXTURES / "hostile" / f"{name}.json").read_text(encoding="utf-8"))
    if isinstance(value, str)
]
WIDTHS = (60, 80, 140, 200)


def say(*words: str, adopted: bool = False) -> Verdict:
    return Verdict(words, adopted, 1)


def grid(asserters: tuple[str, ...], rows: tuple[Standing, ...], silence: str) -> Matrix:
    return Matrix(asserters, tuple(range(len(asserters))), rows, (), (), silence)


HEDGED = say("accuses", "hedged “pointed to”", "intelligence, forensic", "credibility 3")
RUN = grid(
    ("nobody named", "US military official", "Mike Pompeo"),
    (
        Standing("Iran-backed militias", 18, "perpetrator", ((say("accuses", "hedged “believed”"),), (HEDGED,), ())),
        Standing("Kataib Hezbollah", 19, "perpetrator", ((), (HEDGED,), ())),
        Standing("Iran", 9, "sponsor", ((), (), (say("accuses", "credibility 3", adopted=True),))),
        Standing("US forces in Iraq", 15, "target", ((say("states"),), (), ())),
    ),
    "nobody claims · nobody denies",
)  # fmt: skip


def plain(matrix: Matrix, width: int) -> str:
    return "\n".join(line.rstrip() for line in joined(matrix_lines(matrix, width)).plain.split("\n"))


def test_at_140_columns_it_is_a_table_of_actors_by_asserters() -> None:
    assert (
        plain(RUN, 140)
        == """\
                                   nobody named                US military official          Mike Pompeo
perpetrator  Iran-backed militias  accuses, hedged “believed”  accuses                       –
                                                               hedged “pointed to”,
                                                               intelligence, forensic,
                                                               credibility 3
             Kataib Hezbollah      –                           accuses                       –
                                                               hedged “pointed to”,
                                                               intelligence, forensic,
                                                               credibility 3
    sponsor  Iran                  –                           –                             ● accuses, credibility 3
     target  US forces in Iraq     states                      –                             –
nobody claims · nobody denies"""
    )


def test_at_60_columns_it_is_a_list_that_names_the_silent_too() -> None:
    assert (
        plain(RUN, 60)
        == """\
perpetrator  Iran-backed militias
  nobody named          accuses, hedged “believed”
  US military official  accuses
                        hedged “pointed to”,
                        intelligence, forensic,
                        credibility 3
  – Mike Pompeo
perpetrator  Kataib Hezbollah
  US military official  accuses
                        hedged “pointed to”,
                        intelligence, forensic,
                        credibility 3
  – nobody named · Mike Pompeo
sponsor  Iran
  Mike Pompeo           ● accuses, credibility 3
  – nobody named · US military official
target  US forces in Iraq
  nobody named          states
  – US military official · Mike Pompeo
nobody claims · nobody denies"""
    )


def test_between_the_two_the_role_stands_below_the_name() -> None:
    lines = [line.split("  ")[0] for line in plain(RUN, 70).split("\n")]
    assert lines[2:6] == ["Iran-backed", "militias", "perpetrator", ""]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_tells_the_same(width: int) -> None:
    words = " ".join(plain(RUN, width).split())
    for telling in ("perpetrator", "sponsor", "target", "hedged", "forensic", "credibility 3", "●", "Mike Pompeo"):
        assert telling in words
    assert words.endswith("nobody claims · nobody denies")


@pytest.mark.parametrize("width", WIDTHS)
def test_each_actor_can_be_opened_from_its_first_line(width: int) -> None:
    links = [line.link for line in matrix_lines(RUN, width) if line.link]
    assert links == [Link("actor", id_) for id_ in (18, 19, 9, 15)]


def test_an_incident_without_involvements_still_says_who_is_silent() -> None:
    empty = grid((), (), "nobody claims · nobody denies")
    assert plain(empty, 60) == "nobody claims · nobody denies"


def test_silence_is_a_muted_dash_and_denial_stands_out() -> None:
    matrix = grid(("Iran", "US"), (Standing("X", 1, "perpetrator", ((say("denies"),), ())),), "denied by Iran")
    spans = {
        line.content.plain[span.start : span.end].strip(): span.style
        for line in matrix_lines(matrix, 80)
        for span in line.content.spans
    }
    assert spans["–"] == "$text-muted"
    assert spans["denies"] == "bold"


def of(texts: list[str]) -> Matrix:
    one, two, three = texts
    said = ((say(one, f"hedged “{two}”", three),), ())
    return grid((three, two), (Standing(one, 1, "perpetrator", said), Standing(two, 2, "victim", said)), three)


@pytest.mark.parametrize("width", [*WIDTHS, 24])
def test_hostile_text_is_inert_and_leaves_the_edges_even(width: int) -> None:
    for value in HOSTILE:
        lines = matrix_lines(of([value, "第二次火箭袭击", value]), width)
        assert {cell_len(line.content.plain) for line in lines} == {width}, ascii(value)
        shown = joined(lines).plain.replace("\n", "")
        assert text.screen(shown) == shown, ascii(value)


def test_markup_is_shown_as_it_was_written() -> None:
    shown = plain(of(["[bold]x[/]", "[@click=app.quit]go[/]", "[/]"]), 140)
    assert "[bold]x[/]" in shown
    assert "[@click=app.quit]go[/]" in shown


@given(st.lists(st.text(max_size=60), min_size=3, max_size=3), st.integers(20, 220))
def test_any_text_at_any_width_gives_lines_of_that_width(texts: list[str], width: int) -> None:
    assert {line.content.cell_length for line in matrix_lines(of(texts), width)} == {width}
