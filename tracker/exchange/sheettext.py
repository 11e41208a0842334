"""How a workbook writes texts (`_xHHHH_`, ECMA-376 part 1, 22.9.2.19) and what its number formats show of a day."""

from __future__ import annotations

import re

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}[_\r])")


def decoded(text: str) -> str:
    """The text that a workbook means: `_x000D_` is a carriage return, `_x005F_x000D_` the text `_x000D_`."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Characters beyond the first plane are written as two of UTF-16; half of one stays for the border for text.
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), found)


def encoded(text: str) -> str:
    """The text as a workbook writes it: `decoded(encoded(text)) == text` for all that XML can hold."""
    if "_x" in text:
        # The sign after it may only become one that closes an escape.
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text.replace("\r", "_x000D_") if "\r" in text else text


_ASIDE = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|[_*].', re.DOTALL | re.IGNORECASE)


def shown_parts(form: str) -> int:
    """How many characters of an ISO day (YYYY-MM-DD) a number format (18.8.31) shows that shows no day and no time.

    7 for a month such as `mmm-yy`, 4 for a year, 0 for a format with a day, an hour or a second in it.
    """
    signs = set(_ASIDE.sub("", form.partition(";")[0]).lower())
    if signs & set("dhs") or not signs & set("mye"):
        return 0
    return 7 if "m" in signs else 4
