"""What the analyst's desk needs besides the records: tags, saved views and imports."""

from __future__ import annotations

from tracker.model.fields import Field, Kind

TAG = Kind(
    "tag",
    "tags",
    "TAG",
    "Tag",
    title="name",
    fields=(
        Field("name", "Tag", required=True),
        Field("of_kind", "Kind of record", required=True, form=False),
        Field("of_id", "Record", "int", required=True, form=False),
    ),
    indexes=(("of_kind", "of_id"),),
    unique=(("name", "of_kind", "of_id"),),
)


SAVED_VIEW = Kind(
    "saved_view",
    "views",
    "V",
    "Saved view",
    title="name",
    fields=(
        Field("name", "Name", required=True),
        Field("of_kind", "Kind of record", required=True),
        Field("filter", "Filter"),
        Field("columns", "Columns", "json"),
        Field("sort", "Sort"),
        Field("key", "Key", help="1 to 9"),
    ),
)


BATCH = Kind(
    "batch",
    "batches",
    "B",
    "Import",
    title="file_name",
    fields=(
        Field("profile", "Profile", width=16),
        Field("dataset", "Dataset", width=14),
        Field("release", "Release", width=10),
        Field("action", "Action", "int", help="the step of undo that it was"),
        Field("file_name", "File"),
        Field("file_sha256", "SHA-256 of the file"),
        Field("encoding", "Encoding"),
        Field("delimiter", "Delimiter"),
        Field("started", "Started", "stamp"),
        Field("finished", "Finished", "stamp"),
        Field("new", "New", "int"),
        Field("changed", "Changed", "int"),
        Field("same", "Same", "int"),
        Field("gone", "Gone", "int"),
        Field("rejected", "Rejected", "int"),
        Field("report", "Report", "json"),
    ),
)
