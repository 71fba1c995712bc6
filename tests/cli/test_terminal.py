from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from engine.cli.reporters import terminal
from engine.cli.reporters.terminal import Terminal
from engine.events import LogLine, StepFinished, StepStarted, TestReport, Warned


@pytest.fixture
def screen(monkeypatch):
    """What a terminal of 80 columns gets."""
    text = io.StringIO()
    monkeypatch.setattr(
        terminal, "Console", lambda **more: Console(file=text, force_terminal=True, width=80, **more)
    )
    return text


def test_what_is_done_stays_and_the_newest_output_is_seen_meanwhile(screen):
    with Terminal() as shown:
        shown.event(StepStarted("build"))
        shown.event(LogLine("build", "compiling"))
        time.sleep(0.3)
        shown.event(StepFinished("build", 1.0, "all well"))
        shown.event(Warned("odd"))
        shown.event(TestReport("test", "junit.xml", "junit", 1, 1, 0, 0.1, (("adds", "1 is not 2"),)))
    text = screen.getvalue()
    assert "compiling" in text
    assert "all well" in text
    assert "odd" in text
    assert "FAILED adds: 1 is not 2" in text


def test_a_million_lines_are_not_drawn_one_by_one(screen):
    with Terminal() as shown:
        shown.event(StepStarted("build"))
        for number in range(20_000):
            shown.event(LogLine("build", f"line {number}"))
    assert screen.getvalue().count("line ") < 2_000
