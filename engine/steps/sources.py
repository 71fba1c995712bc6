"""A digest of everything a build is made from, so that the same build is not made twice."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from engine._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.context import Context

_TOOLS = ("node", "npm", "bash", "pnpm", "yarn", "bun", "hugo", "python3", "ruby")
_OTHERS = ("ls-files", "-z", "--others", "--exclude-standard")
_LISTS = (
    ("ls-files", "-z", "--stage", "--", "."),
    (*_OTHERS, "--modified", "--", "."),
    (*_OTHERS, "--ignored", "--", ".env*", "**/.env*"),
)


def sources_digest(context: Context) -> str:
    """SHA-256 (hex) of the checkout's files (uncommitted ones included), the commit, the variables, the
    secrets and the tools; "" where git cannot tell, and then every deployment builds.
    """
    files = _files(context.settings.project, context.settings.host)
    if files is None:
        return ""
    spec = context.spec
    rest = {
        "engine": __version__,
        "spec": [spec.digest, spec.app_root],
        "commit": context.checkout.commit,
        "branch": context.environment.branch,
        "url": context.url,
        "outputs": context.record.outputs,
        "variables": dict(context.settings.variables),
        "secrets": dict(context.settings.secrets),
        "tools": [_tool(name, context.settings.host.get("PATH", "")) for name in _TOOLS],
    }
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode())
    for line in files:
        digest.update(line)
    return digest.hexdigest()


def _files(project: Path, host: Mapping[str, str]) -> Iterator[bytes] | None:
    """What is committed, as git's index knows it; then every changed or untracked file by its content, and
    ignored ``.env`` files, which builds read all the same.
    """
    environment = {k: host[k] for k in ("PATH", "HOME") if k in host} | {"GIT_OPTIONAL_LOCKS": "0"}
    with ThreadPoolExecutor(len(_LISTS)) as pool:
        index, changed, ignored = pool.map(lambda listed: _git(project, environment, *listed), _LISTS)
    if index is None or changed is None or ignored is None:
        return None
    paths = sorted(path for path in {*changed.split(b"\0"), *ignored.split(b"\0")} if path)
    return (part for part in (index, *(_content(project, path) for path in paths)))


def _content(project: Path, path: bytes) -> bytes:
    file = project / path.decode(errors="surrogateescape")
    try:
        with file.open("rb") as content:  # it may be large
            return path + b"\0" + hashlib.file_digest(content, "sha256").digest()
    except OSError:
        return path + b"\0gone"


def _tool(name: str, path: str) -> str:
    found = shutil.which(name, path=path)
    if found is None:
        return ""
    file = Path(found).resolve()
    return f"{file}:{file.stat().st_size}:{file.stat().st_mtime_ns}"


def _git(project: Path, environment: dict[str, str], *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments], capture_output=True, timeout=60, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
