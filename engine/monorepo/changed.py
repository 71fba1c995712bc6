"""The files that changed since a commit, as git knows them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def changed_since(project: Path, ref: str, host: Mapping[str, str]) -> frozenset[str]:
    """The files below ``project``, relative with ``/``, that changed since HEAD left ``ref`` (what
    ``git diff ref...HEAD`` gives), and what is not committed.

    Raises UsageError where git does not know ``ref``, or knows no commit that both come from.
    """
    return _changed(project, host, ref, f"{ref}...HEAD")


def changed_between(project: Path, commit: str, host: Mapping[str, str]) -> frozenset[str]:
    """The files that are different from those of ``commit``, wherever HEAD came from. Raises UsageError."""
    return _changed(project, host, commit, f"{commit}..HEAD")


def _changed(project: Path, host: Mapping[str, str], ref: str, span: str) -> frozenset[str]:
    if ref.startswith("-") or not _git(project, host, "rev-parse", "-q", "--verify", f"{ref}^{{commit}}"):
        raise UsageError(
            f"git knows no commit `{ref}` in {project}",
            hint="Fetch it first: `git fetch origin main` and --changed-since origin/main; in a CI system, "
            "check out with the whole history (actions/checkout: `fetch-depth: 0`; GitLab: GIT_DEPTH: 0).",
        )
    difference = ("diff", "--name-only", "--no-renames", "--relative", "-z")
    committed = _git(project, host, *difference, span, "--")
    if committed is None:
        raise UsageError(
            f"git finds no commit that HEAD and `{ref}` both come from",
            hint="The checkout is too shallow: `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`).",
        )
    present = _git(project, host, *difference, "HEAD", "--") or ""
    new = _git(project, host, "ls-files", "-z", "--others", "--exclude-standard", "--", ".") or ""
    return frozenset(path for path in f"{committed}\0{present}\0{new}".split("\0") if path)


def _git(project: Path, host: Mapping[str, str], *arguments: str) -> str | None:
    environment = {k: host[k] for k in ("PATH", "HOME") if k in host} | {"GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments], capture_output=True, env=environment, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="surrogateescape") if done.returncode == 0 else None
