"""Builds that need a server, told by what they wrote: never published as a static site that is broken.

What each framework writes was measured; the deploy manifest is Amplify's
(https://docs.aws.amazon.com/amplify/latest/userguide/ssr-deployment-specification.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle import deploy_manifest
from engine.detection.frameworks import framework_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Server:
    """``folder`` is a glob below the app, ``signs`` are globs in it of what only a server's build leaves.

    ``hint`` tells how the framework makes a static site instead.
    """

    framework: str
    folder: str
    signs: tuple[str, ...]
    hint: str


def _server(id: str, folder: str, *signs: str) -> Server:
    framework = framework_of(id)
    return Server(framework.name, folder, signs, framework.hint)


SERVERS = (
    _server("next", ".next", "required-server-files.json", "BUILD_ID", "server", "standalone"),
    _server("nuxt", ".output", "server"),
    _server("astro", "dist", "server/entry.mjs"),
    _server("angular", "dist/*", "server/server.mjs", "server/main.server.mjs", "server/main.js"),
    _server("sveltekit", "build", "handler.js"),
    _server("react-router", "build", "server/index.js", "server/*/index.js"),
)
_BY_MANIFEST = Server(
    "an adapter for Amplify",
    deploy_manifest.FOLDER,
    (deploy_manifest.NAME,),
    "build a static export with your framework and name its folder as `baseDirectory`",
)


@dataclass(frozen=True, slots=True)
class Found:
    """The output of a server: of which framework, in which folder, and the file that tells."""

    server: Server
    folder: Path
    sign: Path


def servers_in(app: Path, *, adapters: bool = True) -> Iterator[Found]:
    """The outputs of servers that builds left in ``app``; ``adapters`` for Amplify are looked at as well.

    Raises BuildError for a damaged deploy manifest.
    """
    hosting = app / deploy_manifest.FOLDER
    if adapters and deploy_manifest.needs_compute(hosting):
        yield Found(_BY_MANIFEST, hosting, hosting / deploy_manifest.NAME)
    for server in SERVERS:
        for folder in sorted(app.glob(server.folder)):
            sign = next((sign for glob in server.signs for sign in folder.glob(glob)), None)
            if sign is not None:
                yield Found(server, folder, sign)
