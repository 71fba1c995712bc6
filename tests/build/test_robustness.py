"""What a build may do to its engine, and the engine does not mind."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest

from engine.build.model import CommandError
from engine.build.runner import run_phases
from engine.events import Warned
from engine.spec.model import Spec

NOISY = """
import asyncio, os, resource, sys
from pathlib import Path
from engine.build.model import BuildRequest
from engine.build.runner import run_phases
from engine.spec.model import Spec
from engine.steps.log import Log
folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
line = "x" * 99
command = f"yes {line} | head -c {megabytes}000000"
spec = Spec.model_validate({"app": "a", "frontend": {"phases": {"build": {"commands": [command]}}}})
request = BuildRequest(folder, spec, {"PATH": os.environ["PATH"]}, folder / "scratch", sections=("frontend",))
with (folder / "log.jsonl").open("w", buffering=1) as file:
    log = Log(file)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asyncio.run(run_phases(request, log.write))
    log.flush()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_much_output_takes_neither_memory_nor_disk(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", NOISY, str(tmp_path), "40"], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 20_000  # KB
    assert 19_000_000 < (tmp_path / "log.jsonl").stat().st_size < 21_000_000
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert "lines left out" in lines[-202]
    assert '"command-finished"' in lines[-1]


ASKING = (
    "require('readline').createInterface({input: process.stdin, output: process.stdout})"
    ".question('? Project name: ', () => {}); process.stdin.on('end', () => process.exit(1))"
)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("printf 'Overwrite? (y/N) '; read -r answer", "Overwrite? (y/N)"),
        (f'node -e "{ASKING}"', "? Project name:"),
        ("head -c1 </dev/tty >/dev/null || { echo 'Password:'; exit 1; }", "Password:"),
    ],
)
def test_a_prompt_gets_no_answer_and_says_so(sandbox, command, told):
    began = time.monotonic()
    with pytest.raises(CommandError) as caught:
        sandbox.run(command)
    assert time.monotonic() - began < 25
    assert any(told in line for line in caught.value.details)
    assert "asks for an answer" in caught.value.hint


def test_tests_with_a_server_left_in_the_background_end(sandbox):
    commands = {"preTest": ["sleep 300 &"], "test": ["true"], "postTest": ["echo done"]}
    phases = {name: {"commands": list_} for name, list_ in commands.items()}
    began = time.monotonic()
    sandbox.run_spec(Spec.model_validate({"app": "demo", "test": {"phases": phases}}), "test")
    assert time.monotonic() - began < 25
    assert sandbox.lines == ["done"]
    warning = next(event.message for event in sandbox.events if isinstance(event, Warned))
    assert "the test commands left processes running" in warning and "sleep 300" in warning


def test_endless_output_leaves_the_loop_to_others(sandbox, phases):
    """Cancelling takes effect at once, although output never stops."""

    async def cancelled_soon() -> float:
        cancel = asyncio.Event()
        asyncio.get_running_loop().call_later(0.3, cancel.set)
        began = time.monotonic()
        with pytest.raises(Exception, match="cancelled"):
            await run_phases(sandbox.request(phases(build=("yes",))), lambda event: None, cancel)
        return time.monotonic() - began

    assert asyncio.run(cancelled_soon()) < 25
