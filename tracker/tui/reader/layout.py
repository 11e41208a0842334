"""How the reader is laid out: text and queue side by side, or one below the other."""

NARROW = 100
"""Columns below which the queue stands below the text."""
PAUSE = 0.6
"""Seconds without a decision before it is found out how much is coded."""

HELP = (
    "The text is on the left, what is suggested from it in the queue. a makes a record of the suggestion under the "
    "cursor, resting on its words, r leaves it; u takes either back. ← → move where the words end, with Shift "
    "where they begin. Every decision is saved at once; what is not decided waits here."
)

CSS = """
    ReaderScreen { background: $background; overflow: hidden; }
    ReaderScreen #head { height: 1; background: $surface; padding: 0 1; }
    ReaderScreen #what { width: 1fr; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    ReaderScreen #count { width: auto; color: $accent; margin-left: 2; }
    ReaderScreen #body { height: 1fr; }
    ReaderScreen ArticleView { width: 3fr; height: 1fr; }
    ReaderScreen #side { width: 2fr; height: 1fr; border-left: solid $panel; }
    ReaderScreen #detail { height: auto; max-height: 9; padding: 0 1; border-top: solid $panel; }
    ReaderScreen #said { height: auto; max-height: 2; padding: 0 1; color: $success; display: none; }
    ReaderScreen #said.-shown { display: block; }
    ReaderScreen #said.-wrong { color: $error; }
    ReaderScreen.-narrow #body { layout: vertical; }
    ReaderScreen.-narrow ArticleView { width: 1fr; }
    ReaderScreen.-narrow #side { width: 1fr; height: 50%; border-left: none; border-top: solid $panel; }
    ReaderScreen.-narrow #detail { max-height: 2; border-top: none; }
    ReaderScreen.-narrow #said { max-height: 1; }
"""
