"""How much a build may take, and how it is told; each overrun is small."""

from __future__ import annotations

import sys

import pytest

from engine.build.limits import Limits
from engine.build.model import CommandError
from engine.errors import BuildError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counted on Linux only")


def test_the_defaults_are_there(sandbox):
    sandbox.run("ulimit -f; ulimit -c; cat /proc/self/oom_score_adj")
    size, core, score = sandbox.lines
    assert int(size) * 1024 == pytest.approx(10e9, rel=0.01) and core == "0" and int(score) >= 500


def test_the_hosts_own_limit_stays_where_it_is_lower(sandbox):
    sandbox.run("ulimit -n", limits=Limits(open_files=1_000_000_000))
    assert int(sandbox.lines[0]) > 0


def test_a_file_that_grows_too_large(sandbox):
    with pytest.raises(CommandError) as caught:
        sandbox.run("head -c 3000000 /dev/zero > big", limits=Limits(file_mb=2))
    assert "limits.file_mb" in caught.value.hint
    assert (sandbox.project / "big").stat().st_size <= 2_000_000


def test_too_many_processes_are_ended_and_told(sandbox):
    command = "for n in $(seq 60); do sleep 20 & done; wait"
    with pytest.raises(BuildError, match="processes at once, and 30 are allowed") as caught:
        sandbox.run(command, limits=Limits(processes=30))
    assert "limits.processes" in caught.value.hint


def test_too_much_memory_is_ended_and_told(sandbox):
    command = f"{sys.executable} -c 'import time; x = bytearray(150_000_000); time.sleep(20)'"
    with pytest.raises(BuildError, match="MB of memory, and 100 are allowed") as caught:
        sandbox.run(command, limits=Limits(memory_mb=100))
    assert "limits.memory_mb" in caught.value.hint


def test_what_is_only_reserved_does_not_count(sandbox):
    reserve = "import mmap; mmap.mmap(-1, 20_000_000_000, flags=mmap.MAP_PRIVATE | 0x4000)"  # MAP_NORESERVE
    sandbox.run(
        f"{sys.executable} -c '{reserve}; import time; time.sleep(1.2)'", limits=Limits(memory_mb=100)
    )


def test_pages_that_forks_share_count_once(sandbox):
    script = (
        "import os, time; x = b'x' * 60_000_000\n"
        "for n in range(4):\n    if os.fork() == 0: break\n"
        "time.sleep(1.2)"
    )
    sandbox.run(f'{sys.executable} -c "{script}"; sleep 0.3', limits=Limits(memory_mb=150))
