"""The reader: an article beside what is suggested from it, decided on suggestion by suggestion."""
