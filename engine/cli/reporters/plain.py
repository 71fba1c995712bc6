"""Plain lines, for logs of a CI system and for pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from engine.cli.reporters.words import words
from engine.events import Progress

if TYPE_CHECKING:
    from engine.events import Event

_EVERY = 10  # percent


class Plain:
    """Every event with a text is a line; progress is shown in tenths."""

    live = False

    def __init__(self) -> None:
        self._tenth: dict[str, int] = {}

    def event(self, event: Event) -> None:
        """Print the event."""
        if isinstance(event, Progress):
            self._progress(event)
        elif (text := words(event)) is not None:
            sys.stdout.write((click.unstyle(text) if "\x1b" in text else text) + "\n")

    def note(self, text: str) -> None:
        """Print the line."""
        click.echo(text)

    def table(self, title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Print the rows in columns."""
        click.echo(f"\n{title}" if title else "")
        cells = [tuple(str(cell) for cell in row) for row in (columns, *rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
        for row in cells:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            click.echo(f"  {line.rstrip()}")

    def value(self, name: str, value: dict[str, Any]) -> None:
        """The tables have said it."""

    def __enter__(self) -> Plain:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def _progress(self, event: Progress) -> None:
        tenth = int(100 * event.done / event.total) // _EVERY if event.total else 0
        if self._tenth.get(event.step, -1) < tenth:
            self._tenth[event.step] = tenth
            count = f" {event.done:.0f}/{event.total:.0f} {event.unit}" if event.total else ""
            click.echo(f"{event.step}: {f'{event.message}{count}'.strip()}")
