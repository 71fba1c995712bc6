"""Whether an application is to be deployed for a change, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.monorepo.workspace import Workspace

# What no build reads, at the root of a repository.
_PAPERWORK = re.compile(
    r"[^/]+\.md|(LICENSE|LICENCE|NOTICE|CODEOWNERS)(\.\w+)?|\.(gitignore|gitattributes|editorconfig|mailmap)"
    r"|\.(github|gitlab|circleci|vscode|idea|husky|devcontainer)/.*|\.gitlab-ci\.yml|bitbucket-pipelines\.yml"
    r"|Jenkinsfile|\.travis\.yml",
    re.IGNORECASE,
)
_SHOWN = 2  # names in a reason


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the application at ``app_root`` is deployed, and the ``reason`` for people."""

    app_root: str
    deploys: bool
    reason: str


def decide(
    app_root: str, workspace: Workspace, changed: Iterable[str], since: str, *, root: str = ""
) -> Decision:
    """What the files that ``changed`` since ``since`` mean for the application at ``app_root``.

    It is concerned by its own files (those below ``root`` instead, if that is said), by those of the packages
    it needs, and by files that are of no package, such as a lock file, amplify.yml or a shared script; but
    not by what no build reads, such as a README at the root.
    """
    own = root or app_root
    needed = workspace.needed_by(app_root)
    reasons: dict[str, list[str]] = {}
    for path in sorted(changed):
        if (why := _concern(path, own, needed, workspace)) is not None:
            reasons.setdefault(why, []).append(path)
    if not reasons:
        return Decision(app_root, False, _untouched(own, needed, since))
    why, paths = min(reasons.items(), key=lambda item: len(item[0]))
    return Decision(app_root, True, f"{_some(paths)} changed since {since}{why}")


def _concern(path: str, own: str, needed: dict[str, tuple[str, ...]], workspace: Workspace) -> str | None:
    """ "" for a file of the application, how it is concerned for another; None where it is not."""
    if _below(path, own):
        return None if not own and _PAPERWORK.fullmatch(path) else ""
    for folder, way in needed.items():
        if _below(path, folder):
            through = f" through {', '.join(way[:-1])}" if way[:-1] else ""
            return f", and it needs {way[-1]}{through}"
    if workspace.owner(path) is None and not _PAPERWORK.fullmatch(path):
        return ", which is of no package and may concern every application"
    return None


def _untouched(own: str, needed: dict[str, tuple[str, ...]], since: str) -> str:
    names = [way[-1] for way in needed.values()]
    others = f" or of what it needs ({_some(names)})" if names else ""
    return f"nothing of {own or 'the repository'}{others} changed since {since}"


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
