"""Events as JSON lines on stdout."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from engine.events import Event


class JsonLines:
    """One JSON object a line, each with its kind under ``event``; the result is the last."""

    live = False

    def __init__(self) -> None:
        self._done = False

    def event(self, event: Event) -> None:
        """Print the event."""
        sys.stdout.write(json.dumps(event.to_json()) + "\n")

    def note(self, text: str) -> None:
        """Print ``{"event": "note"}``; after the result nothing, for it has it all."""
        if not self._done:
            click.echo(json.dumps({"event": "note", "message": text}))

    def table(self, title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Tables are for people; the result has it all."""

    def value(self, name: str, value: dict[str, Any]) -> None:
        """Print the result."""
        self._done = True
        click.echo(json.dumps({"event": name, **value}))

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(self, *_: object) -> None:
        return None
