"""Builds that need a server, told by what they wrote: never published as a static site that is broken.

What each framework writes was measured; the deploy manifest is Amplify's
(https://docs.aws.amazon.com/amplify/latest/userguide/ssr-deployment-specification.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle import deploy_manifest

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


SERVERS = (
    Server(
        "Next.js",
        ".next",
        ("required-server-files.json", "BUILD_ID", "server", "standalone"),
        "set `output: 'export'` in next.config.js and `baseDirectory: out`",
    ),
    Server(
        "Nuxt or Nitro",
        ".output",
        ("server",),
        "build with `nuxt generate` and set `baseDirectory: .output/public`",
    ),
    Server(
        "Astro",
        "dist",
        ("server/entry.mjs",),
        "remove the adapter and `output: 'server'` from astro.config.mjs",
    ),
    Server(
        "Angular",
        "dist/*",
        ("server/server.mjs", "server/main.server.mjs", "server/main.js"),
        'set `"outputMode": "static"` in angular.json, or take `ssr` and `server` out of it',
    ),
    Server(
        "SvelteKit",
        "build",
        ("handler.js",),
        "use @sveltejs/adapter-static instead of adapter-node",
    ),
    Server(
        "React Router or Remix",
        "build",
        ("server/index.js", "server/*/index.js"),
        "set `ssr: false` in react-router.config.ts and `baseDirectory: build/client`",
    ),
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
