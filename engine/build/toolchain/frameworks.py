"""What the installed frameworks need of Node.

The current majors of most install on a Node that is too old for them, with a warning at most, and then fail
with some TypeError in the build; so their ``engines`` are read from ``node_modules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import package_json
from engine.build.toolchain.requirement import requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from engine.build.toolchain.requirement import Requirement

# What runs the build of an app, so that its `engines` are what counts, besides the packages of the table.
_MORE = ("nitropack", "@angular/cli", "@angular/build", "waku", "storybook", "vuepress")


def framework_packages() -> tuple[str, ...]:
    """The npm packages that build apps."""
    from engine.detection.frameworks import FRAMEWORKS

    return (*(package for framework in FRAMEWORKS for package in framework.packages), *_MORE)


def frameworks_against(folders: Sequence[Path], node: str) -> tuple[Requirement, ...]:
    """The frameworks that the app in ``folders[0]`` depends on, are installed, and do not support ``node``.

    ``folders`` are those of :func:`engine.build.toolchain.manifest.folders_of`: a workspace may have its
    ``node_modules`` further up.
    """
    names = _dependencies(folders)
    found = (_installed(name, folders) for name in framework_packages() if name in names)
    return tuple(need for need in found if need and not need.met_by(node))


def _dependencies(folders: Iterable[Path]) -> frozenset[str]:
    about = next((found for folder in folders if (found := package_json(folder))), {})
    tables = (about.get(key) for key in ("dependencies", "devDependencies"))
    return frozenset(name for table in tables if isinstance(table, dict) for name in table)


def _installed(name: str, folders: Iterable[Path]) -> Requirement | None:
    places = (folder / "node_modules" / name for folder in folders)
    return next((requirement(place) for place in places if (place / "package.json").is_file()), None)
