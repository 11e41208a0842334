"""tracker: from a news article to coded data on political violence, in a terminal."""

__version__ = "0.1.0"
