"""Files in and out: the project's own format, import plans, writers."""
