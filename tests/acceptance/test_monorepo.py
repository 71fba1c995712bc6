"""A workspace with two applications and a package that one of them needs, without a registry."""

import json
import subprocess
import uuid

import httpx
import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
applications:
  - appRoot: apps/web
    app: web
    frontend:
      phases:
        preBuild:
          commands: [npm install --no-audit --no-fund --offline]
        build:
          commands: [npm run build]
      artifacts: {baseDirectory: dist}
  - frontend:
      buildPath: /
      phases:
        preBuild:
          commands: [npm ci --no-audit --no-fund --offline]
        build:
          commands: [npm run build --workspace admin]
      artifacts: {baseDirectory: apps/admin/dist}
    app: admin
    appRoot: apps/admin
"""
BUILD = """
const fs = require('fs');
fs.mkdirSync('dist', {recursive: true});
const title = fs.readFileSync('title.txt', 'utf8').trim();
const root = process.env.AMPLIFY_MONOREPO_APP_ROOT;
fs.writeFileSync('dist/index.html', `<!doctype html><title>${title}</title>${DEPENDENCY} in ${root}`);
"""
UI = "module.exports = 'ui one';\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The folder of a workspace: apps/web needs packages/ui, apps/admin needs nothing."""
    root = tmp_path_factory.mktemp("workspace") / "acme"

    def write(path, content):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content if isinstance(content, str) else json.dumps(content))

    scripts = {"build": "node build.js"}
    write("package.json", {"name": "acme", "private": True, "workspaces": ["apps/*", "packages/*"]})
    write("packages/ui/package.json", {"name": "@acme/ui", "version": "1.0.0", "main": "index.js"})
    write("packages/ui/index.js", UI)
    needs = {"@acme/ui": "^1.0.0"}
    write(
        "apps/web/package.json",
        {"name": "web", "version": "1.0.0", "scripts": scripts, "dependencies": needs},
    )
    write("apps/web/build.js", BUILD.replace("DEPENDENCY", "require('@acme/ui')"))
    write("apps/web/title.txt", "web one")
    write("apps/admin/package.json", {"name": "admin", "version": "1.0.0", "scripts": scripts})
    write("apps/admin/build.js", BUILD.replace("DEPENDENCY", "'alone'"))
    write("apps/admin/title.txt", "admin one")
    write(".gitignore", "node_modules\ndist\n")
    write("amplify.yml", SPEC)
    subprocess.run(["npm", "install", "--offline", "--no-audit"], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture(scope="module")
def live(make_project, workspace):
    """The workspace as a project, both applications deployed."""
    project = make_project(workspace)
    for app in ("web", "admin"):
        project.deploy("--app-root", f"apps/{app}")
    project.first = {app: page(project, app) for app in ("web", "admin")}
    yield project
    for app in ("web", "admin"):
        project.destroy("prod", "--app-root", f"apps/{app}")
    assert project.left() == []


def head(project):
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"],
        cwd=project.folder,
        env=project.host,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def settle(project):
    """Commit whatever other tests left."""
    project.write("settled.txt", uuid.uuid4().hex)
    project.commit()


def page(project, app):
    target = project.target
    return httpx.get(target.endpoint, headers={"host": f"prod.{app}.localhost:{target.port}"}).text


def compared(done):
    return {
        event["app_root"]: (event["deploys"], event["reason"]) for event in done.of("application-compared")
    }


def test_each_application_is_built_in_its_folder_with_the_workspace_installed(live):
    assert "<title>web one</title>ui one in apps/web" in live.first["web"]
    assert "<title>admin one</title>alone in apps/admin" in live.first["admin"]


def test_which_application_it_is_must_be_said_and_is_told(live):
    failed = live.run("deploy", "--target", "local", code=2)
    assert "apps/web, apps/admin" in failed.err and "AMPLIFY_MONOREPO_APP_ROOT" in failed.err
    named = live.run("explain", "--target", "local", "--json", "--app-root", "/apps/web/")
    values = {value["key"]: value for value in named.of("explanation")[0]["values"]}
    assert (values["application"]["value"], values["application"]["origin"]) == ("apps/web", "--app-root")


def test_the_variable_of_amplify_names_it_in_the_shell(live):
    live.host["AMPLIFY_MONOREPO_APP_ROOT"] = "apps/admin"
    try:
        done = live.deploy()
        (chosen,) = done.of("application-chosen")
        assert (chosen["app_root"], chosen["app"]) == ("apps/admin", "admin")
        assert chosen["reason"] == "AMPLIFY_MONOREPO_APP_ROOT of this shell"
        live.host["AMPLIFY_MONOREPO_APP_ROOT"] = "apps/nowhere"
        failed = live.run("deploy", "--target", "local", code=2)
        assert "AMPLIFY_MONOREPO_APP_ROOT of this shell" in failed.err
    finally:
        del live.host["AMPLIFY_MONOREPO_APP_ROOT"]


def test_a_change_of_a_package_deploys_what_needs_it_and_skips_the_sibling(live):
    since, before = head(live), page(live, "admin")
    live.write("packages/ui/index.js", UI.replace("one", "two"))
    live.commit()
    done = live.deploy("--changed-since", since)
    decisions = compared(done)
    assert decisions["apps/web"] == (
        True,
        f"packages/ui/index.js changed since {since}, and it needs @acme/ui",
    )
    assert decisions["apps/admin"] == (False, f"nothing of apps/admin changed since {since}")
    assert [event["app"] for event in done.of("deployed")] == ["web"]
    assert "ui two" in page(live, "web")
    assert page(live, "admin") == before
    (unchanged,) = live.deploy("--app-root", "apps/admin").of("deployed")
    assert unchanged["unchanged"]  # although the commit is another one


def test_a_change_of_the_lock_file_concerns_all_and_of_a_readme_none(live):
    settle(live)
    since = head(live)
    live.write("README.md", "hello\n")
    assert {deploys for deploys, _ in compared(live.deploy("--changed-since", since)).values()} == {False}
    live.write("scripts/shared.sh", "echo\n")
    done = live.deploy("--changed-since", since)
    assert {deploys for deploys, _ in compared(done).values()} == {True}
    assert [event["app"] for event in done.of("deployed")] == ["web", "admin"]


def test_one_named_application_is_compared_alone(live):
    settle(live)
    since, before = head(live), page(live, "admin")
    live.write("apps/admin/title.txt", "admin two\n")
    live.commit()
    done = live.deploy("--changed-since", since, "--app-root", "apps/web")
    assert list(compared(done)) == ["apps/web"]
    assert done.of("deployed") == []
    assert page(live, "admin") == before


def test_a_commit_that_git_does_not_know(live):
    failed = live.run("deploy", "--target", "local", "--changed-since", "origin/main", code=2)
    assert "git knows no commit `origin/main`" in failed.err


def test_amplifys_diff_deploy_compares_with_what_is_live(live):
    variables = ("--app-root", "apps/web", "--var", "AMPLIFY_DIFF_DEPLOY=true")
    live.write("apps/web/title.txt", "web two\n")
    live.commit()
    done = live.deploy(*variables)
    assert compared(done)["apps/web"][0] is True
    assert "web two" in page(live, "web")
    released = head(live)
    live.write("README.md", uuid.uuid4().hex)  # a build could read it; by Amplify's rule it is none of web's
    live.commit()
    done = live.deploy(*variables)
    (deployed,) = done.of("deployed")
    assert f"{released[:12]}, which is live" in deployed["skipped"]
    assert not done.of("command-started")
    assert live.deploy(*variables, "--rebuild").of("command-started")
