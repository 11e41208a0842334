"""The commands of the screen: each is one class, and keys, palette, footer, help and the README follow from it."""
