"""The screens: lists, pages, forms, dialogs, history, help."""
