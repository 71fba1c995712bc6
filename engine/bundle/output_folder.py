"""Find the folder that a build wrote, and say what is wrong where it is not the one the spec names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.steps import where_of
from engine.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Server:
    """``sign`` is a file or folder that only a server's build leaves; ``hint`` tells how to do without."""

    folder: str
    sign: str
    framework: str
    hint: str


_NEXT = "set `output: 'export'` in next.config.js and `baseDirectory: out`"
_NUXT = "build with `nuxt generate` and set `baseDirectory: .output/public`"
_ASTRO = "remove the adapter and `output: 'server'` from astro.config.mjs"
_SVELTE = "use @sveltejs/adapter-static in svelte.config.js"
_OTHER = "build a static export with your framework and name its folder as `baseDirectory`"

_SERVERS = (
    Server(".next", "required-server-files.json", "Next.js", _NEXT),
    Server(".next", "BUILD_ID", "Next.js", _NEXT),
    Server(".next", "server", "Next.js", _NEXT),
    Server(".amplify-hosting", "deploy-manifest.json", "an adapter", _OTHER),
    Server(".output", "server", "Nuxt or Nitro", _NUXT),
    Server("dist", "server/entry.mjs", "Astro", _ASTRO),
    Server("build", "handler.js", "SvelteKit", _SVELTE),
)


_COUNTS_FROM_APP = (
    "baseDirectory counts from `appRoot`; where a monorepo builds to a folder beside it, set "
    "`frontend.buildPath: /` and count from there"
)
_NO_INDEX = "no usual folder (dist, build, out, public, _site) holds an index.html: did the build run?"


def find_output(app: Path, spec: Spec) -> Path:
    """The folder that ``baseDirectory`` names, counted from ``app`` (a resolved folder; ``/`` is ``app``).

    A link to another folder of the app is followed. Raises BuildError where it is missing (with the folder
    that was probably meant), outside of the app, or made for a server.
    """
    name = spec.frontend.artifacts.base_directory
    if name is None:
        raise _error(spec, "amplify.yml names no `frontend.artifacts.baseDirectory`", _did_you_mean(app))
    folder, name = app / name.strip().strip("/"), name or "/"
    if not folder.resolve().is_relative_to(app):
        raise _error(spec, f"baseDirectory `{name}` is outside of the app, {app}", _COUNTS_FROM_APP)
    _refuse_server(app, folder, spec)
    if folder.is_dir():
        return folder
    reason = "is a file" if folder.exists() else "does not exist after the build"
    raise _error(spec, f"baseDirectory `{name}` {reason}", _did_you_mean(app))


def folders_with_index(folder: Path) -> list[str]:
    """The usual output folders below ``folder`` that hold an index.html, relative, most usual first."""
    return list(dict.fromkeys(_with_index(folder)))


def _with_index(folder: Path) -> Iterator[str]:
    for pattern in _USUAL:
        for found in sorted(folder.glob(pattern)):
            if (found / "index.html").is_file():
                yield found.relative_to(folder).as_posix()


def _refuse_server(app: Path, folder: Path, spec: Spec) -> None:
    index = folders_with_index(app)
    for server in _SERVERS:
        made = app / server.folder
        meant = made in (folder, *folder.parents) or not (folder.exists() or index)
        if meant and (made / server.sign).exists() and not (folder / "index.html").is_file():
            raise _error(
                spec,
                f"server-side rendering is not supported yet: `{server.folder}` is the output of a server "
                f"({server.framework})",
                _did_you_mean(app) if index else server.hint,
            )


def _did_you_mean(app: Path) -> str:
    found = folders_with_index(app)
    if found:
        return f"did you mean `{found[0]}`? It holds an index.html"
    if (app / "index.html").is_file():
        return "did you mean `/`? The app's own folder holds an index.html"
    return _NO_INDEX


def _error(spec: Spec, message: str, hint: str) -> BuildError:
    return BuildError(message, where=where_of(spec, KEY), hint=hint)
