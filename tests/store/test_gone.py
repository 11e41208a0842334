"""An incident that its dataset has no longer is told apart in lists and on cards."""

from __future__ import annotations

from casework import incident
from conftest import Store

from tracker.cli.cards import card_lines
from tracker.model.kinds import INCIDENT
from tracker.store.cards import incident_card
from tracker.store.query import parse
from tracker.store.views import Browser, View
from tracker.tui.render import preview, sections


def test_what_is_gone_is_marked_in_its_cell_on_its_card_and_on_its_page(store: Store) -> None:
    book = store.casebook()
    here, gone = incident(book), incident(book)
    store.sql("UPDATE incident SET gone = '26.1' WHERE id = ?", [gone])
    view = View(INCIDENT, parse(INCIDENT, ""), columns=("ref", "status"))
    cells = {row[1][0]: row[1][1] for row in Browser(store.reader(), view).head(2)}
    assert cells == {f"I-{here}": "reported", f"I-{gone}": "gone 26.1, reported"}
    told = "Gone since 26.1: its dataset has it no longer"
    for id_, marked in ((here, False), (gone, True)):
        card = incident_card(store.reader(), id_)
        assert card is not None
        glance = preview(card, 80).plain
        page = "\n".join(section.content.plain for section in sections(card, 80))
        assert (told in glance, told in page) == (marked, marked)
        assert any("reported, gone since 26.1" in line for line in card_lines(card)) is marked
        assert card.gone == ("26.1" if marked else "")
