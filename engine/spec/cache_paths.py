"""``cache.paths`` that lead out of the app: Amplify leaves them out without a word, here they are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.spec.node import Keys, Node, problem, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.errors import Problem

_OUTSIDE = re.compile(r"!?(/|~|.*[$`]|(.*/)?\.\.(/|$))")
_OF_THE_HOST = re.compile(r"!?(~|/(root|home|usr|opt|tmp|var|codebuild|etc|mnt)(/|$)|.*[$`])")

# Where the folder of a tool is told to it by a variable.
_TOOLS = (
    (r"\.bun\b", "BUN_INSTALL_CACHE_DIR", ".bun-cache"),
    (r"pnpm", "npm_config_store_dir", ".pnpm-store"),
    (r"yarn", "YARN_CACHE_FOLDER", ".yarn-cache"),
    (r"npm root|--global", "npm_config_prefix", ".npm-global"),
    (r"\.npm\b|_cacache", "npm_config_cache", ".npm"),
    (r"\bpip\b", "PIP_CACHE_DIR", ".pip-cache"),
)


def leaves_app(path: str) -> bool:
    """Whether a path of ``cache.paths`` is absolute, climbs out with ``..`` or needs a shell to be read."""
    return bool(_OUTSIDE.match(path.strip()))


def cache_paths_that_leave(root: Node) -> Iterator[Problem]:
    """A warning for each such path of the file ``root``, with what to write instead."""
    for keys, node in _cache_paths(root):
        if node.text and leaves_app(node.text):
            said = (
                f"cache path `{short(node.text)}` is outside of the app and is not kept (Amplify: the same)"
            )
            yield problem("cache-outside", node, keys, said, hint_for(node.text.strip()), severity="warning")


def hint_for(path: str) -> str:
    """What to write instead of ``path``."""
    if path.startswith(("../", "!../")):
        return "Name what is below the app; with `buildPath: /` paths count from the top of the repository."
    if path.startswith(("/", "!/")) and not _OF_THE_HOST.match(path):
        return f"Write it without the leading `/`: `{short(path.replace('/', '', 1))}`."
    for pattern, variable, folder in _TOOLS:
        if re.search(pattern, path):
            return f"Write `{variable}: {folder}` under `env.variables`, and `{folder}/**/*` here."
    return "Name a folder of the app, such as `.npm/**/*`, and let the tool use it; nothing is expanded here."


def _cache_paths(root: Node) -> Iterator[tuple[Keys, Node]]:
    applications = root.child("applications")
    entries = enumerate(applications.items if applications else ())
    for above, node in (((), root), *((("applications", number), node) for number, node in entries)):
        keys: Keys = (*above, "frontend", "cache", "paths")
        paths = node.get(keys[len(above) :])
        if paths:
            yield from (((*keys, number), item) for number, item in enumerate(paths.items))
            yield keys, paths
