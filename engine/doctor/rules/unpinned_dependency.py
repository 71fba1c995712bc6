"""A dependency that any version fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.package import PackageFile
    from engine.doctor.project import App, Project

_ANY = re.compile(r"|\*|x|latest|next|canary|nightly|>=?\s*[\d.]+(?:-\S+)?", re.IGNORECASE)
_MOVING = re.compile(r"(?:git\+|git:|github:|gitlab:|bitbucket:|[\w.-]+/[\w.-]+(?:#|$)).*")
_COMMIT = re.compile(r"#(?:[0-9a-f]{7,40}|v?\d+\.\d+.*|semver:.*)$")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.package:
            for kind, name, version in _unpinned(project, app.package):
                where = app.package.where(kind, name)
                yield Finding(
                    f"`{name}: {version or '(empty)'}` takes {_taken(version)}", where, _fix(app, name)
                )


def _unpinned(project: Project, package: PackageFile) -> Iterator[tuple[str, str, str]]:
    found = [entry for entry in package.wanted() if _is_unpinned(entry[2])]
    own = _own_packages(project) if found else frozenset()  # `*` is how npm and Yarn name a neighbour
    yield from (entry for entry in found if entry[1] not in own)


def _is_unpinned(version: str) -> bool:
    plain = version.strip().rpartition("@")[2] if version.startswith("npm:") else version.strip()
    return bool(_ANY.fullmatch(plain)) or bool(_MOVING.fullmatch(plain) and not _COMMIT.search(plain))


def _own_packages(project: Project) -> frozenset[str]:
    return frozenset(package.name for package in project.workspace.packages.values())


def _taken(version: str) -> str:
    return (
        "whatever is on its branch" if _MOVING.fullmatch(version.strip()) else "whatever is newest, any major"
    )


def _fix(app: App, name: str) -> str:
    locked = _locked(app, name)
    return f'Write `"{name}": "^{locked}"`, which the lockfile has.' if locked else RULE.fix


def _locked(app: App, name: str) -> str:
    """The version that npm's lockfile has of a direct dependency."""
    path = next((path for path in app.lockfiles if path.endswith("package-lock.json")), None)
    if path is None:
        return ""
    text = (app.project.folder / path).read_text(errors="replace")
    found = re.search(rf'"node_modules/{re.escape(name)}"\s*:\s*\{{\s*"version"\s*:\s*"([^"]+)"', text)
    return found[1] if found else ""


RULE = Rule(
    name="unpinned-dependency",
    severity="warning",
    what="A dependency is `latest`, `*`, `>=` something, or a branch of a git repository.",
    why="The next time the lockfile is made, or a package is added, it may become another major version; "
    "without a lockfile, with every build.",
    fix="Write the version that works, as `^1.2.3`.",
    look=_look,
    source="https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies",
)
