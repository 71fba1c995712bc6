"""The apps of a repository: the members of its workspace, Nx projects, or folders such as ``frontend``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.detection.detect import detect
from engine.detection.source import source_of
from engine.doctor.managers import LOCKFILES
from engine.doctor.package import read_package
from engine.errors import UsageError, Where
from engine.monorepo.members import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from engine.detection.model import Detection

_PAGES = ("index.html", "src/index.html", "public/index.html")
_SKIPPED = frozenset(
    ("node_modules", "bower_components", "dist", "build", "examples", "tests", "e2e", "vendor", "amplify")
)
# What an app in a folder below has at its top; folders of these names hold pages of something else.
_TOPS = ("package.json", "index.html", "mkdocs.yml", "hugo.toml", "hugo.yaml", "config.toml", "_config.yml")
_PARTS = frozenset(("public", "static", "src", "templates", "views", "assets", "www"))


def applications(folder: Path, roots: Iterable[str] = ()) -> tuple[Detection, ...]:
    """The apps in ``roots``, else all that are found below ``folder``, by their folder.

    Raises UsageError, saying what to do, where there is none.
    """
    if chosen := tuple(roots):
        return tuple(_named(folder, root) for root in chosen)
    _refuse_member(folder)
    inside = (*members(folder), *_nx_projects(folder))
    found = [app for root in dict.fromkeys(inside) if _is_app(app := detect(folder, root), folder)]
    own = detect(folder)
    if _is_app(own, folder) and (not found or _has_pages(own, folder)):
        found.insert(0, own)
    if not found and not inside:
        found = list(_beside(folder))
    if not found and own.build and not inside:
        found = [own]
    if not found:
        raise _nothing(folder)
    return tuple(found)


def _beside(folder: Path) -> Iterator[Detection]:
    """The apps in folders below, without what is in the folder of one of them."""
    inside: tuple[str, ...] = ()
    for root in _subfolders(folder):
        if not root.startswith(inside) and _is_app(app := detect(folder, root), folder):
            inside = (*inside, f"{root}/")
            yield app


def _named(folder: Path, root: str) -> Detection:
    inside = root.strip().strip("/").removeprefix("./")
    place = (folder / inside).resolve()
    if not place.is_dir() or not place.is_relative_to(folder.resolve()):
        raise UsageError(
            f"there is no folder {inside} in {folder}", hint="--app-root counts from the repository's root."
        )
    found = detect(folder, "" if inside == "." else inside)
    if found.framework is None and not found.build:
        raise _nothing(place)
    return found


def _is_app(found: Detection, folder: Path) -> bool:
    """Not a library that only has a framework among its packages."""
    framework = found.framework
    if framework is None or not found.app_root:
        return framework is not None
    source = source_of(folder, found.app_root)
    if not framework.packages:
        return True
    tool = framework.build.split()[1]
    configured = any(any(source.folder.glob(glob)) for glob in framework.config)
    builds = tool in source.script("build").replace("&", " ").split()
    return _has_pages(found, folder) or (not framework.bundler and (builds or configured))


def _has_pages(found: Detection, folder: Path) -> bool:
    return any((folder / found.app_root / page).is_file() for page in _PAGES)


def _nx_projects(folder: Path) -> Iterator[str]:
    if (folder / "nx.json").is_file():
        for pattern in ("*/project.json", "*/*/project.json"):
            for file in sorted(folder.glob(pattern)):
                if file.parts[-2] not in _SKIPPED and "node_modules" not in file.parts:
                    yield file.parent.relative_to(folder).as_posix()


def _subfolders(folder: Path) -> Iterator[str]:
    for pattern in ("*/", "*/*/"):
        for place in sorted(folder.glob(pattern)):
            parts = place.relative_to(folder).parts
            hidden = any(part.startswith(".") for part in parts)
            if hidden or _SKIPPED & set(parts) or (_PARTS & set(parts) and not (place / _TOPS[0]).is_file()):
                continue
            if any((place / name).is_file() for name in _TOPS):
                yield "/".join(parts)


def _refuse_member(folder: Path) -> None:
    """The lockfile of a workspace is at its top, and a build sees nothing above the folder of amplify.yml."""
    own = folder.resolve()
    for above in own.parents:
        if (own / ".git").exists() or any((own / name).is_file() for name in LOCKFILES):
            return
        root = own.relative_to(above).as_posix()
        if root in members(above):
            raise UsageError(
                f"{folder} is in the workspace of {above}, which has the lockfile",
                hint=f"Run `windlass init --project {above} --app-root {root}`.",
            )
        if (above / ".git").exists():
            return


def _nothing(folder: Path) -> UsageError:
    package = folder / "package.json"
    if not package.is_file():
        return UsageError(
            f"{folder} has neither a package.json nor an index.html, and no folder in it is an app",
            hint="Say --project FOLDER, the one of the app.",
        )
    if not source_of(folder).package:
        return _unreadable(folder)
    return UsageError(
        f"{package} has no script `build`, and no framework that Windlass knows",
        hint="Add one, or write amplify.yml by hand (`windlass schema` knows every key).",
    )


def _unreadable(folder: Path) -> UsageError:
    package = read_package(folder)
    said, line = (package.fault if package else None) or ("it is no object", 1)
    where = Where(str(folder / "package.json"), line)
    return UsageError(
        f"package.json cannot be read: {said}", where=where, hint="Mend it, then run this again."
    )
