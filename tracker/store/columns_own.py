"""The columns of incidents, actors, statements and sources that are told from several fields or other tables."""

from __future__ import annotations

from functools import partial

from tracker.model import codes
from tracker.store import cells
from tracker.store.columns import LONGEST, Column, title_of
from tracker.store.columns_dataset import dataset_of, named
from tracker.store.columns_related import joined


def _code(name: str, label: str, codes_of: str, width: int) -> Column:
    return Column(name, label, width, (f"t.{name}",), partial(_label, codes_of), (f"t.{name}",))


def _label(name: str, values: cells.Values) -> str:
    return codes.label(name, values[0])


def _date(name: str, label: str, width: int) -> Column:
    return Column(name, label, width, (f"t.{name}_edtf",), cells.date, (f"t.{name}_earliest", f"t.{name}_latest"))


def _figure(name: str, label: str) -> Column:
    """The adopted figures; ordered by the best one, else by the lowest."""
    parts = tuple(f"t.{name}_{end}" for end in ("low", "best", "high"))
    return Column(name, label, 8, parts, cells.figure, (f"coalesce(t.{name}_best, t.{name}_low)",), "right")


def _says() -> str:
    """How many name or deny the perpetrators or sponsors, by stance, and the rows in nobody's name and no dataset's."""
    by = "count(DISTINCT CASE WHEN v.stance = '{}' THEN v.asserted_by_id END)"
    counts = [by.format(stance) for stance, _ in cells.SAYING]
    counts.append(f"count(CASE WHEN v.asserted_by_id IS NULL AND {dataset_of('v')} IS NULL THEN 1 END)")
    packed = " || ' ' || ".join(counts)
    return (
        f"(SELECT {packed} FROM involvement v WHERE v.incident_id = t.id AND v.role IN ('perpetrator', 'sponsor')"
        " AND v.deleted_at IS NULL)"
    )


_SPEAKING = (
    "(SELECT min(b.dataset) FROM involvement v JOIN batch b ON b.id = v.batch_id WHERE v.incident_id = t.id"
    " AND v.asserted_by_id IS NULL AND v.deleted_at IS NULL)"
)
"""The dataset that names, in whatever role, those who took part."""


def _said_by(values: cells.Values) -> str:
    """Who says who did it; a dataset also where it names actors without saying which of them did it."""
    told = (cells.says(values[:1]), named(values[1]))
    return " · ".join(part for part in told if part and part != cells.UNKNOWN) or cells.UNKNOWN


def _status(values: cells.Values) -> str:
    """The status; before it, since which release its dataset has the incident no longer."""
    label = codes.label("status", values[0])
    return f"gone {values[1]}, {label}" if values[1] else label


def _counted(inner: str) -> str:
    """“found rows” of a query for ids, looked at up to a limit so that no cell costs more than a moment."""
    return f"(SELECT count(DISTINCT c.id) || ' ' || count(*) FROM ({inner} LIMIT {cells.COUNTED}) c)"


_PLACE = ("t.place_name", "t.place_words", "t.admin1", "t.country")
_NAMES = (
    f"SELECT substr(n.name, 1, {LONGEST}) AS name FROM actor_name n WHERE n.actor_id = t.id"
    " AND n.deleted_at IS NULL ORDER BY n.id"
)
_ABOUT = (
    "SELECT substr(i.title, 1, 100) AS name FROM statement_incident l JOIN incident i ON i.id = l.incident_id"
    " WHERE l.statement_id = t.id AND l.deleted_at IS NULL AND i.deleted_at IS NULL ORDER BY l.id"
)
_SPOKEN = "SELECT s.id AS id FROM statement s WHERE s.speaker_id = t.id AND s.deleted_at IS NULL"
_PART = "SELECT v.incident_id AS id FROM involvement v WHERE v.actor_id = t.id AND v.deleted_at IS NULL"

OWN: dict[str, tuple[Column, ...]] = {
    "incident": (
        _date("date", "Date", 18),
        Column("title", "Title", 28, ("t.title",), sort=("t.title",), flex=3),
        Column("place", "Place", 18, _PLACE, sort=(f"coalesce({', '.join(_PLACE)})",), flex=1),
        _figure("killed", "Killed"),
        _figure("wounded", "Wounded"),
        Column("says", "Says who", 20, (_says(), _SPEAKING), _said_by),
        Column("status", "Status", 10, ("t.status", "t.gone"), _status, ("t.status",)),
    ),
    "actor": (
        Column("name", "Name", 28, ("t.name",), sort=("t.name_key",), flex=2),
        _code("kind", "Kind", "actor_kind", 16),
        Column("country", "Country", 7, ("t.country",), sort=("t.country", "t.name_key")),
        Column("generic", "Generic", 7, ("t.generic",), cells.yes, ("t.generic",)),
        Column("names", "Other names", 20, (joined(_NAMES),), cells.joined, flex=1),
        Column("statements", "Statements", 10, (_counted(_SPOKEN),), cells.at_least,
               (f"(SELECT count(*) FROM ({_SPOKEN}) c)",), "right"),
        Column("incidents", "Incidents", 9, (_counted(_PART),), cells.at_least,
               (f"(SELECT count(DISTINCT c.id) FROM ({_PART}) c)",), "right"),
    ),
    "statement": (
        _date("said", "Said", 18),
        Column("speaker", "Speaker", 22, (title_of("actor", "t.speaker_id"),),
               sort=("(SELECT r.name_key FROM actor r WHERE r.id = t.speaker_id)",)),
        _code("kind", "Kind", "statement_kind", 16),
        _code("mode", "Mode", "mode", 12),
        Column("words", "Words", 30, (f"substr(t.quote, 1, {LONGEST})", f"substr(t.paraphrase, 1, {LONGEST})"),
               cells.words, flex=3),
        Column("about", "About", 20, (joined(_ABOUT),), cells.joined, flex=1),
    ),
    "source": (
        _date("published", "Published", 16),
        Column("title", "Title", 30, ("t.title",), sort=("t.title",), flex=3),
        Column("publisher", "Publisher", 18, ("t.publisher",), sort=("t.publisher",)),
        _code("kind", "Kind", "source_kind", 14),
        _code("queue", "Queue", "queue", 12),
        Column("reliability", "Reliability", 11, ("t.reliability",), sort=("t.reliability",)),
        Column("text", "Text", 8, ("t.text IS NOT NULL", "t.sha256"), cells.text_kept),
    ),
}  # fmt: skip
"""The columns of these kinds that are shown by default, in display order."""
