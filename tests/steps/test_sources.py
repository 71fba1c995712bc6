"""The digest of what a build is made from changes with whatever a build may read."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from engine.context import Context, Settings
from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.plan.make import make_plan
from engine.secrets.model import Secret
from engine.spec import load_spec
from engine.spec.backend.backend import Backend
from engine.spec.model import Frontend, Spec
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


def digest(
    project: Path,
    commit="c",
    outputs=None,
    spec="s",
    app_root="",
    frontend=None,
    secrets=(),
    backend=None,
    **settings,
):
    checkout = Checkout(commit=commit)
    environment = Environment("notes", "prod", "main", "prod", Policy())
    host = {"PATH": os.environ["PATH"]}
    return sources_digest(
        Context(
            settings=Settings(project=project, host=host, **settings),
            spec=Spec(
                app="notes",
                digest=spec,
                app_root=app_root,
                frontend=frontend or Frontend(),
                backend=backend or Backend(),
            ),
            environment=environment,
            checkout=checkout,
            target=Target("aws"),
            state=StateBackend("file:///none"),
            plan=make_plan(environment, "1", "", checkout),
            record=EnvironmentRecord("notes", "prod", outputs=outputs or {}),
            deployment="d",
            emit=print,
            cancel=None,
            secrets=secrets,
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


def test_a_function_counts_only_for_who_names_it(project):
    work = {"source": "functions/work", "handler": "app.handler", "runtime": "python3.12"}
    backend = Backend.model_validate({"functions": {"work": work}})
    (project / "functions/work").mkdir(parents=True)

    def after(file, text):
        (project / file).write_text(text)
        return digest(project, backend=backend)

    before = after("functions/work/app.py", "1")
    assert after("functions/work/app.py", "2") == before
    assert digest(project) != before
    named = after("index.html", "import '../functions/work/types'")
    assert after("functions/work/app.py", "3") != named


def test_a_deleted_file(project):
    before = digest(project)
    (project / "index.html").unlink()
    assert digest(project) != before


def test_what_builds_make_is_no_source(project):
    before = digest(project)
    (project / "node_modules").mkdir()
    (project / "node_modules" / "x.js").write_text("x")
    assert digest(project) == before


def test_what_builds_keep_for_each_other_is_no_source(project):
    frontend = Frontend(cache={"paths": [".npm/**/*", "!.npm/_logs", "../.pnpm/**/*"]})
    before = digest(project, frontend=frontend)
    (project / ".npm").mkdir()
    (project / ".npm" / "x.tgz").write_text("x")
    assert digest(project, frontend=frontend) == before
    git(project, "add", ".npm")  # such as the packages of Yarn without installs
    committed = digest(project, frontend=frontend)
    (project / ".npm" / "x.tgz").write_text("y")
    assert before != committed != digest(project, frontend=frontend) != before


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "d"},
        {"spec": "t"},
        {"outputs": {"bucket": "b"}},
        {"variables": {"A": "1"}},
        {"secrets": (Secret("A", "x", "prod", "2"),)},
    ],
)
def test_what_is_given_to_the_build(project, change):
    assert digest(project, **change) != digest(project)


def test_outside_of_git_nobody_can_tell(tmp_path):
    assert digest(tmp_path) == ""


@pytest.fixture
def monorepo(project):
    """A workspace: web needs ui, nothing needs docs; each application is one of amplify.yml."""
    root = {"workspaces": ["web", "docs", "ui", "kit"]}
    web = {"name": "web", "dependencies": {"@acme/ui": "*"}}
    for folder, fields in (
        (".", root),
        ("web", web),
        ("docs", {}),
        ("ui", {"name": "@acme/ui"}),
        ("kit", {}),
    ):
        (project / folder).mkdir(exist_ok=True)
        (project / folder / "package.json").write_text(json.dumps(fields))
        (project / folder / "index.js").write_text("1")
    roots = "".join(f"- {{appRoot: {root}, frontend: {{}}}}\n" for root in ("web", "docs"))
    (project / "amplify.yml").write_text(f"version: 1\napplications:\n{roots}")
    commit(project)
    return project


def commit(project):
    git(project, "add", ".")
    git(project, "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-qm", "a change")


def of_web(project):
    return digest(project, commit=os.urandom(4).hex(), app_root="web")


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("web/index.js", True),
        ("web/new.js", True),
        ("ui/index.js", True),
        ("package-lock.json", True),
        ("amplify.yml", True),
        (".npmrc", True),
        ("tsconfig.base.json", True),
        ("scripts/shared.sh", True),
        ("docs/index.js", False),
        ("docs/new.js", False),
        ("kit/.env", False),
        (".env", True),
        ("kit/package.json", False),
    ],
)
def test_a_file_counts_for_the_application_that_may_read_it(monorepo, path, counts, committed):
    before = of_web(monorepo)
    file = monorepo / path
    file.parent.mkdir(exist_ok=True)
    file.write_text((file.read_text() if file.exists() else "") + " \n")
    if committed:
        commit(monorepo)
    assert (of_web(monorepo) != before) is counts


def test_a_package_that_is_named_counts_from_then_on(monorepo):
    (monorepo / "web/index.js").write_text("require('../kit')")
    before = of_web(monorepo)
    (monorepo / "kit/index.js").write_text("2")
    assert of_web(monorepo) != before


def test_an_output_beside_the_application_may_be_put_together_from_all(monorepo):
    file = monorepo / "amplify.yml"
    file.write_text(
        "version: 1\napplications:\n- {appRoot: docs, frontend: {}}\n"
        "- {appRoot: web, frontend: {buildPath: /, artifacts: {baseDirectory: dist}}}\n"
    )
    spec = load_spec(monorepo, app_root="web").spec
    before = digest(monorepo, spec=spec.digest, app_root="web", frontend=spec.frontend)
    (monorepo / "docs/index.js").write_text("2")
    assert digest(monorepo, spec=spec.digest, app_root="web", frontend=spec.frontend) != before
