"""Engines inside another program: two at once, and nothing of the program is touched."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import boto3
import pytest

from engine import CancelledError, Engine, VerifyError
from engine.events import Activated, Checked, ResourceChanged, StepFinished, StepStarted

pytestmark = pytest.mark.acceptance

EXAMPLE = Path(__file__).parents[2] / "examples" / "embed.py"


@pytest.fixture
def projects(make_project):
    return make_project(), make_project()


def engine_of(project):
    return Engine(project.folder, target="local", host=project.host)


def untouchable():
    """What belongs to the program: its environment, its folder, its loggers, warnings and signals."""
    return {
        "environment": dict(os.environ),
        "folder": Path.cwd(),
        "umask": os.umask(os.umask(0o022) or 0o022),
        "warnings": list(warnings.filters),
        "showwarning": warnings.showwarning,
        "root logger": (logging.root.level, list(logging.root.handlers), logging.root.disabled),
        "disabled": logging.root.manager.disable,
        "asyncio": [
            (logger.level, list(logger.handlers), logger.disabled, logger.propagate)
            for logger in (logging.getLogger("asyncio"), logging.getLogger("pulumi"))
        ],
        "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
        "hooks": (sys.excepthook, threading.excepthook, sys.stdout, sys.stderr),
        "policy": type(asyncio.get_event_loop_policy()),
        "pulumi": "pulumi" in sys.modules,
    }


def result_of(run):
    async def awaited():
        return await run

    return asyncio.run(awaited())


async def beating(beats):
    """Shows how long the event loop was held up."""
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(0.05)
        beats.append(loop.time() - began - 0.05)


def test_two_engines_at_once_in_one_process(projects):
    first, second = projects
    boto3.Session()  # its import adds a filter of warnings, as urllib3 does
    before, called, iterated, beats = untouchable(), [], [], []

    async def iterate(run):
        iterated.extend([event async for event in run])
        return await run

    async def scenario():
        heart = asyncio.create_task(beating(beats))
        loop = asyncio.get_running_loop()
        handler, debug = loop.get_exception_handler(), loop.get_debug()
        done = await asyncio.gather(
            engine_of(first).deploy(on_event=called.append), iterate(engine_of(second).deploy())
        )
        assert (loop.get_exception_handler(), loop.get_debug()) == (handler, debug)
        heart.cancel()
        left = asyncio.all_tasks() - {asyncio.current_task(), heart}
        assert not left
        return done

    one, other = asyncio.run(scenario())
    assert untouchable() == before
    assert (
        max(beats) < 2.5
    )  # nothing blocks the loop; much of it is other processes wanting the same two cores
    assert (one.url, other.url) == (first.url(), second.url())
    assert one.url != other.url
    assert first.get("/").headers["x-windlass-release"] == one.release == other.release
    for events in (called, iterated):
        steps = [event.step for event in events if isinstance(event, StepFinished)]
        assert steps == ["local", "provision", "bundle", "publish", "activate", "verify"]
        assert sum(isinstance(e, ResourceChanged) and e.status == "done" for e in events) == 12


def test_cancelled_in_the_middle(projects):
    project, _ = projects

    async def scenario():
        run = engine_of(project).deploy()
        with pytest.raises(CancelledError) as cancelled:
            async for event in run:
                if isinstance(event, ResourceChanged) and event.name == "site-bucket":
                    run.cancel()
        assert cancelled.value.exit_code == 130
        return await engine_of(project).deploy()

    assert asyncio.run(scenario()).url == project.url()


def test_the_task_that_waits_is_cancelled(projects):
    project, _ = projects

    async def scenario():
        begun = asyncio.Event()

        def notice(event):
            if isinstance(event, ResourceChanged):
                begun.set()

        async def work():
            return await engine_of(project).deploy(on_event=notice)

        task = asyncio.create_task(work())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not asyncio.all_tasks() - {asyncio.current_task()}
        assert [p for p in project.processes() if "pulumi" in p.name()] == []
        return await engine_of(project).deploy()

    assert asyncio.run(scenario()).url == project.url()


def test_a_release_that_does_not_verify_is_taken_back(projects):
    project, _ = projects
    first = result_of(engine_of(project).deploy())
    project.write("public/index.html", "<h1>second</h1>")
    bucket = engine_of(project).outputs()["bucket"]
    events = []

    def spoil(event):
        events.append(event)
        if isinstance(event, Activated) and event.release != first.release:
            key = f"releases/{event.release}/index.html"
            project.client("s3").put_object(Bucket=bucket, Key=key, Body=b"spoilt", ContentType="text/html")

    with pytest.raises(VerifyError) as failed:
        result_of(engine_of(project).deploy(on_event=spoil))
    assert failed.value.exit_code == 7
    assert f"release {first.release} is live again" in failed.value.message
    assert any("/ is not the file that was published" in detail for detail in failed.value.details)
    assert [event.release for event in events if isinstance(event, Activated)][-1] == first.release
    assert any(isinstance(event, Checked) and not event.passed for event in events)
    assert project.get("/").headers["x-windlass-release"] == first.release
    (status,) = engine_of(project).status()
    assert (status.live, status.last.status) == (first.release, "failed")


def test_the_example_runs(projects):
    first, second = projects
    done = subprocess.run(
        [sys.executable, EXAMPLE, first.folder, second.folder],
        env={**first.host, "PYTHONPATH": str(EXAMPLE.parents[1])},
        cwd=first.home,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{first.url()} shows release" in done.stdout
    assert f"{second.url()} shows release" in done.stdout
    assert StepStarted(step="provision").step in done.stdout
