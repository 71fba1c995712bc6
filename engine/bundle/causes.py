"""Why a build that ended well left no output folder: known causes, each with its evidence in the app.

A new cause is one entry of :data:`CAUSES`; the first whose evidence is there wins. What the frameworks write
was measured.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.build.steps import steps_of

if TYPE_CHECKING:
    from pathlib import Path

    from engine.spec.model import Spec

_LARGEST = 1_000_000  # bytes of a config file worth reading


@dataclass(frozen=True, slots=True)
class Cause:
    """All evidence that is given must be there.

    ``package`` is a dependency in package.json, ``config`` a glob of a file and ``says`` (or ``lacks``) an
    expression that its text does (or does not) match, ``made`` a glob of what the build left.
    ``means`` and ``hint`` may use ``{found}``: the first group of ``says``, else the path ``made`` found.
    """

    means: str
    hint: str
    package: str = ""
    config: str = ""
    says: str = ""
    lacks: str = ""
    made: str = ""


CAUSES = (
    Cause(
        "@sveltejs/adapter-auto knows no host here and writes nothing",
        "install @sveltejs/adapter-static, use it instead, and set `baseDirectory: build`",
        package="@sveltejs/adapter-auto",
    ),
    Cause(
        "SvelteKit leaves its output to an adapter, and none wrote any",
        "install @sveltejs/adapter-static, use it, and set `baseDirectory: build`",
        package="@sveltejs/kit",
        made=".svelte-kit/output",
    ),
    Cause(
        "Angular's application builder writes the site to `{found}`",
        "set `baseDirectory: {found}`",
        package="@angular/core",
        made="dist/*/browser",
    ),
    Cause(
        "Angular writes to the `outputPath` of angular.json, `{found}`, with the site in `browser` there",
        "set `baseDirectory: {found}/browser`",
        package="@angular/core",
        config="angular.json",
        says=r'"outputPath"\s*:\s*(?:\{\s*"base"\s*:\s*)?"([^"]+)"',
    ),
    Cause(
        "Next.js writes `out` only with `output: 'export'`, which next.config lacks",
        "set `output: 'export'` in it and `baseDirectory: out`",
        package="next",
        config="next.config.*",
        lacks=r"output\s*:\s*[\"'`]export",
    ),
    Cause(
        "Next.js writes a static site to `out`, and to the `distDir` of next.config where there is one",
        "set `baseDirectory: out`",
        package="next",
        config="next.config.*",
        says=r"output\s*:\s*[\"'`]export",
    ),
    Cause(
        "without a next.config that says `output: 'export'`, Next.js writes no static site",
        "add next.config.js with `module.exports = { output: 'export' }` and set `baseDirectory: out`",
        package="next",
    ),
    Cause(
        "`nuxt generate` writes the site to `.output/public`, and `dist` is a link to it",
        "build with `nuxt generate` and set `baseDirectory: .output/public`",
        package="nuxt",
    ),
    Cause(
        "Vite writes to the `outDir` of its config, `{found}`",
        "set `baseDirectory: {found}`, counted from the folder of `root` where the config has one",
        package="vite",
        config="vite.config.*",
        says=r"outDir\s*:\s*[\"'`]([^\"'`]+)",
    ),
    Cause(
        "Astro writes to the `outDir` of its config, `{found}`",
        "set `baseDirectory: {found}`",
        package="astro",
        config="astro.config.*",
        says=r"outDir\s*:\s*[\"'`]([^\"'`]+)",
    ),
)


def likely_cause(app: Path, spec: Spec) -> tuple[str, str] | None:
    """What probably went wrong in ``app``, where a build left no output folder, and what to do; or None."""
    packages = _packages(app)
    for cause in CAUSES:
        if (not cause.package or cause.package in packages) and (found := _evidence(cause, app)) is not None:
            return cause.means.replace("{found}", found), cause.hint.replace("{found}", found)
    if not steps_of(spec, "frontend") and not (app / "index.html").is_file():
        return "amplify.yml has no commands, so nothing was built", "write them under `frontend.phases`"
    return _elsewhere(app, spec.frontend.artifacts.base_directory)


def _elsewhere(app: Path, name: str | None) -> tuple[str, str] | None:
    from engine.detection.detect import detect

    found = detect(app)
    if found.framework is None or found.rendering == "server" or found.output in ("", ".", name):
        return None
    tool, folder = found.framework.name, found.output
    return f"{tool} writes to `{folder}`", f"set `baseDirectory: {folder}`, or configure {tool}"


def _evidence(cause: Cause, app: Path) -> str | None:
    made = next(iter(sorted(app.glob(cause.made))), None) if cause.made else None
    if cause.made and made is None:
        return None
    found = made.relative_to(app).as_posix() if made else ""
    if not cause.config:
        return found
    texts = [_text(file) for file in sorted(app.glob(cause.config))]
    if not texts or (cause.lacks and any(re.search(cause.lacks, text) for text in texts)):
        return None
    says = next((match for text in texts if (match := re.search(cause.says, text))), None)
    return None if says is None else (says[1] if says.re.groups else found)


def _packages(app: Path) -> frozenset[str]:
    try:
        found: Any = json.loads(_text(app / "package.json"))
    except ValueError:
        return frozenset()
    groups = (
        [found.get(key) for key in ("dependencies", "devDependencies")] if isinstance(found, dict) else []
    )
    return frozenset(name for group in groups if isinstance(group, dict) for name in group)


def _text(file: Path) -> str:
    try:
        with file.open(errors="replace") as opened:
            return opened.read(_LARGEST)
    except OSError:
        return ""
