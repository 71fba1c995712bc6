"""A build that reaches nothing is told what is remembered of its environment."""

import asyncio
import json

import pytest

from engine import Engine
from engine.bundle.description import NAME
from engine.errors import UsageError
from engine.events import Warned
from engine.local.emulator.record import Record, write
from engine.local.folder import data_folder
from engine.publish.history import History
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord, save

SPEC = """version: 1
app: notes
frontend:
  phases:
    build: {commands: ['mkdir -p out && echo "$WINDLASS_URL $WINDLASS_OUTPUT_BUCKET" > out/index.html']}
  artifacts: {baseDirectory: out}
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "amplify.yml").write_text(SPEC)
    return folder


@pytest.fixture
def engine(project, tmp_path):
    return Engine(project, target="local", host={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})


def remember(project, **fields):
    data = data_folder(project)
    write(data, Record(4677))
    history = json.loads(History().to_json())
    record = EnvironmentRecord("notes", "staging", history=history, jobs=1, **fields)
    save(StateBackend.folder(data / "state"), record)


def build(engine, output=None):
    events = []
    made = asyncio.run(_built(engine, output, events))
    return made, [event.message for event in events if isinstance(event, Warned)]


async def _built(engine, output, events):
    return await engine.build(environment="staging", output=output, on_event=events.append)


def test_the_url_and_the_outputs_of_the_last_provisioning(project, engine, tmp_path):
    remember(project, outputs={"bucket": "wl-notes-staging"})
    made, warnings = build(engine, tmp_path / "b")
    page = (tmp_path / "b/files/index.html").read_text()
    assert page == "http://staging.notes.localhost:4677/ wl-notes-staging\n"
    assert made.inlined == ("WINDLASS_URL", "WINDLASS_OUTPUT_BUCKET")
    assert not warnings
    origin = json.loads((tmp_path / "b" / NAME).read_text())["origin"]
    assert (origin["app"], origin["environment"]) == ("notes", "staging")


def test_what_is_not_known_is_said(engine, tmp_path):
    made, warnings = build(engine, tmp_path / "b.tar.zst")
    assert made.inlined == ()
    assert warnings == ["staging is not deployed: the build is not told the outputs of its stack"]


def test_a_state_that_cannot_be_read_is_no_obstacle(project, engine, tmp_path):
    remember(project, outputs={"bucket": "b"})
    (file,) = (project / ".windlass/local/state").rglob("environment.json")
    file.write_text("{")
    _, warnings = build(engine, tmp_path / "b")
    assert "its state" in warnings[0] and "cannot be read" in warnings[0]


def test_the_log_of_a_build_is_kept(project, engine):
    build(engine)
    _, lines = engine.logs()
    assert any(json.loads(line).get("step") == "save" for line in lines)


def test_the_same_sources_make_the_same_release(engine, tmp_path):
    assert build(engine, tmp_path / "a")[0].digest == build(engine, tmp_path / "b")[0].digest


def test_what_cannot_be_promoted_or_deployed_is_told_before_anything_starts(engine):
    async def verb(run):
        return await run

    with pytest.raises(UsageError, match="live already"):
        asyncio.run(verb(engine.promote("prod", "prod")))
