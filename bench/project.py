"""An app of ``examples/`` in a folder and a git repository of its own, and Windlass run on it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.process import run
from engine.events import ignore
from engine.provision.pulumi_cli import VERSION, find_pulumi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.process import Counted

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# The way to the registries is that of the user.
_KEPT = re.compile(r"LANG|TMPDIR|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|npm_config_\w+|\w+_PROXY", re.IGNORECASE)
_GIT = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.com"]


@dataclass(frozen=True)
class Run:
    """One run of ``windlass --json``: wall seconds, what it printed, peak memory in MB if it was watched."""

    seconds: float
    events: tuple[dict[str, Any], ...]
    peak: float

    def step(self, name: str) -> float:
        """The seconds of a step; 0 where it was skipped."""
        found = (e["seconds"] for e in self.events if e["event"] == "step-finished" and e["step"] == name)
        return float(sum(found))

    @property
    def result(self) -> dict[str, Any]:
        """What the verb gave: its last line."""
        return self.events[-1]


@dataclass(frozen=True)
class Project:
    """``folder`` holds the app; ``environment`` are the variables of every process run on it."""

    folder: Path
    environment: dict[str, str]

    def windlass(self, *arguments: str, counted: Counted | None = None) -> Run:
        """Run a verb on the local target."""
        line = [str(BIN / "windlass"), *arguments, "--target", "local", "--json"]
        done = run(line, self.folder, self.environment, counted)
        events = [json.loads(text) for text in done.stdout.splitlines()]
        notes = ("note",)
        return Run(done.seconds, tuple(e for e in events if e["event"] not in notes), done.peak)

    @property
    def emulator(self) -> Path:
        """The file that says where the emulator of the project is."""
        return self.folder / ".windlass/local/emulator.json"

    @property
    def port(self) -> int:
        """The port of the emulator of the project."""
        return int(json.loads(self.emulator.read_text())["port"])

    @property
    def endpoint(self) -> str:
        """Where the emulator of the project answers."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *line: str) -> str:
        """Run another command in the folder; gives its stdout."""
        return run(list(line), self.folder, self.environment).stdout

    def edit(self, text: str) -> None:
        """Change one source of notes-web so that the build comes out different, and commit it."""
        page = self.folder / "src/About.jsx"
        edit(page, text)
        self.commit(text)

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.run(*_GIT, "add", "-A")
        self.run(*_GIT, "commit", "-qm", message)


def edit(page: Path, text: str) -> None:
    """Put ``text`` into a component, in the place of what was put there before."""
    source = page.read_text().split("\nwindow.bench", 1)[0].rstrip("\n")
    page.write_text(f'{source}\nwindow.bench = "{text}";\n')


@contextmanager
def project(example: str, scratch: Path) -> Iterator[Project]:
    """A copy of ``examples/<example>`` below ``scratch``; its emulator is stopped when the block ends."""
    folder = scratch / example
    ignored = shutil.ignore_patterns("node_modules", "dist", ".windlass", ".npm")
    shutil.copytree(ROOT / "examples" / example, folder, ignore=ignored)
    (folder / ".gitignore").write_text("amplify_outputs.json\nnode_modules/\ndist/\n.npm/\n")
    made = Project(folder, _environment(scratch))
    made.run("git", "init", "-q", "-b", "main")
    made.commit("first")
    try:
        yield made
    finally:
        made.run(str(BIN / "windlass"), "local", "stop")


def _environment(scratch: Path) -> dict[str, str]:
    """A home of its own, in which the Pulumi CLI is already there; npm is set up as for the user."""
    home = scratch / "home"
    cache = home / ".cache"
    pulumi = cache / "windlass/pulumi" / VERSION / "pulumi"
    if not pulumi.exists():
        pulumi.parent.mkdir(parents=True)
        pulumi.symlink_to(find_pulumi(dict(os.environ), ignore))
    npmrc = Path.home() / ".npmrc"
    kept = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)}
    return {
        **kept,
        **({"npm_config_userconfig": str(npmrc)} if npmrc.is_file() else {}),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(cache),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
