"""Slots for how a verb is shown: for a person at a terminal, as plain lines, as JSON lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from types import TracebackType

    from engine.events import Event


class Reporter(Protocol):
    """Shows events as they come, and tables at the end. ``live``: steps stay on the screen, with times."""

    live: bool

    def event(self, event: Event) -> None:
        """Show one event. What it writes to stdout is pushed out by the caller: a build has many lines."""

    def note(self, text: str) -> None:
        """Show one line that is no event."""

    def table(self, title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Show rows; nothing for JSON."""

    def value(self, name: str, value: dict[str, Any]) -> None:
        """The result, for JSON only."""

    def __enter__(self) -> Reporter: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def reporter_for(*, as_json: bool, verbose: bool = False) -> Reporter:
    """JSON lines if asked for, a live view on a terminal, plain lines otherwise."""
    if as_json:
        from engine.cli.reporters.json_lines import JsonLines

        return JsonLines()
    if sys.stdout.isatty():
        from engine.cli.reporters.terminal import Terminal

        return Terminal(verbose=verbose)
    from engine.cli.reporters.plain import Plain

    return Plain()
