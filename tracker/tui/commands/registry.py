"""All commands of the screen, in the order in which help and the README list them."""

from __future__ import annotations

from textual.binding import BindingType

from tracker.tui.commands.command import Command


class OpenFilter(Command):
    """Filter the list; Enter goes to the rows, Esc clears the filter."""

    keys, label, scope, footer, shown_key = "slash", "Filter", "browse", True, "/"
    # Keys typed ahead must reach the filter: without priority the next letter would still be a command of the table.
    priority = True


class AddRecord(Command):
    """Log a new record of the kind that is shown."""

    keys, label, scope, footer = "a", "Add", "records", True
    priority = True


class EditRecord(Command):
    """Edit the record."""

    keys, label, scope, footer = "e", "Edit", "records", True


class DeleteRecord(Command):
    """Delete the record, or all marked ones, with what hangs on them; undo brings them back."""

    keys, label, scope, footer = "d,delete", "Delete", "records", True


class LinkRecord(Command):
    """Link the record: who did it and who says so, what a statement is about, how actors stand to each other."""

    keys, label, scope, footer = "t", "Link", "records", True


class MergeActors(Command):
    """Merge the marked actor, or one you name, into this one; every link moves, and undo brings all of it back."""

    keys, label, scope = "m", "Merge", "records"


class Undo(Command):
    """Take your last action back, also one of an earlier day."""

    keys, label, footer = "u,ctrl+z", "Undo", True


class Redo(Command):
    """Do again what undo took back."""

    keys, label = "U,ctrl+y", "Redo"


class ChooseColumns(Command):
    """Choose which columns the list shows."""

    keys, label, scope = "c", "Columns", "browse"


class TogglePreview(Command):
    """Show or hide the preview of the record under the cursor."""

    keys, label, scope, footer = "p", "Preview", "browse", True


class NextTab(Command):
    """Go to the next list."""

    keys, label, scope, shown_key = "full_stop,ctrl+pagedown", "Next list", "browse", "."


class PreviousTab(Command):
    """Go to the list before."""

    keys, label, scope, shown_key = "comma,ctrl+pageup", "Previous list", "browse", ","


class Reload(Command):
    """Read the list again, with what others have changed."""

    keys, label, scope = "r", "Reload", "records"


class CopyCitation(Command):
    """Copy the record, with its REF, its words and its source, to the clipboard."""

    keys, label, scope = "y", "Copy", "records"


class OpenReader(Command):
    """Read the source beside what is suggested from it, and decide on each suggestion."""

    keys, label, scope = "o", "Open the text", "records"


class AcceptSuggestion(Command):
    """In the reader: make a record of the suggestion, resting on its words."""

    keys, label, scope, footer = "a", "Accept", "reader", True


class RejectSuggestion(Command):
    """In the reader: reject the suggestion."""

    keys, label, scope, footer = "r", "Reject", "reader", True


class EditSuggestion(Command):
    """In the reader: edit the record that the suggestion would become, and accept it."""

    keys, label, scope, footer = "e", "Edit", "reader", True


class ChooseSpeaker(Command):
    """In the reader: choose the speaker among the actors on record, or whom a suggested actor is, and accept."""

    keys, label, scope, footer = "s", "Speaker", "reader", True


class AcceptSure(Command):
    """In the reader: accept all that wait with a confidence of .85 or more, as one action."""

    keys, label, scope, footer = "A", "Accept ≥ .85", "reader", True


class NextSuggestion(Command):
    """In the reader: go to the next suggestion; the text follows."""

    keys, label, scope = "j,down", "Next suggestion", "reader"


class PreviousSuggestion(Command):
    """In the reader: go to the suggestion before."""

    keys, label, scope = "k,up", "Previous suggestion", "reader"


class NextUndecided(Command):
    """In the reader: go to the next suggestion that waits for a decision."""

    keys, label, scope, footer = "n", "Next undecided", "reader", True


class EndEarlier(Command):
    """In the reader: let the words of the suggestion end a word earlier."""

    keys, label, scope = "left", "End earlier", "reader"


class EndLater(Command):
    """In the reader: let the words of the suggestion end a word later."""

    keys, label, scope = "right", "End later", "reader"


class StartEarlier(Command):
    """In the reader: let the words of the suggestion begin a word earlier."""

    keys, label, scope = "shift+left,less_than_sign", "Begin earlier", "reader"


class StartLater(Command):
    """In the reader: let the words of the suggestion begin a word later."""

    keys, label, scope = "shift+right,greater_than_sign", "Begin later", "reader"


class ShowHistory(Command):
    """Show what was changed, by whom and why; on a record, its own history."""

    keys, label = "H", "History"


class ShowHelp(Command):
    """Show the keys and what they do here."""

    keys, label, footer, shown_key = "question_mark,f1", "Help", True, "?"


class GoBack(Command):
    """Go back to the list."""

    keys, label, scope, footer = "escape,backspace", "Back", "page", True


class LeaveProgram(Command):
    """Leave; what is saved is saved, and a draft is offered again."""

    keys, label = "q", "Quit"


COMMANDS: tuple[type[Command], ...] = (
    OpenFilter, AddRecord, EditRecord, DeleteRecord, LinkRecord, MergeActors, Undo, Redo, ChooseColumns, TogglePreview,
    NextTab, PreviousTab, Reload, CopyCitation, OpenReader, AcceptSuggestion, RejectSuggestion, EditSuggestion,
    ChooseSpeaker, AcceptSure, NextSuggestion, PreviousSuggestion, NextUndecided, EndEarlier, EndLater, StartEarlier,
    StartLater, ShowHistory, ShowHelp, GoBack, LeaveProgram,
)  # fmt: skip
"""Every command."""


def bindings(*scopes: str) -> list[BindingType]:
    """The bindings of the commands that apply in any of `scopes`."""
    return [command.binding() for command in COMMANDS if command.scope in scopes]


def described() -> list[tuple[str, str, str, str]]:
    """Every command as (keys, label, help, id), for `tracker keys` and the README."""
    return [(shown_keys(command.keys), command.label, command.help(), command.id()) for command in COMMANDS]


_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "escape": "Esc",
    "enter": "⏎",
    "delete": "Del",
    "backspace": "⌫",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def shown_keys(keys: str) -> str:
    """Keys as people write them: ⏎, Esc, Ctrl+P; one letter as it is typed."""
    return " ".join(_shown(key) for key in keys.split(","))


def _shown(key: str) -> str:
    if "+" not in key:
        return _NAMES.get(key, key.capitalize() if len(key) > 1 else key)
    return "+".join(_NAMES.get(part, part.capitalize()) for part in key.split("+"))
