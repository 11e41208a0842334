"""Which widget a declared field gets in a form."""

from __future__ import annotations

from tracker.model.fields import Field
from tracker.tui.widgets.field_code import CodeRow, CodesRow, is_choice
from tracker.tui.widgets.field_country import CountryRow
from tracker.tui.widgets.field_date import DateRow
from tracker.tui.widgets.field_long import LongRow
from tracker.tui.widgets.field_ref import RefRow
from tracker.tui.widgets.field_row import FieldRow


def make_row(field: Field, value: str = "") -> FieldRow:
    """The row for a field, with a text in it."""
    if field.type == "ref":
        return RefRow(field, value)
    if field.type == "date":
        return DateRow(field, value)
    if field.type in ("long", "json"):
        return LongRow(field, value)
    if is_choice(field):
        return CodesRow(field, value) if field.type == "codes" else CodeRow(field, value)
    if field.name == "country":
        return CountryRow(field, value)
    return FieldRow(field, value)
