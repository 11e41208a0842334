"""Editing a suggestion before it is accepted: the form of the record it would become, filled with what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.model.kinds import BY_NAME
from tracker.model.kinds.actors import ACTOR
from tracker.model.values import parse_values
from tracker.store.database import Reader
from tracker.store.reading_desk import Article, Waiting
from tracker.tui import form_load, lookup
from tracker.tui.form_check import Faults
from tracker.tui.form_text import NEW, shown
from tracker.tui.form_write import NewActor, Writing
from tracker.tui.reader.telling import speaker, words
from tracker.tui.screens.form import RecordForm
from tracker.tui.widgets.field_parts import PartSection

if TYPE_CHECKING:
    from tracker.store.casebook import Casebook
    from tracker.store.ledger import Act, Saved

Speaker = int | Mapping[str, str] | None
"""An actor on record, or the texts of one that is made along."""

FORMS = ("statement", "actor", "incident")
"""The kinds of suggestions that become a record with a form."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The texts a form begins with, and the texts of an actor that would be made, by name."""

    texts: dict[str, str]
    actors: dict[str, dict[str, str]]


def fill(article: Article, waiting: Waiting, reader: Reader) -> Filled:
    """What the form of a suggestion begins with; a speaker who is on record stands as that actor."""
    kind, record = BY_NAME[waiting.kind], _record(waiting)
    texts = {field.name: shown(field, record, {}) for field in kind.form_fields if field.type not in ("ref", "json")}
    texts = {name: typed for name, typed in texts.items() if typed}
    if waiting.kind == "actor":
        texts["name"] = texts.get("name") or words(article.text, waiting)
        return Filled(texts, {})
    if waiting.kind == "incident":
        return Filled(texts, {})
    said = words(article.text, waiting)
    if not texts.keys() & {"quote", "paraphrase"}:
        texts["quote"] = said
    texts["source"] = article.ref
    name, actors = _speaker(article, waiting, reader)
    return Filled(texts | ({"speaker": name} if name else {}), actors)


def _record(waiting: Waiting) -> dict[str, Any]:
    """The columns of the record, as far as the suggestion tells them."""
    record = {name: told for name, told in waiting.value.items() if told not in ("", None, [], {})}
    if waiting.kind == "statement" and isinstance(said := record.get("said"), str):
        record["said_words"] = said
    if waiting.kind == "actor":
        record.setdefault("role_title", record.get("title"))
    return record


def _speaker(article: Article, waiting: Waiting, reader: Reader) -> tuple[str, dict[str, dict[str, str]]]:
    name = speaker(waiting)
    if not name and (stretches := waiting.spans.get("speaker")):
        name = " ".join(article.text[slice(*stretches[0])].split())
    if not name:
        return "", {}
    found = lookup.resolve(reader, "actor", name)
    if not found.wrong:
        return found.shown, {}
    kind = str(waiting.value.get("speaker_kind") or "")
    return f"{NEW}{name}", {name: {"name": name} | ({"kind": kind} if kind else {})}


def chosen(kind: str, wanted: Writing) -> tuple[dict[str, Any], Speaker]:
    """What a filled form says, as the value of a suggestion, and the speaker of a statement."""
    value = dict(wanted.values)
    for field in BY_NAME[kind].fields:
        if field.type == "date":
            # The columns say it; the words of the suggestion would be read over them.
            value[field.name] = None
    named = value.pop("speaker_id", None)
    value.pop("source_id", None)
    if kind != "statement":
        return value, None
    if isinstance(named, NewActor):
        return value, wanted.actors[named.name]
    return value, int(str(named)) if named is not None else None


def decide(
    book: Casebook,
    suggestion: Waiting,
    decision: str,
    *,
    value: Mapping[str, Any] | None,
    spans: Mapping[str, Any] | None,
    speaker: Speaker,
) -> Saved:
    """Save a decision; a speaker who is not on record yet is made in the same action."""
    id_, version = suggestion.id, suggestion.version
    if not isinstance(speaker, Mapping):
        return book.decide(id_, decision, version=version, value=value, spans=spans, speaker=speaker)
    texts = speaker

    def work(act: Act) -> tuple[Saved, str]:
        from tracker.store import deciding

        actor = act.add(ACTOR.name, parse_values(ACTOR, texts)).id
        return deciding.decide(act, book.who, id_, decision, version=version, value=value, spans=spans, speaker=actor)

    return book.unit("decide", "", work)


class SuggestionForm(RecordForm):
    """The form of a record that is made by accepting a suggestion; it hands over values, saves nothing itself."""

    def __init__(self, kind: str, filled: Filled, edited: Callable[[Mapping[str, Any], Speaker], None]) -> None:
        super().__init__(kind, values=filled.texts)
        self.actors = {name: dict(texts) for name, texts in filled.actors.items()}
        self._edited = edited

    def heading(self) -> str:
        """What is being done."""
        return f"Edit and accept: {self.kind.label.lower()}"

    def parts(self) -> tuple[PartSection, ...]:
        """What hangs on the record follows from the suggestion."""
        return ()

    def keep_draft(self) -> None:
        """A draft would come back as a record without its words; the suggestion itself waits."""

    def _checked(self, settled: form_load.Settled) -> None:
        self._saving = False
        wanted = self._collected(settled)
        if isinstance(wanted, Faults):
            wanted.show(self)
            return
        self.finish(None)
        self._edited(*chosen(self.kind.name, wanted))
