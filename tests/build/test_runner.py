from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from engine.build.model import CommandError
from engine.build.runner import run_phases, run_section
from engine.errors import BuildError, CancelledError, PrerequisiteError
from engine.events import CommandFinished, CommandStarted, LogLine, Warned
from engine.spec.model import Spec


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def running(sandbox, request) -> asyncio.Task[object]:
    """The task of a build that has printed its first line."""
    printed = asyncio.Event()

    def emit(event: object) -> None:
        sandbox.events.append(event)
        if isinstance(event, LogLine):
            printed.set()

    task = asyncio.create_task(run_phases(request, emit))
    await printed.wait()
    return task


def test_shell_state_reaches_the_next_phase(sandbox, phases):
    sandbox.run_spec(
        phases(
            preBuild=("mkdir sub && cd sub", "PLAIN=one", "greet() { echo hello $1; }", "shopt -s dotglob"),
            build=("touch .hidden", "pwd", "export SHARED=two"),
            postBuild=('greet "$PLAIN"', "sh -c 'echo $SHARED'", "echo *", "pwd"),
        )
    )
    sub = str(sandbox.project.resolve() / "sub")
    assert sandbox.lines == [sub, "hello one", "two", ".hidden", sub]


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("""echo 'it'"'"'s "quoted" `not run` $HOME'""", ["""it's "quoted" `not run` $HOME"""]),
        ('echo `echo back`-$(echo "$(echo nested)")', ["back-nested"]),
        ("cat <<'END'\n$(rm -rf /) \"x\nEND\ncat <<END\n$((1 + 2))\nEND", ['$(rm -rf /) "x', "3"]),
        ("echo 日本語 ⚠️ 🚀 'é'", ["日本語 ⚠️ 🚀 é"]),
        ("printf '%s\\n' '100%' '%s' '\\t'", ["100%", "%s", "\\t"]),
        ("if true; then\n  for i in 1 2; do echo $i; done\nfi", ["1", "2"]),
        ("echo `date +` > /dev/null; echo $((6*7)) # comment ` \" '", ["42"]),
        ("echo a \\\n  b", ["a b"]),
        ("", []),
        ("# Execute Amplify CLI with the helper script", []),
        ("printf 'no end of line'", ["no end of line"]),
    ],
)
def test_a_command_may_be_written_in_any_way(sandbox, command, lines):
    sandbox.run(command, "echo after")
    assert sandbox.lines == [*lines, "after"]


def test_events_tell_each_command_with_its_output_between(sandbox):
    sandbox.run("echo one", "printf two; echo three >&2")
    kinds = [e.text if isinstance(e, LogLine) else (type(e).__name__, e.command) for e in sandbox.events]
    assert kinds == [
        ("CommandStarted", "echo one"),
        "one",
        ("CommandFinished", "echo one"),
        ("CommandStarted", "printf two; echo three >&2"),
        "twothree",
        ("CommandFinished", "printf two; echo three >&2"),
    ]


def test_the_first_failure_stops_everything_and_says_where(sandbox, tmp_path):
    spec = Spec.model_validate(
        {
            "app": "demo",
            "file": str(tmp_path / "amplify.yml"),
            "lines": {"frontend.phases.build.commands[1]": 12},
            "frontend": {
                "phases": {
                    "build": {"commands": ["true", "echo last words; missing-tool --now"]},
                    "postBuild": {"commands": ["touch published"]},
                }
            },
        }
    )
    with pytest.raises(CommandError) as caught:
        sandbox.run_spec(spec, "frontend", "test")
    error = caught.value
    assert (error.section, error.phase, error.exit_code_of_command) == ("frontend", "build", 127)
    assert error.command == "echo last words; missing-tool --now"
    assert str(error.where) == f"{tmp_path / 'amplify.yml'}:12"
    assert error.details[0] == "last words" and "missing-tool" in error.details[1]
    assert "`missing-tool` is not on PATH" in error.hint
    assert not (sandbox.project / "published").exists()
    assert [e.exit_code for e in sandbox.events if isinstance(e, CommandFinished)] == [0, 127]


def test_a_cause_followed_by_pages_of_help_still_gets_its_hint(sandbox):
    with pytest.raises(CommandError) as caught:
        sandbox.run("echo 'npm error Missing script: \"build\"'; seq 60; exit 1")
    assert "no script `build`" in caught.value.hint
    assert caught.value.details == tuple(str(n) for n in range(31, 61))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("exit 3", 3),
        ("set -e\nfalse\ntrue", 1),
        ("test -n ''", 1),
        ("(exit 9)", 9),
        ('echo "never closed', 2),
        ("exec sh -c 'exit 4'", 4),
        ("kill -9 $$", 137),
        ("trap 'exit 6' EXIT", 6),
    ],
)
def test_every_kind_of_failure_fails(sandbox, command, code):
    with pytest.raises(CommandError) as caught:
        sandbox.run(command)
    assert caught.value.exit_code_of_command == code


@pytest.mark.parametrize(
    "options", ["set -e", "set -u", "set -euo pipefail", "set -f", "IFS=,", "set -C", "set -x"]
)
def test_shell_options_of_the_build_do_not_disturb_the_driver(sandbox, options):
    result = sandbox.run(options, "false || true", "echo done")
    assert result.commands == 3
    assert "done" in sandbox.lines


def test_exit_0_ends_the_section_well_with_a_warning(sandbox):
    result = sandbox.run("echo one", "if true; then exit 0; fi", "touch never")
    assert result.commands == 2 and result.sections[0].ended_early
    assert not (sandbox.project / "never").exists()
    assert "1 more did not run" in next(e.message for e in sandbox.events if isinstance(e, Warned))


def test_standard_input_is_at_its_end(sandbox):
    sandbox.run("read -r answer || echo no answer", "cat", "exec </etc/passwd", "wc -c")
    assert sandbox.lines == ["no answer", "0"]


def test_output_cannot_pass_for_a_report(sandbox):
    with pytest.raises(CommandError):
        sandbox.run("echo 0; echo 0 >&2; ls /proc/self/fd | wc -l; false", "touch never")
    assert not (sandbox.project / "never").exists()


def test_programs_of_the_build_do_not_get_the_drivers_socket(sandbox):
    sandbox.run("ls -l /proc/self/fd")
    assert not [line for line in sandbox.lines if "socket" in line]


def test_what_is_left_in_the_background_is_ended_and_named(sandbox):
    sandbox.run("sleep 61 & echo $!", "(trap '' TERM; exec setsid sleep 62) & sleep 0.2")
    pid = int(sandbox.lines[0])
    assert not is_alive(pid)
    warning = next(e.message for e in sandbox.events if isinstance(e, Warned))
    assert "`sleep 61`" in warning and "`sleep 62`" in warning


def test_background_work_that_ends_by_itself_is_no_warning(sandbox):
    sandbox.run("exec > >(sed 's/^/> /')", "echo one")
    assert sandbox.lines == ["> one"]
    assert not [e for e in sandbox.events if isinstance(e, Warned)]


def test_a_command_that_ignores_sigterm_is_killed_at_the_timeout(sandbox):
    began = time.monotonic()
    with pytest.raises(BuildError, match=r"stopped after .* in frontend build: `trap") as caught:
        sandbox.run("trap '' TERM; echo $$; while :; do sleep 0.1; done", timeout=0.5)
    assert time.monotonic() - began < 25
    assert not is_alive(int(sandbox.lines[0]))
    assert "_BUILD_TIMEOUT" in caught.value.hint


def test_cancel_ends_the_build(sandbox, phases):
    async def cancelled_once_it_runs() -> None:
        cancel = asyncio.Event()

        def emit(event: object) -> None:
            sandbox.events.append(event)
            if isinstance(event, LogLine):
                cancel.set()

        await run_section(sandbox.request(phases(build=("echo $$; sleep 60",))), "frontend", emit, cancel)

    with pytest.raises(CancelledError):
        asyncio.run(cancelled_once_it_runs())
    assert not is_alive(int(sandbox.lines[0]))


def test_cancelling_the_task_ends_the_build(sandbox, phases):
    async def cancelled_once_it_runs() -> None:
        task = await running(sandbox, sandbox.request(phases(build=("echo $$; sleep 60",))))
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled_once_it_runs())
    assert not is_alive(int(sandbox.lines[0]))


def test_a_second_cancellation_kills_at_once(sandbox, phases):
    async def cancelled_twice() -> None:
        request = sandbox.request(phases(build=("trap '' TERM; echo $$; sleep 60",)), grace=30.0)
        task = await running(sandbox, request)
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0.2)
        await task

    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled_twice())
    assert time.monotonic() - began < 25
    assert not is_alive(int(sandbox.lines[0]))


def test_a_set_cancel_starts_nothing(sandbox, phases):
    async def run() -> None:
        cancel = asyncio.Event()
        cancel.set()
        await run_phases(sandbox.request(phases(build=("touch never",))), sandbox.events.append, cancel)

    with pytest.raises(CancelledError):
        asyncio.run(run())
    assert not (sandbox.project / "never").exists()


def test_endless_output_is_bounded_and_stops_at_the_timeout(sandbox, phases):
    longest = count = 0

    def emit(event: object) -> None:
        nonlocal longest, count
        if isinstance(event, LogLine):
            longest, count = max(longest, len(event.text)), count + 1

    request = sandbox.request(phases(build=("tr '\\0' x < /dev/zero & yes",)), timeout=0.5)
    with pytest.raises(BuildError) as caught:
        asyncio.run(run_phases(request, emit))
    assert count > 1000
    assert longest <= 8193
    assert len(caught.value.details) <= 30


def test_an_emit_that_raises_ends_the_build(sandbox, phases):
    def emit(event: object) -> None:
        if isinstance(event, LogLine):
            sandbox.events.append(event)
            raise RuntimeError("the caller's own")

    with pytest.raises(RuntimeError, match="the caller's own"):
        asyncio.run(run_phases(sandbox.request(phases(build=("echo $$; sleep 60",))), emit))
    assert not is_alive(int(sandbox.lines[0]))


def test_secrets_are_masked_in_lines_commands_and_errors(sandbox):
    secret = "s3cret-value"
    with pytest.raises(CommandError) as caught:
        sandbox.run(f"echo {secret}; printf user:%s {secret} | base64; exit 5", secrets=(secret,))
    told = f"{sandbox.events} {caught.value.to_json()}"
    assert secret not in told
    assert "czNjcmV0LXZhbHVl" not in told and "zM2NyZXQtdmFsdW" not in told
    assert sandbox.lines[0] == "***"


def test_nothing_but_the_given_variables_is_there(sandbox, monkeypatch):
    monkeypatch.setenv("LEAK", "from this process")
    sandbox.run("env", variables={"PATH": os.environ["PATH"], "GIVEN": "1"})
    names = {line.partition("=")[0] for line in sandbox.lines}
    assert names == {"PATH", "GIVEN", "WINDLASS_SECTION", "PWD", "SHLVL", "_", "OLDPWD"} & names
    assert "GIVEN" in names


def test_no_startup_file_is_read(sandbox):
    home = sandbox.scratch / "home"
    home.mkdir(parents=True)
    for name in (".bashrc", ".profile", ".bash_profile"):
        (home / name).write_text("echo startup\n")
    sandbox.run("echo only")
    assert sandbox.lines == ["only"]


def test_sections_of_a_monorepo_run_in_their_folders(sandbox):
    (sandbox.project / "apps/web").mkdir(parents=True)
    here = {"phases": {"build": {"commands": ["pwd"]}}}
    spec = {"app": "demo", "app_root": "apps/web", "backend": here, "frontend": here}
    sandbox.run_spec(Spec.model_validate(spec), "backend-build", "frontend")
    spec["frontend"] = {**here, "buildPath": "/"}
    sandbox.run_spec(Spec.model_validate(spec), "backend-build", "frontend")
    root = sandbox.project.resolve()
    assert sandbox.lines == [str(root / "apps/web")] * 3 + [str(root)]


def test_the_backend_is_run_in_two_parts_and_tests_in_their_order(sandbox):
    phases = {name: {"commands": [f"echo {name}"]} for name in ("preBuild", "build", "postBuild")}
    tests = {name: {"commands": [f"echo {name}"]} for name in ("postTest", "test", "preTest")}
    spec = Spec.model_validate({"app": "demo", "backend": {"phases": phases}, "test": {"phases": tests}})
    result = sandbox.run_spec(spec, "backend-build", "frontend", "test", "backend-post")
    assert sandbox.lines == ["preBuild", "build", "preTest", "test", "postTest", "postBuild"]
    assert [s.commands for s in result.sections] == [2, 0, 3, 1]
    assert {e.section for e in sandbox.events if isinstance(e, CommandStarted)} == {"backend", "test"}


@pytest.mark.parametrize(
    ("change", "message"),
    [({"app_root": "nowhere"}, "is not a folder"), ({"app_root": "../.."}, "is outside")],
)
def test_a_folder_that_is_not_of_the_project_is_refused(sandbox, phases, change, message):
    spec = phases(build=("touch never",)).model_copy(update=change)
    with pytest.raises(BuildError, match=message):
        sandbox.run_spec(spec)


def test_bash_is_a_prerequisite(sandbox):
    with pytest.raises(PrerequisiteError, match="bash"):
        sandbox.run("true", variables={"PATH": "/nonexistent"})


def test_variables_that_are_too_large_are_told(sandbox):
    variables = {"PATH": os.environ["PATH"], "BIG": "x" * 4_000_000}
    with pytest.raises(BuildError, match="too large"):
        sandbox.run("true", variables=variables)


def test_two_builds_at_once_in_one_loop_share_nothing(sandbox, phases, tmp_path):
    async def both() -> tuple[list[object], list[object]]:
        kept: tuple[list[object], list[object]] = ([], [])
        requests = [
            sandbox.request(phases(build=(f"X={n}; sleep 0.1", "echo $X")), scratch=tmp_path / str(n))
            for n in (1, 2)
        ]
        await asyncio.gather(*(run_phases(r, k.append) for r, k in zip(requests, kept, strict=True)))
        return kept

    first, second = asyncio.run(both())
    assert [e.text for e in first if isinstance(e, LogLine)] == ["1"]
    assert [e.text for e in second if isinstance(e, LogLine)] == ["2"]
