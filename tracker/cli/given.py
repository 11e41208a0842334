"""The bytes of a file that an argument names, or of standard input."""

from __future__ import annotations

import sys

from tracker.errors import Refused


def given(file: str, cure: str) -> bytes:
    """All of a file; - is stdin. Refused when it cannot be read, or is larger than any text, with the `cure`."""
    from tracker.text import MAX_FILE

    try:
        if file == "-":
            data = sys.stdin.buffer.read(MAX_FILE + 1)
        else:
            with open(file, "rb") as opened:
                data = opened.read(MAX_FILE + 1)
    except OSError as error:
        raise Refused(f"{file}: cannot be read ({error.strerror}); check the path") from error
    if len(data) > MAX_FILE:
        raise Refused(f"{file}: is larger than {MAX_FILE // 1_000_000:,} MB; {cure}")
    return data
