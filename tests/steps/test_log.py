from __future__ import annotations

import io
import json

from engine.events import LogLine, StepFinished, StepStarted
from engine.steps.log import Log


def logged(*events, largest: int = 1000) -> list[dict]:
    file = io.StringIO()
    log = Log(file, largest)
    for event in events:
        log.write(event)
    log.flush()
    return [json.loads(line) for line in file.getvalue().splitlines()]


def test_everything_is_there_while_it_is_small():
    found = logged(StepStarted("build"), LogLine("build", "one"), StepFinished("build", 1.0))
    assert [line["event"] for line in found] == ["step-started", "log-line", "step-finished"]


def test_of_endless_output_the_beginning_the_end_and_every_other_event_are_kept():
    lines = [LogLine("build", f"line {n}") for n in range(1000)]
    found = logged(StepStarted("build"), *lines, StepFinished("build", 1.0), *lines[:3])
    texts = [line["text"] for line in found if line["event"] == "log-line"]
    cut = next(n for n, text in enumerate(texts) if "left out" in text)
    assert texts[:cut] == [f"line {n}" for n in range(cut)]
    assert texts[cut] == f"... {1000 - cut - 200} lines left out"
    assert texts[cut + 1 : cut + 201] == [f"line {n}" for n in range(800, 1000)]
    assert texts[cut + 201 :] == ["line 0", "line 1", "line 2"]
    assert [line["event"] for line in found].count("step-finished") == 1


def test_the_size_is_bounded_whatever_comes():
    lines = [LogLine("build", "x" * 100) for _ in range(20_000)]
    size = sum(len(json.dumps(line)) for line in logged(*lines, largest=10_000))
    assert size < 10_000 + 201 * 200
