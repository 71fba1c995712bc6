"""The digest of what a build is made from changes with whatever a build may read."""

import os
import subprocess
from pathlib import Path

import pytest

from engine.context import Context, Settings
from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.plan.make import make_plan
from engine.spec.model import Spec
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord
from engine.steps.sources import sources_digest
from engine.target import Target


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / ".gitignore").write_text("node_modules\n.env.local\n")
    (folder / "index.html").write_text("1")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    return folder


def git(folder, *arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    subprocess.run(["git", "-C", folder, *arguments], check=True, env=environment)


def digest(project: Path, commit="c", outputs=None, spec="s", **settings):
    checkout = Checkout(commit=commit)
    environment = Environment("notes", "prod", "main", "prod", Policy())
    host = {"PATH": os.environ["PATH"]}
    return sources_digest(
        Context(
            settings=Settings(project=project, host=host, **settings),
            spec=Spec(app="notes", digest=spec),
            environment=environment,
            checkout=checkout,
            target=Target("aws"),
            state=StateBackend("file:///none"),
            plan=make_plan(environment, "1", "", checkout),
            record=EnvironmentRecord("notes", "prod", outputs=outputs or {}),
            deployment="d",
            emit=print,
            cancel=None,
        )
    )


def test_nothing_changed(project):
    assert digest(project) == digest(project) != ""


@pytest.mark.parametrize("name", ["index.html", "new.html", ".env.local", "src/.env"])
def test_a_file_that_a_build_may_read(project, name):
    before = digest(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert digest(project) != before


def test_a_deleted_file(project):
    before = digest(project)
    (project / "index.html").unlink()
    assert digest(project) != before


def test_what_builds_make_is_no_source(project):
    before = digest(project)
    (project / "node_modules").mkdir()
    (project / "node_modules" / "x.js").write_text("x")
    assert digest(project) == before


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "d"},
        {"spec": "t"},
        {"outputs": {"bucket": "b"}},
        {"variables": {"A": "1"}},
        {"secrets": {"A": "1"}},
    ],
)
def test_what_is_given_to_the_build(project, change):
    assert digest(project, **change) != digest(project)


def test_outside_of_git_nobody_can_tell(tmp_path):
    assert digest(tmp_path) == ""
