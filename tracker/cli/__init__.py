"""The command line: each command parses, calls and prints; it knows no SQL."""
