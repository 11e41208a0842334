"""Writing a file so that there is the old one or the whole new one, and never anything between."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.errors import Refused
from tracker.text import screen


@contextlib.contextmanager
def writing(path: str | Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A binary file to write to; it takes the place of `path` only once everything is on the disk.

    `-` is the standard output, where a reader that has gone away ends the writing in silence. Raises Refused, with the
    old file as it was, when there is one and `force` is not set, when `path` is a folder, or when writing fails.
    """
    if str(path) == "-":
        with _standard_output() as out:
            yield out
        return
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    shown = screen(str(path))
    mode = _mode(target, shown, force)
    with _told(shown):
        if mode is not None and not stat.S_ISREG(mode):
            with target.open("wb") as device:
                yield device
            return
        with _beside(target, mode, force) as file:
            yield file


def require_writable(path: str | Path, *, force: bool = False) -> None:
    """Refuse now (Refused) what `writing` would refuse to write to; for when other work is to be done before."""
    if str(path) == "-":
        return
    target, shown = Path(os.path.realpath(path)), screen(str(path))
    if _mode(target, shown, force) is None and not os.access(target.parent, os.W_OK):
        raise Refused(f"{shown}: its folder may not be written to; give another name")


@contextlib.contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What the interpreter flushes at its end must go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise Refused(f"standard output: cannot be written ({error.strerror}); give a file with -o") from error


def _mode(target: Path, shown: str, force: bool) -> int | None:
    """The mode of what stands at `target`, None for nothing; Refused when it may not be replaced."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if target.parent.is_dir():
            return None
        raise Refused(f"{shown}: its folder is not there; make it first") from None
    except OSError as error:
        raise Refused(f"{shown}: cannot be written ({error.strerror}); give another name with -o") from error
    if stat.S_ISDIR(mode):
        raise Refused(f"{shown}: is a folder; give the name of a file in it")
    if stat.S_ISREG(mode) and not force:
        raise Refused(f"{shown}: is there already; give --force to replace it, or another name")
    return mode


@contextlib.contextmanager
def _told(shown: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        return
    except OSError as error:
        cure = "free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "give another name with -o"
        raise Refused(f"{shown}: cannot be written ({error.strerror}); nothing was replaced; {cure}") from error


@contextlib.contextmanager
def _beside(target: Path, mode: int | None, force: bool) -> Iterator[BinaryIO]:
    """A new file in the folder of `target`, which takes its place at the end and goes away if anything fails."""
    part = target.with_name(f".tracker-{secrets.token_hex(8)}.part")
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            if mode is not None:
                part.chmod(stat.S_IMODE(mode))
            os.fsync(file.fileno())
        _put(part, target, force)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, target: Path, force: bool) -> None:
    if force or not hasattr(os, "link"):
        part.replace(target)
        return
    try:
        # Unlike a rename, a link never replaces a file that somebody made in the meantime.
        os.link(part, target)
    except FileExistsError:
        raise Refused(
            f"{screen(str(target))}: was made by somebody else meanwhile; give --force or a new name"
        ) from None
    except OSError:
        part.replace(target)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
