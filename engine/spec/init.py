"""Write an explicit ``amplify.yml`` for the app in a folder, and say on what evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import UsageError
from engine.spec.names import default_app

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Framework:
    """What gives a framework away, and where its static build goes (frameworks' own documentation)."""

    package: str
    name: str
    output: str
    cache: str = ""
    spa: bool = False


# The first match counts: a meta-framework stands before the tool it is made of.
FRAMEWORKS = (
    Framework("next", "Next.js (static export)", "out", cache=".next/cache/**/*"),
    Framework("nuxt", "Nuxt (nuxt generate)", ".output/public"),
    Framework("astro", "Astro", "dist"),
    Framework("@sveltejs/kit", "SvelteKit (adapter-static)", "build"),
    Framework("gatsby", "Gatsby", "public"),
    Framework("@docusaurus/core", "Docusaurus", "build"),
    Framework("@11ty/eleventy", "Eleventy", "_site"),
    Framework("@angular/core", "Angular", "dist/{name}/browser", cache=".angular/cache/**/*", spa=True),
    Framework("react-scripts", "Create React App", "build", spa=True),
    Framework("@vue/cli-service", "Vue CLI", "dist", spa=True),
    Framework("vite", "Vite", "dist", spa=True),
)
_LOCKFILES = {
    "pnpm-lock.yaml": ("pnpm install --frozen-lockfile", "pnpm run build", ""),
    "yarn.lock": ("yarn install --immutable || yarn install --frozen-lockfile", "yarn run build", ""),
    "bun.lock": ("bun install --frozen-lockfile", "bun run build", ""),
    "package-lock.json": ("npm ci --cache .npm --prefer-offline", "npm run build", ".npm/**/*"),
}
_NO_LOCKFILE = ("npm install", "npm run build", "")
_PLAIN_FOLDERS = ("public", "site", "www", "dist", "")


@dataclass(frozen=True, slots=True)
class Detected:
    """What an app looks like, with the evidence in words."""

    app: str
    install: str
    build: str
    output: str
    cache: tuple[str, ...]
    spa: bool
    evidence: tuple[str, ...]


def detect(folder: Path) -> Detected:
    """Look at ``folder``. Raises UsageError where there is neither a package.json nor an index.html."""
    package = folder / "package.json"
    return _node_app(folder, _read(package)) if package.is_file() else _plain_site(folder)


def render(found: Detected) -> str:
    """The text of the ``amplify.yml`` for ``found``."""
    parts = ["# Amplify's build specification; every key: windlass schema", "version: 1", f"app: {found.app}"]
    parts.append("frontend:")
    if found.install:
        parts += ["  phases:", *_phase("preBuild", found.install), *_phase("build", found.build)]
    parts += ["  artifacts:", "    # what is published, relative to this folder"]
    parts += [f"    baseDirectory: {found.output}", "    files:", '      - "**/*"']
    if found.cache:
        parts += ["  cache:", "    # kept from one build to the next", "    paths:"]
        parts += [f"      - {path}" for path in found.cache]
    if found.spa:
        parts += ["redirects:", "  # a single page app: its router knows what no file answers"]
        parts.append("  - {source: /<*>, target: /index.html, status: 404-200}")
    return "\n".join(parts) + "\n"


def _node_app(folder: Path, package: dict[str, Any]) -> Detected:
    wanted = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
    framework = next((f for f in FRAMEWORKS if f.package in wanted), None)
    lockfile = next((name for name in _LOCKFILES if (folder / name).is_file()), None)
    install, build, cache = _LOCKFILES[lockfile] if lockfile else _NO_LOCKFILE
    if "build" not in package.get("scripts", {}):
        raise UsageError(
            f"{folder / 'package.json'} has no script `build`",
            hint="Add one, or write amplify.yml by hand (`windlass schema` knows every key).",
        )
    name = str(package.get("name", folder.resolve().name))
    output = framework.output.format(name=name) if framework else "dist"
    return Detected(
        app=default_app(folder),
        install=install,
        build=build,
        output=output,
        cache=tuple(path for path in (cache, framework.cache if framework else "") if path),
        spa=bool(framework and framework.spa),
        evidence=(
            f"framework: {framework.name} (package.json has {framework.package})"
            if framework
            else "framework: none known in package.json; its output folder is a guess: dist",
            f"packages: {install.split()[0]} ({lockfile or 'no lockfile: builds are not reproducible'})",
            f"published folder: {output}",
        ),
    )


def _plain_site(folder: Path) -> Detected:
    for name in _PLAIN_FOLDERS:
        if (folder / name / "index.html").is_file():
            return Detected(
                app=default_app(folder),
                install="",
                build="",
                output=name or ".",
                cache=(),
                spa=False,
                evidence=(f"plain site: {name + '/' if name else ''}index.html, no package.json",),
            )
    raise UsageError(
        f"{folder} has neither a package.json nor an index.html",
        hint="Say --project FOLDER, the one of the app.",
    )


def _phase(name: str, command: str) -> list[str]:
    return [f"    {name}:", "      commands:", f"        - {command}"]


def _read(package: Path) -> dict[str, Any]:
    try:
        data = json.loads(package.read_text())
    except (ValueError, OSError) as error:
        raise UsageError(f"{package} cannot be read: {error}", hint="Mend it, then run this again.") from None
    return data if isinstance(data, dict) else {}
