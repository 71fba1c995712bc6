"""A live view for a person at a terminal: what is done stays, what is under way moves."""

from __future__ import annotations

import time
from collections import deque
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from engine.cli.reporters.words import present, words
from engine.events import (
    ApplicationChosen,
    ApplicationCompared,
    Checked,
    CommandStarted,
    Event,
    LogLine,
    Progress,
    ResourceChanged,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
    TestReport,
    Warned,
)

_LOG_LINES = 6


class Terminal:
    """Finished steps as lines with a tick; below them a spinner with the newest lines of output.

    ``verbose`` keeps every line of a build's output.
    """

    live = True

    def __init__(self, *, verbose: bool = False) -> None:
        self._console = Console(highlight=False)
        self._verbose = verbose
        self._spinner = Spinner("dots")
        self._step = ""
        self._began = 0.0
        self._doing = ""
        self._tail: deque[str] = deque(maxlen=_LOG_LINES)
        # Drawn eight times a second, whatever the number of events: a build may print a million lines.
        self._live = Live(
            console=self._console, refresh_per_second=8, transient=True, get_renderable=self._view
        )

    def event(self, event: Event) -> None:
        """Show one event."""
        match event:
            case StepStarted():
                self._begin(event)
            case StepFinished():
                self._end("[green]✓[/]", event.step, f"{event.seconds:5.1f} s  {event.summary}")
            case StepSkipped():
                self._end("[dim]-[/]", event.step, f"        {event.reason}")
            case StepFailed():
                self._failed(event)
            case LogLine():
                self._log(event.text)
            case CommandStarted():
                self._log(words(event) or "")
            case Progress():
                self._progress(event)
            case ResourceChanged() if event.status == "running":
                self._doing = present(event)
            case Checked() if not event.passed:
                self._print(f"[red]✗[/] {event.check}: ", event.message)
            case ApplicationChosen() | ApplicationCompared() | TestReport():
                self._print("", words(event) or "")
            case Warned():
                self._print("[yellow]![/] ", (words(event) or "").removeprefix("warning: "))

    def note(self, text: str) -> None:
        """Show one line that stays."""
        self._print("", text)

    def table(self, title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Show rows."""
        table = Table(
            title=title or None, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
        )
        for column in columns:
            table.add_column(column, style="bold" if column == columns[0] else "", overflow="fold")
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        self._live.stop()
        self._console.print()
        self._console.print(table)

    def value(self, name: str, value: dict[str, Any]) -> None:
        """The tables have said it."""

    def __enter__(self) -> Terminal:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._step = ""
        self._live.stop()

    def _begin(self, event: StepStarted) -> None:
        self._step, self._began, self._doing = event.step, time.monotonic(), event.message
        self._tail.clear()
        self._live.refresh()

    def _end(self, mark: str, step: str, text: str) -> None:
        self._step = ""
        self._live.refresh()
        self._print(f"{mark} [bold]{step:<14}[/]", text)

    def _failed(self, event: StepFailed) -> None:
        self._end("[red]✗[/]", event.step, f"{event.seconds:5.1f} s")

    def _log(self, text: str) -> None:
        if self._verbose:
            self._print("  ", text)
        else:
            self._tail.append(text)

    def _progress(self, event: Progress) -> None:
        self._step = self._step or event.step
        self._began = self._began or time.monotonic()
        count = f" {event.done:.0f}/{event.total:.0f} {event.unit}" if event.total else ""
        self._doing = f"{event.message}{count}".strip()

    def _print(self, markup: str, text: str) -> None:
        line = Text.from_markup(markup)
        line.append(text)
        self._live.console.print(line)

    def _view(self) -> RenderableType:
        if not self._step:
            return Text("")
        seconds = f"{time.monotonic() - self._began:.0f} s"
        self._spinner.update(text=Text(f"{self._step:<14} {seconds:>6}  {self._doing}", overflow="ellipsis"))
        lines = self._tail.copy()  # the thread that draws is not the one that appends
        tail = [Text(f"    {line}", style="dim", no_wrap=True, overflow="ellipsis") for line in lines]
        return Group(self._spinner, *tail)
