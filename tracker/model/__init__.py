"""What is recorded: record kinds, code lists and uncertain dates; it knows no session, no file and no screen."""
