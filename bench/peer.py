"""What a user would use instead: an ordinary Pulumi project with the same resources."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.process import run
from bench.project import BIN, ROOT
from engine.plan.make import physical_name
from engine.plan.model import EdgePlan, Plan, SitePlan
from engine.provision.pulumi_cli import VERSION
from engine.publish.code import function_code
from engine.target import LOCAL_ACCOUNT, LOCAL_REGION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.process import Counted, Done
    from bench.project import Project

_APP = "peer"
_PROJECT = f"name: {_APP}\nruntime:\n  name: python\n  options: {{toolchain: pip}}\n"
_PROGRAM = '''"""The resources that Windlass makes, from the same plan."""
from pathlib import Path

import pulumi

from engine.plan.model import Plan
from programs.app import app

app(Plan.from_json(Path(f"{pulumi.get_stack()}.json").read_text()))
'''


@dataclass(frozen=True)
class Peer:
    """A Pulumi project in ``folder``, run by the CLI as a user runs it."""

    folder: Path
    environment: dict[str, str]
    provider: psutil.Process

    def write(self, stack: str) -> None:
        """Write the program's input for ``stack``: the plan that Windlass would make, under other names."""
        (self.folder / f"{stack}.json").write_text(_plan(stack).to_json())

    def create(self, stack: str) -> Done:
        """``pulumi stack init``."""
        return self.pulumi("stack", "init", stack)

    def up(self, stack: str, *options: str, counted: Counted | None = None) -> Done:
        """``pulumi up --yes``."""
        return self.pulumi("up", "--yes", "--stack", stack, *options, counted=counted)

    def output(self, stack: str, name: str) -> str:
        """An output of ``stack``."""
        return self.pulumi("stack", "output", name, "--stack", stack).stdout.strip()

    def pulumi(self, *arguments: str, counted: Counted | None = None) -> Done:
        """Run the CLI."""
        return run(["pulumi", "--non-interactive", *arguments], self.folder, self.environment, counted)


@contextmanager
def peer(project: Project, scratch: Path) -> Iterator[Peer]:
    """A Pulumi project on the emulator of ``project``, with a provider that is already running.

    (A user's provider is started by the CLI each time, which takes longer.)
    """
    folder = scratch / "peer"
    if not folder.exists():
        _make(folder, Path(project.environment["XDG_CACHE_HOME"]))
    with _provider(project) as (port, process):
        yield Peer(folder, {**project.environment, **_variables(folder, port, project)}, process)


def language_host() -> str:
    """Which Python language host the peer has, in words."""
    return "official" if shutil.which("pulumi-language-python") else "stand-in (bench/language_host.py)"


def _plan(stack: str) -> Plan:
    name = physical_name(_APP, stack, LOCAL_ACCOUNT, LOCAL_REGION)
    comment = f"Windlass: {_APP} {stack}"
    return Plan(
        app=_APP,
        environment=stack,
        target="local",
        region=LOCAL_REGION,
        account=LOCAL_ACCOUNT,
        site=SitePlan(bucket=name, force_destroy=True, protect=False),
        edge=EdgePlan(name, comment, function_code(), price_class="PriceClass_100", protect=False),
        tags={"windlass:app": _APP, "windlass:environment": stack, "windlass:owner": "bench"},
    )


def _variables(folder: Path, port: int, project: Project) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'bin'}:{project.environment['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_HOME": str(folder / "pulumi-home"),
        "PULUMI_CONFIG_PASSPHRASE": "bench",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DEBUG_PROVIDERS": f"aws:{port}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": LOCAL_REGION,
        "AWS_DEFAULT_REGION": LOCAL_REGION,
    }


def _make(folder: Path, cache: Path) -> None:
    for name in ("bin", "state", "pulumi-home"):
        (folder / name).mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text(_PROJECT)
    (folder / "__main__.py").write_text(_PROGRAM)
    _put_cli(folder / "bin", cache)


def _put_cli(folder: Path, cache: Path) -> None:
    (folder / "pulumi").symlink_to((cache / "windlass/pulumi" / VERSION / "pulumi").resolve())
    if shutil.which("pulumi-language-python") is None:
        host = folder / "pulumi-language-python"
        host.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bench.language_host "$@"\n')
        host.chmod(0o755)


@contextmanager
def _provider(project: Project) -> Iterator[tuple[int, psutil.Process]]:
    line = [str(BIN / "python"), "-m", "engine.local.provider", "--endpoint", project.endpoint]
    with subprocess.Popen(
        line, cwd=ROOT, env=project.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0), psutil.Process(process.pid)
        finally:
            process.terminate()
