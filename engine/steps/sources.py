"""A digest of everything a build is made from, so that the same build is not made twice."""

from __future__ import annotations

import hashlib
import json
import posixpath
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from engine._version import __version__
from engine.build.model import SECTIONS
from engine.build.patterns import Patterns
from engine.build.steps import steps_of
from engine.environment.variables import values
from engine.spec.cache_paths import leaves_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.context import Context, Settings
    from engine.spec.model import Spec

_TOOLS = ("node", "npm", "bash", "pnpm", "yarn", "bun", "hugo", "python3", "ruby")
_OTHERS = ("ls-files", "-z", "--others", "--exclude-standard")


def sources_digest(context: Context) -> str:
    """SHA-256 (hex) of the files that a build of the application may read (uncommitted ones included), their
    last commit, the variables, the secrets and the tools; "" where git cannot tell, and then every deployment
    builds.

    They are all files of the checkout, but for those of packages of a monorepo that the application has
    nothing to do with (see :mod:`engine.monorepo.mentions`), and those of functions that nothing else names:
    a function that changed is no reason to build the frontend again.
    """
    places = _places(context)
    files = _files(context, places)
    if files is None:
        return ""
    spec = context.spec
    rest = {
        "engine": __version__,
        "spec": [spec.digest, spec.app_root],
        "commit": _commit(context, places),
        "branch": context.environment.branch,
        "url": context.url,
        "outputs": context.told,
        "variables": values(context.variables),
        "secrets": {secret.name: [secret.scope, secret.stamp] for secret in context.secrets},
        "tools": [_tool(name, context.settings.host.get("PATH", "")) for name in _TOOLS],
    }
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode())
    for line in files:
        digest.update(line)
    return digest.hexdigest()


def _places(context: Context) -> tuple[str, ...]:
    """Where the application's sources are, as pathspecs of git (gitglossary(7))."""
    aside = (*_unrelated_packages(context), *functions_apart(context))
    return (".", *(f":(exclude,literal){folder}" for folder in aside))


def _unrelated_packages(context: Context) -> tuple[str, ...]:
    if not context.spec.app_root or _writes_elsewhere(context.spec):
        return ()
    from engine.steps.workspace import workspace_of  # of no use to most repositories

    return workspace_of(context.settings, context.spec).unrelated_to(context.spec.app_root)


def functions_apart(context: Context) -> tuple[str, ...]:
    """The folders of functions that neither the frontend's commands nor any file outside of them names."""
    spec = context.spec
    sources = {function.source for function in spec.backend.functions.values() if function.source}
    commands = "\n".join(step.command for section in SECTIONS for step in steps_of(spec, section))
    folders = {source: posixpath.join(spec.app_root, source) for source in sources if source not in commands}
    return tuple(
        sorted(folder for source, folder in folders.items() if not _is_named(context, source, folder))
    )


def _is_named(context: Context, source: str, folder: str) -> bool:
    named = ("-e", source, "-e", f"../{source.rpartition('/')[2]}")
    aside = (f":(exclude,literal){folder}", ":(exclude,top)*amplify.y*ml", ":(exclude)*.md")
    return _git(context.settings, "grep", "-IqF", "--untracked", *named, "--", ".", *aside) is not None


def _writes_elsewhere(spec: Spec) -> bool:
    """Whether the output is beside the application, and so may be put together from several."""
    base = posixpath.join(spec.frontend.build_path or "", spec.frontend.artifacts.base_directory or "")
    root = f"{spec.app_root}/"
    return spec.frontend.build_path is not None and not f"{base.strip('/')}/".startswith(root)


def _commit(context: Context, places: tuple[str, ...]) -> str:
    """The commit that is built; where only some files are sources, the last one that changed any of them."""
    if len(places) == 1:
        return context.checkout.commit
    last = _git(context.settings, "log", "-1", "--format=%H", "HEAD", "--", *places)
    return last.decode().strip() if last else context.checkout.commit


def _files(context: Context, places: tuple[str, ...]) -> Iterator[bytes] | None:
    """What is committed, as git's index knows it; then every changed or untracked file by its content, and
    ignored ``.env`` files, which builds read all the same. What builds keep for each other is no source.
    """
    lists = (
        ("ls-files", "-z", "--stage", "--", *places),
        ("ls-files", "-z", "--modified", "--", *places),
        (*_OTHERS, "--", *places, *_caches(context.spec)),
        (*_OTHERS, "--ignored", "--", ".env*", "**/.env*", *places[1:]),
    )
    with ThreadPoolExecutor(len(lists)) as pool:
        found = list(pool.map(lambda listed: _git(context.settings, *listed), lists))
    told = [listed for listed in found if listed is not None]
    if len(told) < len(lists):
        return None
    index, *others = told
    paths = sorted({path for listed in others for path in listed.split(b"\0") if path})
    return (part for part in (index, *(_content(context.settings.project, path) for path in paths)))


def _caches(spec: Spec) -> tuple[str, ...]:
    build_path = spec.frontend.build_path
    base = spec.app_root if build_path is None else build_path.strip("/")
    kept = Patterns(path for path in spec.frontend.cache.paths if not leaves_app(path))
    return tuple(f":(exclude,literal){posixpath.join(base, folder)}" for folder in kept.folders)


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


def _git(settings: Settings, *arguments: str) -> bytes | None:
    host = settings.host
    environment = {k: host[k] for k in ("PATH", "HOME") if k in host} | {"GIT_OPTIONAL_LOCKS": "0"}
    line = ["git", "-C", str(settings.project), *arguments]
    try:
        done = subprocess.run(line, capture_output=True, timeout=60, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
