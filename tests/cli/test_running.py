"""Events reach who reads them at once, many together, and nobody who has stopped reading."""

import asyncio
import json
import os
import sys

import pytest

from engine.cli.reporters.json_lines import JsonLines
from engine.cli.running import run_verb
from engine.events import LogLine
from engine.run import Run


@pytest.fixture
def pipe():
    """A function that makes stdout a pipe, as in `windlass ... | cat`, and gives the end to read from."""
    with pytest.MonkeyPatch.context() as patch:

        def make():
            reading, writing = os.pipe()
            os.set_blocking(reading, False)
            patch.setattr(sys, "stdout", os.fdopen(writing, "w"))
            return reading

        yield make


def verb(work):
    run_verb(lambda emit: Run(lambda inner, cancel: work(inner), emit), as_json=True, finish=lambda *_: None)


def texts(reading):
    return [json.loads(line)["text"] for line in os.read(reading, 1 << 16).splitlines()]


def test_what_is_shown_is_pushed_out_while_nothing_else_happens(pipe):
    reading = pipe()

    async def work(emit):
        emit(LogLine("build", "one"))
        await asyncio.to_thread(emit, LogLine("build", "two"))
        await asyncio.sleep(0)
        assert texts(reading) == ["one", "two"]
        emit(LogLine("build", "last"))

    verb(work)
    assert texts(reading) == ["last"]


def test_many_lines_are_one_write(pipe, monkeypatch):
    pipe()
    flushed = []
    monkeypatch.setattr(sys.stdout, "flush", lambda: flushed.append(1), raising=False)

    async def work(emit):
        for number in range(50):
            emit(LogLine("build", str(number)))
        await asyncio.sleep(0)

    verb(work)
    assert len(flushed) == 2  # once for all of them, once at the end


def test_a_closed_pipe_ends_nothing(pipe):
    os.close(pipe())
    done = []

    async def work(emit):
        for _ in range(3):
            emit(LogLine("build", "x" * 10_000))
            await asyncio.sleep(0)
        done.append(True)

    verb(work)
    assert done


def test_an_event_is_plain_json():
    event = LogLine("build", "a", time=1.5)
    assert event.to_json() == {"event": "log-line", "time": 1.5, "step": "build", "text": "a"}
    assert JsonLines.live is False
