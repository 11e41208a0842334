"""What the terminal may do to the program: signals, broken bytes on its input, and how a crash ends."""

from __future__ import annotations

import asyncio
import codecs
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT")


def install_signals(leave: Callable[[int], None]) -> None:
    """Have `leave` called with the exit code 128+n on a signal, so that the terminal is given back in order."""
    loop = asyncio.get_running_loop()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            loop.add_signal_handler(number, leave, 128 + int(number))


def remove_signals() -> None:
    """Give the signals back to whoever runs next."""
    loop = asyncio.get_running_loop()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            loop.remove_signal_handler(number)


def forgive_broken_input() -> None:
    """Let a pasted byte that is not UTF-8 become U+FFFD instead of ending the input thread."""
    from textual.drivers import linux_driver

    def decoder(encoding: str) -> Callable[[], Any]:
        return partial(codecs.getincrementaldecoder(encoding), errors="replace")

    # The driver makes its own strict decoder and offers no setting for it.
    vars(linux_driver)["getincrementaldecoder"] = decoder
