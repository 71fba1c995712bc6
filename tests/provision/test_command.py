"""The CLI as a process: bounded memory, and an interrupt from another thread."""

import threading
import time

import pytest

from engine.provision.command import Command, FailedCommandError, InterruptedOperationError


@pytest.fixture
def command(tmp_path):
    def made(script):
        path = tmp_path / "pulumi"
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)
        return Command(str(path))

    return made


def test_it_gives_what_was_printed(command, tmp_path):
    done = command('echo "$@"; echo "$X"; echo oops >&2').run(["up"], str(tmp_path), {"X": "1"})
    assert (done.stdout, done.stderr, done.code) == ("--non-interactive up\n1", "oops", 0)


def test_a_failure_says_what_was_printed(command, tmp_path):
    with pytest.raises(FailedCommandError, match="broken"):
        command("echo broken >&2; exit 3").run(["up"], str(tmp_path), {})


def test_it_keeps_a_bounded_tail_of_a_long_output(command, tmp_path):
    done = command("seq 100000; seq 100000 >&2").run(["up"], str(tmp_path), {})
    assert done.stdout.splitlines()[-1] == "100000"
    assert len(done.stdout.splitlines()) == len(done.stderr.splitlines()) == 400


def test_an_answer_in_json_is_kept_whole(command, tmp_path):
    done = command("seq 1000").run(["stack", "output", "--json"], str(tmp_path), {})
    assert len(done.stdout.splitlines()) == 1000


def test_an_interrupt_is_passed_on_and_waited_for(command, tmp_path):
    made = command(
        f"trap 'echo clean > {tmp_path}/end; exit 1' INT; touch {tmp_path}/on; while :; do sleep 0.05; done"
    )
    threading.Thread(target=_interrupt_when, args=(made, tmp_path / "on")).start()
    with pytest.raises(InterruptedOperationError):
        made.run(["up"], str(tmp_path), {})
    assert (tmp_path / "end").read_text() == "clean\n"


def test_a_second_one_ends_a_cli_that_does_not_stop(command, tmp_path):
    made = command(f"trap '' INT; touch {tmp_path}/on; while :; do sleep 0.05; done")
    threading.Thread(target=_interrupt_when, args=(made, tmp_path / "on", True)).start()
    with pytest.raises(InterruptedOperationError):
        made.run(["up"], str(tmp_path), {})


def test_nothing_is_started_after_an_interrupt(command, tmp_path):
    made = command(f"touch {tmp_path}/on")
    made.interrupt()
    with pytest.raises(InterruptedOperationError):
        made.run(["up"], str(tmp_path), {})
    assert not (tmp_path / "on").exists()


def _interrupt_when(command, file, now=False):
    while not file.exists():
        time.sleep(0.01)
    command.interrupt()
    if now:
        command.interrupt(now=True)
