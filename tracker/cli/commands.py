"""The table of commands: name, module and help line, so that `--help` imports none of them."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Open the screen on the example case; nothing is kept."),
    "init": ("init", "Make a database, empty or with the example case."),
    "list": ("list_", "List records, filtered and sorted."),
    "show": ("show", "Show one record and all that hangs on it."),
    "search": ("search", "Find words in all records and texts."),
    "add": ("add", "Log a record."),
    "edit": ("edit", "Change fields of a record."),
    "delete": ("delete", "Delete records; undo brings them back."),
    "link": ("link", "Link two records: who did it, who says so, what it is about."),
    "merge": ("merge", "Make one actor of two."),
    "unmerge": ("unmerge", "Take a merge back."),
    "adopt": ("adopt", "Use an involvement or a tally for counts."),
    "attach": ("attach", "Give a source its text and verify what rests on it."),
    "import": ("import_", "Bring records in: datasets of the field, or files in our columns."),
    "profiles": ("profiles", "The datasets that can be imported, each as TOML to copy."),
    "batches": ("batches", "What was imported, and with what outcome."),
    "batch": ("batch", "Take an import back."),
    "export": ("export", "Take records out: CSV, XLSX, GeoJSON, or as a codebook has it."),
    "report": ("report", "Write a situation report to read, print and send on."),
    "history": ("history", "What was changed, by whom and why."),
    "undo": ("undo", "Take your last action back."),
    "redo": ("redo", "Do again what undo took back."),
    "check": ("check", "Verify evidence, hashes, dates, figures and links."),
    "info": ("info", "What the database holds, and with what it is kept."),
    "codes": ("codes", "The code lists, with ACLED, GTD, CAMEO and PLOVER."),
    "fields": ("fields", "The fields of each kind of record, and how to filter by them."),
    "keys": ("keys", "The keys of the screen."),
    "paths": ("paths", "Where files lie on this machine."),
}
