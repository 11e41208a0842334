"""Parts of the screen that more than one view uses."""
