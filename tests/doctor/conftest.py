import json
import os
import subprocess
import textwrap

import pytest

from engine.doctor.doctor import found_by
from engine.doctor.project import Project
from engine.doctor.rules import RULES
from engine.spec import load_specs

SPEC = """
    version: 1
    frontend:
      phases:
        preBuild:
          commands:
            - npm ci
        build:
          commands:
            - npm run build
      artifacts:
        baseDirectory: dist
"""
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.com")


def _spec(*commands, base="dist", more=""):
    """An amplify.yml whose build runs ``commands``."""
    lines = "\n".join(f"        - {json.dumps(command)}" for command in commands)
    return (
        f"version: 1\nfrontend:\n  phases:\n    build:\n      commands:\n{lines}\n"
        f"  artifacts:\n    baseDirectory: {base}\n{textwrap.dedent(more)}"
    )


def _package(**keys):
    """A package.json with a script `build`, and ``keys`` instead of what they name."""
    return json.dumps({"name": "app", "scripts": {"build": "vite build"}, **keys}, indent=2)


def write(folder, files):
    """``files`` below ``folder``: path -> text. There is always an amplify.yml."""
    for path, text in {"amplify.yml": SPEC, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(textwrap.dedent(text))


def committed(folder):
    """``folder`` as a checkout in which everything is committed that git does not ignore."""
    for line in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*GIT, *line], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def spec():
    return _spec


@pytest.fixture
def package():
    return _package


@pytest.fixture
def project(tmp_path):
    """A function: files -> the project that they make."""

    def _project(files, *, git=False, host=None):
        write(tmp_path, files)
        if git:
            committed(tmp_path)
        return Project(tmp_path, load_specs(tmp_path), host or {"PATH": os.environ["PATH"], "CI": "true"})

    return _project


@pytest.fixture
def look(project):
    """A function: the name of a rule and files -> what it finds."""

    def _look(name, files, **options):
        rule = next(rule for rule in RULES if rule.name == name)
        found = list(found_by(rule, project(files, **options)))
        assert all(finding.fix for finding in found)
        return found

    return _look
