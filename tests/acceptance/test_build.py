"""The build with real npm and Vite, and with an engine that is killed."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.build.cache import Cache, restore_cache, save_cache
from engine.build.cache_key import cache_key
from engine.build.cache_store import CacheStore
from engine.build.model import BuildRequest, CommandError
from engine.build.runner import run_phases, run_section
from engine.build.variables import BuildContext, build_environment
from engine.bundle.collect import collect
from engine.events import Event, LogLine, Warned
from engine.spec.model import Spec
from engine.state.backend import StateBackend

pytestmark = pytest.mark.acceptance

PACKAGE = {
    "name": "tiny",
    "private": True,
    "type": "module",
    "scripts": {"build": "vite build"},
    "devDependencies": {"vite": "^6"},
    "overrides": {"rollup": "4.67.4"},  # later ones are not complete in every registry
}
PAGE = '<!doctype html><title>%VITE_BRANCH%</title><script type="module" src="/main.js"></script>'

SPEC = {
    "app": "tiny",
    "frontend": {
        "phases": {
            "preBuild": {"commands": ["npm install --no-audit --no-fund", "export VITE_BRANCH=$AWS_BRANCH"]},
            "build": {"commands": ["# a comment", "npm run build"]},
        },
        "artifacts": {"baseDirectory": "dist", "files": ["**/*"]},
        "cache": {"paths": ["node_modules/**/*"]},
    },
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    (folder / "public/.well-known").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps(PACKAGE))
    (folder / "index.html").write_text(PAGE)
    (folder / "main.js").write_text("document.body.append(import.meta.env.VITE_BRANCH)\n")
    (folder / "public/.well-known/security.txt").write_text("Contact: mailto:a@example.com\n")
    return folder


def request_for(app: Path, spec: Spec, scratch: Path) -> BuildRequest:
    context = BuildContext(app="tiny", branch="feature/x", environment="feature-x", deployment="d-1")
    host = {**os.environ, "AWS_SECRET_ACCESS_KEY": "never-to-be-seen"}
    variables = build_environment(host, spec, context, {}, spec.variables, scratch)
    return BuildRequest(app, spec, variables, scratch, sections=("frontend",), timeout=300)


def test_a_vite_app_is_built_collected_and_cached(app, tmp_path):
    spec = Spec.model_validate(SPEC)
    events: list[Event] = []

    async def build(folder: Path, scratch: str):
        key = cache_key(spec, folder, folder, "feature-x", "prod", "20")
        store = CacheStore(StateBackend.folder(tmp_path / "cache"))
        cache = Cache(store, key, folder, spec.frontend.cache.paths)
        await restore_cache(cache, events.append)
        await run_phases(request_for(folder, spec, tmp_path / scratch), events.append)
        bundle = await collect(folder, spec, events.append)
        await save_cache(cache, events.append)
        return bundle

    first = asyncio.run(build(app, "one"))
    files = {file.path: file for file in first.files}
    assert {"index.html", ".well-known/security.txt"} < files.keys()
    script = next(file for path, file in files.items() if path.endswith(".js"))
    assert script.fingerprinted and script.content_type == "text/javascript; charset=utf-8"
    assert "<title>feature/x</title>" in (first.root / "index.html").read_text()
    assert any("built in" in event.text for event in events if isinstance(event, LogLine))
    assert "never-to-be-seen" not in str(events)
    assert not [event for event in events if isinstance(event, Warned)]

    again = tmp_path / "again"
    shutil.copytree(app, again, ignore=shutil.ignore_patterns("node_modules", "dist"))
    events.clear()
    second = asyncio.run(build(again, "two"))
    assert any("restored" in event.text for event in events if isinstance(event, LogLine))
    assert second.digest == first.digest


def test_npm_ci_without_a_lock_file_says_what_to_do(app, tmp_path):
    commands = {"build": {"commands": ["npm ci", "touch never"]}}
    spec = Spec.model_validate({"app": "tiny", "frontend": {"phases": commands}})
    request = request_for(app, spec, tmp_path / "scratch")
    with pytest.raises(CommandError) as caught:
        asyncio.run(run_section(request, "frontend", lambda event: None))
    assert "needs package-lock.json" in caught.value.hint
    assert any("npm" in line for line in caught.value.details)
    assert not (app / "never").exists()


ENGINE = """
import asyncio, os, sys
from pathlib import Path
from engine.build.model import BuildRequest
from engine.build.runner import run_phases
from engine.spec.model import Spec
folder = Path(sys.argv[1])
commands = ["trap '' TERM HUP; sleep 300 & echo $$ $! > pids.new; mv pids.new pids; wait"]
spec = Spec.model_validate({"app": "a", "frontend": {"phases": {"build": {"commands": commands}}}})
request = BuildRequest(folder, spec, {"PATH": os.environ["PATH"]}, folder / "scratch")
asyncio.run(run_phases(request, lambda event: None))
"""


def test_no_process_outlives_an_engine_that_is_killed(tmp_path):
    engine = subprocess.Popen([sys.executable, "-c", ENGINE, str(tmp_path)])
    try:
        assert within(20, (tmp_path / "pids").exists)
    finally:
        engine.send_signal(signal.SIGKILL)
        engine.wait()
    pids = (tmp_path / "pids").read_text().split()
    assert len(pids) == 2
    assert within(5, lambda: not any(is_alive(pid) for pid in pids))


def within(seconds: float, true) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
