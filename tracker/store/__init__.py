"""Where records are kept: the only rooms that talk SQL, to SQLite and to PostgreSQL."""
