"""What a command of the screen is: a key, a label, a sentence and the action it runs."""

from __future__ import annotations

import inspect
import re
from typing import ClassVar

from textual.binding import Binding


class Command:
    """A command; its docstring is its help, its class name gives its action: `AddRecord` runs `action_add_record`.

    `keys` are Textual key names, comma-separated, the first one shown; `scope` says where it applies: "everywhere",
    "browse" (the lists), "page" (one record), "records" (both). `priority` has it run before the focused widget sees
    the key; a command that acts on the cursor must not, or it would overtake the key that moves the cursor.
    """

    keys: ClassVar[str] = ""
    label: ClassVar[str] = ""
    scope: ClassVar[str] = "everywhere"
    footer: ClassVar[bool] = False
    priority: ClassVar[bool] = False
    shown_key: ClassVar[str | None] = None

    @classmethod
    def action(cls) -> str:
        """The name of the action, in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def id(cls) -> str:
        """The name by which a configuration gives it other keys."""
        return f"{cls.scope}.{cls.action().replace('_', '-')}"

    @classmethod
    def help(cls) -> str:
        """What it does, in a sentence."""
        return inspect.cleandoc(cls.__doc__ or "").splitlines()[0]

    @classmethod
    def binding(cls) -> Binding:
        """The binding that runs it."""
        return Binding(
            cls.keys, cls.action(), cls.label, show=cls.footer, id=cls.id(), tooltip=cls.help(),
            priority=cls.priority, key_display=cls.shown_key,
        )  # fmt: skip
