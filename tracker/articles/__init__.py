"""News text in, suggestions out: pure functions that know no database."""
