"""Which archive of the build cache belongs to a build, and which others it may start from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.spec.model import Spec

_LOCKFILES = (
    *("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"),
    *("requirements.txt", "poetry.lock", "uv.lock", "Pipfile.lock", "Gemfile.lock", "go.sum"),
)
_INSTEAD = ("package.json",)  # says less, but something, where there is no lock file
_SUFFIX = ".zst"


@dataclass(frozen=True, slots=True)
class CacheKey:
    """``app`` and ``environment`` are folders of the store; ``base`` is the environment that new ones start
    from.

    ``lock`` is of the lock files, ``node`` the major version of Node ("" without Node).
    """

    app: str
    environment: str
    base: str
    lock: str
    node: str

    @property
    def own(self) -> str:
        """The path of the archive that this build keeps."""
        return self._path(self.environment)

    @property
    def folders(self) -> tuple[str, ...]:
        """Where to look: at the environment's own archives, then at those of the base, and at no other's:
        what a pull request kept must not reach production.
        """
        return tuple(dict.fromkeys(f"{self.app}/{name}" for name in (self.environment, self.base)))

    def best(self, newest_first: list[str]) -> str | None:
        """The path to restore from, among those of one folder: the same lock files, else the newest.

        Another major version of Node fits never: what was compiled for it does not load
        (https://nodejs.org/api/addons.html, NODE_MODULE_VERSION).
        """
        fitting = [path for path in newest_first if path.rpartition("/")[2].startswith(f"{self._node}-")]
        same = (path for path in fitting if path.endswith(f"/{self._name}"))
        return next(same, fitting[0] if fitting else None)

    @property
    def _node(self) -> str:
        return f"node{self.node}"

    @property
    def _name(self) -> str:
        return f"{self._node}-{self.lock}{_SUFFIX}"

    def _path(self, environment: str) -> str:
        return f"{self.app}/{environment}/{self._name}"


def cache_key(spec: Spec, project: Path, root: Path, environment: str, base: str, node: str) -> CacheKey:
    """The key of a build of ``spec`` in ``root``, the folder that ``cache.paths`` count from.

    It must be made before the build, which may write the lock file. ``node`` is a version such as ``22.1.0``.
    The lock files are those in ``root`` or in the nearest folder above it, up to ``project``: a workspace has
    them at its top.
    """
    return CacheKey(
        app=_slug(f"{spec.app}/{spec.app_root}"),
        environment=_slug(environment),
        base=_slug(base),
        lock=_digest(_lockfiles(project.resolve(), root.resolve())),
        node=re.sub(r"[^0-9]", "", node.lstrip("v").partition(".")[0]),
    )


def _lockfiles(project: Path, root: Path) -> list[Path]:
    for names in (_LOCKFILES, _INSTEAD):
        for folder in _upwards(root, project):
            if found := [folder / name for name in names if (folder / name).is_file()]:
                return found
    return []


def _upwards(folder: Path, top: Path) -> Iterator[Path]:
    yield folder
    while folder != top and folder.is_relative_to(top):
        folder = folder.parent
        yield folder


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _slug(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{plain}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:10]}"
