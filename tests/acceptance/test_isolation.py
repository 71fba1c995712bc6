"""A build in real bubblewrap: what it sees, what it may not, and that a real app still builds."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from engine.build.isolation.bubblewrap import Bubblewrap
from engine.build.limits import Limits
from engine.build.model import BuildRequest, CommandError
from engine.build.runner import run_section
from engine.build.variables import BuildContext, build_environment
from engine.errors import BuildError
from engine.events import Event, LogLine
from engine.spec.model import Spec
from engine.steps.isolation import host_files

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(
        shutil.which("bwrap") is None and "WINDLASS_TEST_EVERYTHING" not in os.environ,
        reason="bubblewrap is not installed",
    ),
]

HUSH = "not-for-builds"


class Isolated:
    """A home with credentials, another build, an app with local state; commands run on the app."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.app = self.home / "app"
        self.scratch = self.app / ".windlass/build/d-1"
        self.events: list[Event] = []
        for name in (".aws/credentials", "other/secret", "app/.windlass/local/state/stack.json"):
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_text(HUSH)
        subprocess.run(["git", "init", "-q", str(self.app)], check=True)

    def request(self, *commands: str, **changes: object) -> BuildRequest:
        spec = Spec.model_validate(
            {"app": "a", "frontend": {"phases": {"build": {"commands": list(commands)}}}}
        )
        host = {
            **os.environ,
            "HOME": str(self.home),
            "AWS_SECRET_ACCESS_KEY": HUSH,
            "PULUMI_ACCESS_TOKEN": HUSH,
        }
        context = BuildContext(app="a", branch="main", environment="prod", deployment="d-1")
        values = {
            "variables": build_environment(host, spec, context, {}, spec.variables, self.scratch),
            "isolation": Bubblewrap(self.home / "private"),
            "timeout": 120,
            "grace": 0.5,
            "read": host_files(os.environ),
            "written": (self.home / ".cache/windlass/npm",),
        }
        return BuildRequest(self.app, spec, scratch=self.scratch, **{**values, **changes})

    def run(self, *commands: str, **changes: object) -> list[str]:
        self.events.clear()
        request = self.request(*commands, **changes)
        asyncio.run(run_section(request, "frontend", self.events.append))
        return [event.text for event in self.events if isinstance(event, LogLine)]


@pytest.fixture
def isolated(tmp_path) -> Isolated:
    return Isolated(tmp_path)


def test_nothing_of_the_home_folder_the_engine_or_the_host_is_seen(isolated):
    home, app = isolated.home, isolated.app
    seen = isolated.run(
        f"cat {home}/.aws/credentials {home}/other/secret || true",
        "find .windlass -name 'stack*' -o -name state; ls .windlass/local || true",
        f"ls -A {home}; ls /root /home/* /var/lib /run/* || true",
        "cat /etc/shadow || true; ls -A /tmp",
        "env; cat /proc/[0-9]*/environ | tr '\\0' '\\n'; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'",
        "ls -d /proc/[0-9]* | wc -l",
    )
    text = "\n".join(seen)
    assert HUSH not in text
    assert "stack.json" not in text
    assert "root:x:" not in text and "root:*:" not in text
    assert f"cat: {home}/.aws/credentials: No such file or directory" in seen
    assert "app" in seen and "other" not in seen
    assert int(seen[-1]) < 12, "the processes of the host"
    assert (app / ".windlass/local/state/stack.json").read_text() == HUSH


def test_nothing_is_written_but_the_checkout(isolated, tmp_path):
    marker = f"windlass-{os.getpid()}"
    places = ("/usr", "/etc", "/", "/dev", "/var", f"{isolated.home}", ".git", ".git/hooks", ".windlass")
    lines = isolated.run(
        *(f"touch {place}/{marker} 2>/dev/null && echo written {place} || true" for place in places),
        f"touch /tmp/{marker} /var/tmp/{marker} ~/{marker} dist",
        "mv .git .moved 2>/dev/null || echo git stays",
        "kill -9 -1 2>/dev/null || true",
    )
    # What looks like the home folder inside is an empty one on the way to the checkout.
    assert set(lines) <= {"git stays", f"written {isolated.home}"}
    assert not (isolated.home / marker).exists()
    assert (isolated.app / "dist").exists() and not list(Path("/tmp").glob(marker))
    assert not (isolated.app / ".git" / marker).exists() and not Path("/usr", marker).exists()


def test_neither_a_path_nor_a_library_of_the_project_runs_outside(isolated):
    mine = isolated.app / "mine"
    mine.mkdir()
    outside = isolated.home / "escaped"
    for name in ("bash", "sh", "bwrap"):
        (mine / name).write_text(f'#!/bin/sh\ntouch {outside}\nexec /bin/bash "$@"\n')
        (mine / name).chmod(0o755)
    request = isolated.request("true")
    variables = {**request.variables, "PATH": f"{mine}:/usr/bin:/bin", "LD_PRELOAD": f"{mine}/evil.so"}
    isolated.run("true", variables=variables)
    assert any("evil.so" in line for line in isolated.run("/bin/true", variables=variables)), (
        "inside it counts"
    )
    assert not outside.exists()


def test_npm_installs_and_builds_over_the_network(isolated):
    package = {"name": "tiny", "private": True, "dependencies": {"is-number": "7.0.0"}}
    (isolated.app / "package.json").write_text(json.dumps({**package, "scripts": {"build": "node build.js"}}))
    (isolated.app / "build.js").write_text(
        "const fs = require('fs'), os = require('os');\nfs.mkdirSync('dist', {recursive: true});\n"
        "fs.writeFileSync('dist/index.html', `${require('is-number')(7)} ${os.userInfo().username}`);\n"
    )
    isolated.run("npm install --no-audit --no-fund", "npm ci --no-audit --no-fund", "npm run build")
    built = isolated.app / "dist/index.html"
    assert built.read_text() == "true build" and built.stat().st_uid == os.getuid()
    assert list((isolated.home / "private").rglob("_cacache")), (
        "downloads are kept, for this environment alone"
    )
    assert not (isolated.home / ".cache/windlass/npm").exists()


def test_a_timeout_ends_what_left_the_session(isolated):
    with pytest.raises(BuildError, match="stopped after"):
        isolated.run("env -i setsid sleep 97531 & sleep 60", timeout=1.5)
    assert "sleep\0" + "97531" not in all_commands()


def test_what_hides_is_counted(isolated):
    hiding = "for n in $(seq 40); do env -i setsid sleep 86420 & done; sleep 30"
    began = time.monotonic()
    with pytest.raises(BuildError, match="processes at once, and 20 are allowed"):
        isolated.run(hiding, limits=Limits(processes=20))
    assert time.monotonic() - began < 20
    assert "sleep\0" + "86420" not in all_commands()


def test_files_in_memory_are_on_the_disk(isolated):
    command = "head -c 60000000 /dev/zero > /dev/shm/a; head -c 60000000 /dev/zero > /tmp/b; sleep 1.2"
    isolated.run(command, limits=Limits(memory_mb=64))
    assert (isolated.scratch / "shm/a").stat().st_size == 60_000_000


def test_a_file_that_grows_too_large(isolated):
    with pytest.raises(CommandError) as caught:
        isolated.run("head -c 3000000 /dev/zero > big", limits=Limits(file_mb=2))
    assert "limits.file_mb" in caught.value.hint


def test_a_policy_demands_it_and_an_option_cannot_take_it_away(project):
    project.write("stacks/prod.yaml", "isolation: bubblewrap\nlimits: {processes: 500}\n")
    project.write(
        "amplify.yml",
        "version: 1\napp: plain-site\nfrontend:\n  phases: {build: {commands: ["
        "'rm -rf out && cp -R public out', 'id -un > out/who.txt', "
        "'ls .windlass/local > out/local.txt 2>&1 || true']}}\n"
        "  artifacts: {baseDirectory: out, files: ['**/*']}\n",
    )
    project.commit()
    refused = project.deploy("--isolation", "none", code=9)
    assert "demands the isolation bubblewrap" in refused.out + refused.err
    project.deploy()
    assert project.get("/who.txt").text == "build\n"
    assert "No such file" in project.get("/local.txt").text
    project.destroy()


def all_commands() -> str:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(process.read_text(errors="replace"))
        except OSError:
            continue
    return "\n".join(found)
