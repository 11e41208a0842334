"""The composition of the command line: global options, lazy commands, and the border where errors become sentences."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tracker import __version__
from tracker.cli.commands import COMMANDS
from tracker.cli.context import Session
from tracker.cli.light import lighten
from tracker.errors import Exit, TrackerError

_EPILOG = "First steps: “tracker demo”, then “tracker init” and “tracker”. Every command has --help with an example."


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they are called, not when they are listed."""

    def get_params(self, ctx: Any) -> Any:
        """The global options."""
        found = super().get_params(ctx)
        lighten(found)
        return found

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tracker.cli.{COMMANDS[cmd_name][0]}")
        found = typer.main.get_command(module.app)
        lighten(found.get_params(ctx))
        return found

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in `--help`, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


app = typer.Typer(
    cls=LazyGroup,
    invoke_without_command=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    db: Annotated[str, typer.Option("--db", metavar="PATH|URL", help="Database: a file, or postgresql://…")] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """From a news article to coded data on political violence: who says who did what.

    Without a command, the screen opens on the database.
    """
    context.obj = Session(db)
    if context.invoked_subcommand is None:
        from tracker.cli.screen import open_screen

        open_screen(context.obj)


_INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run the command line and give back its exit code; every error becomes one sentence on stderr."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace")
    debug = "--debug" in arguments
    return _flushed(_run(arguments, debug), debug)


def _run(arguments: list[str], debug: bool) -> int:
    try:
        result = app(arguments, standalone_mode=False, prog_name="tracker")
        sys.stdout.flush()
        # What runs the commands turns Ctrl-C into a code of its own.
        return _interrupted(debug) if result == _INTERRUPTED else result if isinstance(result, int) else Exit.DONE
    except TrackerError as error:
        return _fail(str(error), error.code, debug)
    except (typer.Exit, typer.Abort) as error:
        return getattr(error, "exit_code", 1)
    except KeyboardInterrupt:
        return _interrupted(debug)
    except (BrokenPipeError, SystemExit) as stop:
        return _pipe_closed(stop)
    except Exception as error:
        if show := getattr(error, "format_message", None):
            return _fail(f"{show()}{_hint(error)}", Exit.USAGE, debug)
        return _unwritten(error, debug) if _of_stdout(error) else _defect(error, debug)


def _interrupted(debug: bool) -> int:
    return _fail("interrupted; nothing half-done was kept", _INTERRUPTED, debug)


def _of_stdout(error: Exception) -> bool:
    """Whether standard output could not be written; other files fail with their name, or as a refusal."""
    lost = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
    return isinstance(error, OSError) and error.filename is None and error.errno in lost


def _unwritten(error: Exception, debug: bool) -> int:
    _drop_output()
    reason = getattr(error, "strerror", "")
    return _fail(
        f"standard output: cannot be written ({reason}); free some space or send it elsewhere", Exit.REFUSED, debug
    )


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter can flush it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _flushed(code: int, debug: bool) -> int:
    """The exit code, once all output has been written; what failed before is not told a second time."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        if code == Exit.DONE:
            return _unwritten(error, debug)
        _drop_output()
    return code


def _hint(error: Exception) -> str:
    """Where a global option belongs that was given after the command."""
    name = getattr(error, "option_name", "")
    return f" It goes before the command: tracker {name} …" if name in ("--db", "--debug", "--version") else ""


def _pipe_closed(stop: BaseException) -> int:
    """The reader of a pipe has had enough: not an error, and nothing more may be written, not even at exit."""
    # What runs the commands turns a closed pipe into an exit of its own; any other exit goes on its way.
    if isinstance(stop, SystemExit) and not isinstance(stop.__context__, BrokenPipeError):
        raise stop
    _drop_output()
    return int(Exit.DONE)


def _fail(sentence: str, code: int, debug: bool) -> int:
    from tracker import text

    print(f"tracker: {text.screen(sentence)}", file=sys.stderr)
    if debug:
        traceback.print_exc()
    return int(code)


def _defect(error: Exception, debug: bool) -> int:
    """A defect of ours: the traceback goes to a file, the user gets its path."""
    from tracker import clock, paths

    path = paths.state_folder() / "crash.log"
    try:
        paths.private_folder(path.parent)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{clock.now()} tracker {__version__}\n{''.join(traceback.format_exception(error))}\n")
        where = f"details are in {path}"
    except OSError:
        where = "run it again with --debug for details"
    return _fail(f"this is a defect of tracker ({type(error).__name__}); your data is as it was; {where}", 1, debug)
