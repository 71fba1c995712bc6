"""Find the folder that a build wrote, and say what is wrong where it is not the one the spec names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.steps import where_of
from engine.bundle import deploy_manifest
from engine.bundle.causes import likely_cause
from engine.bundle.servers import servers_in
from engine.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.bundle.servers import Found
    from engine.spec.model import Spec

KEY = "frontend.artifacts.baseDirectory"

# Where build tools write: Vite, Angular and Astro; CRA; Next; Gatsby and Hugo; Jekyll and Eleventy; Nuxt.
_USUAL = (
    "dist",
    "build",
    "out",
    "public",
    "_site",
    ".output/public",
    "build/client",
    "dist/*",
    "dist/*/browser",
)
_SOURCES = ["public"]  # many frameworks keep files there that are only copied

_COUNTS_FROM_APP = (
    "baseDirectory counts from `appRoot`; where a monorepo builds to a folder beside it, set "
    "`frontend.buildPath: /` and count from there"
)
_NO_INDEX = "no usual folder (dist, build, out, public, _site) holds an index.html: did the build run?"


def find_output(app: Path, spec: Spec, project: Path | None = None) -> Path:
    """The folder that ``baseDirectory`` names, counted from ``app`` (a resolved folder; ``/`` is ``app``).

    A link to another folder of the app is followed. Where it is missing, and an adapter for Amplify wrote
    ``.amplify-hosting``, that is taken, as Amplify does
    (https://docs.aws.amazon.com/amplify/latest/userguide/using-framework-adapter.html). Raises BuildError
    where the folder is missing (with the likely cause, or the folder that was probably meant; ``project`` is
    where a monorepo's ``appRoot`` counts from), outside of the app, or made for a server.
    """
    name = spec.frontend.artifacts.base_directory
    if name is None:
        raise _error(spec, "amplify.yml names no `frontend.artifacts.baseDirectory`", _did_you_mean(app))
    folder, name = app / name.strip().strip("/"), name or "/"
    if not folder.resolve().is_relative_to(app):
        raise _error(spec, f"baseDirectory `{name}` is outside of the app, {app}", _COUNTS_FROM_APP)
    _refuse_server(app, folder, spec)
    hosting = app / deploy_manifest.FOLDER
    static = deploy_manifest.static_folder(hosting)
    if static and (folder == hosting or not folder.exists()):
        return static
    if not folder.is_dir():
        raise _missing(app, folder, spec, project)
    _refuse_angular(app, folder, spec)
    return folder


def folders_with_index(folder: Path) -> list[str]:
    """The usual output folders below ``folder`` that hold an index.html, relative, most usual first."""
    return list(dict.fromkeys(_with_index(folder)))


def _with_index(folder: Path) -> Iterator[str]:
    for pattern in _USUAL:
        for found in sorted(folder.glob(pattern)):
            if (found / "index.html").is_file():
                yield found.relative_to(folder).as_posix()


def _refuse_server(app: Path, folder: Path, spec: Spec) -> None:
    by_adapter = not folder.exists() or folder.is_relative_to(app / deploy_manifest.FOLDER)
    for found in servers_in(app, adapters=by_adapter):
        if not _is_meant(found, app, folder):
            continue
        others = [name for name in folders_with_index(app) if not (app / name).is_relative_to(found.folder)]
        raise _error(
            spec,
            "server-side rendering is not supported yet: it needs compute behind the edge, and "
            f"`{found.sign.relative_to(app).as_posix()}` is part of a server ({found.server.framework})",
            _did_you_mean(app) if others and others != _SOURCES else found.server.hint,
        )


def _is_meant(found: Found, app: Path, folder: Path) -> bool:
    real = folder.resolve()
    if real.is_relative_to(found.folder):
        return True
    if not folder.exists():
        return found.folder.name == deploy_manifest.FOLDER or not folders_with_index(app)
    return found.folder.is_relative_to(real) and not (folder / "index.html").is_file()


def _refuse_angular(app: Path, folder: Path, spec: Spec) -> None:
    if (folder / "index.html").is_file():
        return
    pages = (*folder.glob("browser/index.html"), *folder.glob("*/browser/index.html"))
    if pages:
        site = pages[0].parent.relative_to(app).as_posix()
        shown = spec.frontend.artifacts.base_directory or "/"
        raise _error(
            spec,
            f"baseDirectory `{shown}` holds no index.html: Angular puts the site into `{site}`",
            f"set `baseDirectory: {site}`",
        )


def _missing(app: Path, folder: Path, spec: Spec, project: Path | None) -> BuildError:
    name = spec.frontend.artifacts.base_directory
    reason = "is a file" if folder.exists() else "does not exist after the build"
    if folder.is_symlink() and not folder.exists():
        reason = f"is a link to {folder.readlink()}, which does not exist after the build"
    if project and (own := (project.resolve() / str(name)).resolve()).is_relative_to(app) and own.is_dir():
        root = app.relative_to(project.resolve()).as_posix()
        hint = f"it counts from `{root}`: write `{own.relative_to(app).as_posix()}`"
        return _error(spec, f"baseDirectory `{name}` {reason}", hint)
    index, cause = folders_with_index(app), likely_cause(app, spec)
    if cause and (not index or index == _SOURCES):
        return _error(spec, f"baseDirectory `{name}` {reason}: {cause[0]}", cause[1])
    return _error(spec, f"baseDirectory `{name}` {reason}", _did_you_mean(app))


def _did_you_mean(app: Path) -> str:
    found = folders_with_index(app)
    if found:
        return f"did you mean `{found[0]}`? It holds an index.html"
    if (app / "index.html").is_file():
        return "did you mean `/`? The app's own folder holds an index.html"
    return _NO_INDEX


def _error(spec: Spec, message: str, hint: str) -> BuildError:
    return BuildError(message, where=where_of(spec, KEY), hint=hint)
