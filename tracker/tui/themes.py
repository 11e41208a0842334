"""The program's own two themes: calm, one accent, every text at a contrast of at least 4.5:1."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="tracker-dark",
    primary="#7aa2c8",
    secondary="#9aa7b4",
    accent="#e0b060",
    warning="#e0b060",
    error="#e88a80",
    success="#8fc08f",
    foreground="#d8dce0",
    background="#15181c",
    surface="#1b1f24",
    panel="#232830",
    dark=True,
    variables={
        "footer-background": "#1b1f24",
        "footer-key-foreground": "#e0b060",
        "footer-description-foreground": "#b4bcc4",
        "input-selection-background": "#3d5878",
        "block-cursor-text-style": "none",
    },
)

LIGHT = Theme(
    name="tracker-light",
    primary="#2a5a88",
    secondary="#4a5560",
    accent="#8a5200",
    warning="#8a5200",
    error="#a02818",
    success="#2a6a2a",
    foreground="#1c2024",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
    variables={
        "footer-background": "#f3f1ec",
        "footer-key-foreground": "#8a5200",
        "footer-description-foreground": "#3c444c",
        "input-selection-background": "#b8d0e8",
        "block-cursor-text-style": "none",
    },
)

THEMES = (DARK, LIGHT)
