"""The command palette: every command that applies here with its key, and any record by its REF or name."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tracker import text
from tracker.store.database import Reader
from tracker.tui.commands.command import Command
from tracker.tui.commands.registry import COMMANDS, shown_keys

_LIMIT = 20


class CommandProvider(Provider):
    """The commands of the registry."""

    def _applicable(self) -> list[type[Command]]:
        """The commands that some binding in reach runs, and that are not switched off now."""
        active = {binding.binding.action for binding in self.screen.active_bindings.values() if binding.enabled}
        return [command for command in COMMANDS if command.action() in active]

    def _prompt(self, command: type[Command]) -> Content:
        return Content.assemble(command.label, "  ", (shown_keys(command.keys), "$text-muted"))

    async def discover(self) -> Hits:
        """All commands that apply here."""
        for command in self._applicable():
            run = partial(self.screen.run_action, command.action())
            yield DiscoveryHit(self._prompt(command), run, text=command.label, help=command.help())

    async def search(self, query: str) -> Hits:
        """The commands whose label or help fits the query."""
        matcher = self.matcher(query)
        for command in self._applicable():
            score = max(matcher.match(command.label), 0.8 * matcher.match(command.help()))
            if score > 0:
                run = partial(self.screen.run_action, command.action())
                yield Hit(score, self._prompt(command), run, text=command.label, help=command.help())


class RecordProvider(Provider):
    """Records, by REF, name or words."""

    async def search(self, query: str) -> Hits:
        """The records that the query finds, the nearest first."""
        app: Any = self.app
        if len(query.strip()) < 2:
            return
        found: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()

        def settle(hits: list[Any]) -> None:
            if not found.done():
                found.set_result(hits)

        app.desk.read("palette", partial(_find, query.strip()), settle, lambda _: settle([]))
        for place, hit in enumerate(await found):
            prompt = Content.assemble(text.screen(hit.title), "  ", (hit.ref, "$text-muted"))
            yield Hit(0.7 - place / 100, prompt, partial(app.open_record, hit.kind, hit.id), text=hit.title)


def _find(query: str, reader: Reader) -> list[Any]:
    from tracker.store import views

    return list(views.search(reader, query, _LIMIT))
