"""SVG as text: numbers short, every word in it escaped, colours by class so that light and dark both fit."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.report.html import shown


def number(value: float) -> str:
    """A coordinate with at most one decimal place; the same number is always the same text."""
    made = f"{value:.1f}".removesuffix(".0")
    return "0" if made == "-0" else made


def element(tag: str, content: str = "", **values: float | str) -> str:
    """An element; underscores in names of attributes stand for dashes, `class_` for class."""
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{number(v) if isinstance(v, int | float) else shown(v)}"'
        for name, v in values.items()
    )
    return f"<{tag}{told}>{content}</{tag}>" if content else f"<{tag}{told}/>"


def words(x: float, y: float, told: str, class_: str = "", anchor: str = "start") -> str:
    """Words at a point."""
    return element("text", shown(told), x=x, y=y, class_=class_ or "label", text_anchor=anchor)


def titled(tag: str, title: str, **values: float | str) -> str:
    """An element that says what it is when it is pointed at."""
    return element(tag, element("title", shown(title)), **values)


def picture(name: str, title: str, description: str, width: float, height: float, parts: Sequence[str]) -> str:
    """A whole drawing, with its title and description for those who do not see it."""
    head = f'<title id="{name}-name">{shown(title)}</title>\n<desc id="{name}-told">{shown(description)}</desc>\n'
    return (
        f'<svg class="{name}" role="img" aria-labelledby="{name}-name {name}-told" '
        f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}">\n'
        f"{head}{chr(10).join(parts)}\n</svg>\n"
    )
