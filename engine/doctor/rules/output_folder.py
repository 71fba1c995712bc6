"""A ``baseDirectory`` that the framework does not write."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle.causes import DEFAULTS
from engine.doctor.configs import configs, exports
from engine.doctor.edit import Edit
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project
    from engine.errors import Where

_KEY = "frontend.artifacts.baseDirectory"


@dataclass(frozen=True, slots=True)
class _Tool:
    """``builds`` is what a build calls. It writes to the first group of ``says`` in a file that matches
    ``config``, else to ``folder``.
    """

    package: str
    builds: str
    folder: str
    config: str = ""
    says: str = ""


_OUT_DIR = r"outDir\s*:\s*[\"'`]([^\"'`$]+)[\"'`]"
# The first that is called counts. Of what has no entry nothing is said: an adapter or a preset decides.
_TOOLS = (
    _Tool("astro", r"\bastro build\b", DEFAULTS["astro"], "astro.config.*", _OUT_DIR),
    _Tool("gatsby", r"\bgatsby build\b", DEFAULTS["gatsby"]),
    _Tool("@docusaurus/core", r"\bdocusaurus build\b", DEFAULTS["@docusaurus/core"]),
    _Tool("react-scripts", r"\breact-scripts build\b", DEFAULTS["react-scripts"]),
    _Tool(
        "@vue/cli-service",
        r"\bvue-cli-service build\b",
        DEFAULTS["@vue/cli-service"],
        "vue.config.*",
        r"outputDir\s*:\s*[\"'`]([^\"'`$]+)[\"'`]",
    ),
    _Tool("next", r"\bnext build\b", "out", "next.config.*", r"distDir\s*:\s*[\"'`]([^\"'`$]+)[\"'`]"),
    _Tool("nuxt", r"\bnuxi? generate\b|\bnuxt generate\b", ".output/public"),
    _Tool("vite", r"\bvite build\b", DEFAULTS["vite"], "vite.config.*", _OUT_DIR),
)
_OTHERS = frozenset(
    ("@sveltejs/kit", "@remix-run/dev", "@react-router/dev", "vike", "@analogjs/platform", "@solidjs/start",
     "@builder.io/qwik-city", "@tanstack/react-start", "vite-ssg", "expo", "electron-vite", "vitepress")
)  # fmt: skip
# What moves the output, or says in a way that nobody reads here where it goes.
_MOVES = re.compile(
    r"--out-?dir|--out\b|--dest\b|--dist-dir|-o\s|BUILD_PATH|\b(?:mv|cp|rsync|ln|deploy|craco)\b|rewired",
    re.IGNORECASE,
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        base = app.spec.frontend.artifacts.base_directory
        if base is None or (found := _written(app)) is None or _is_right(app, base, found[1]):
            continue
        tool, folder = found
        said = f"`baseDirectory: {base or '/'}` is not what {tool} writes: that is `{folder}`"
        where = app.where(_KEY)
        yield Finding(
            said, where, f"Write `baseDirectory: {folder}`.", edit=_edit(project, where, base, folder)
        )


def _written(app: App) -> tuple[str, str] | None:
    """The tool that the build runs and the folder that it writes; None where that cannot be told."""
    needs = app.package.needs if app.package else {}
    if _OTHERS & needs.keys() or any(_MOVES.search(text) for text in app.scripts):
        return None
    calls = "\n".join(app.scripts)
    tool = next((t for t in _TOOLS if t.package in needs and re.search(t.builds, calls)), None)
    folder = _configured(app, tool) if tool else None
    return (tool.package, folder) if tool and folder else None


def _configured(app: App, tool: _Tool) -> str | None:
    """The folder by the tool's configuration; None where it is set by an expression."""
    for config in configs(app, tool.config) if tool.config else ():
        name = tool.says.partition("\\s")[0]
        if found := re.search(tool.says, config.text):
            folder = posixpath.normpath(found[1])
            return None if folder.startswith(("..", "/")) else folder
        if re.search(rf"\b(?:{name}|root)\s*[:,]", config.text):
            return None
    return tool.folder


def _is_right(app: App, base: str, folder: str) -> bool:
    if base == folder or base.startswith((f"{folder}/", ".amplify-hosting")):
        return True
    if folder == ".output/public" and base == "dist":  # Nuxt makes a link of that name
        return True
    if base.startswith((".next", ".output")) and not exports(app):  # server-needed tells
        return True
    return (app.project.folder / app.working / base / "index.html").is_file()


def _edit(project: Project, where: Where, base: str, folder: str) -> Edit | None:
    if where.line is None or not base:
        return None
    key = "baseDirectory: "
    return Edit(project.folder / where.file, where.line, f"{key}{base}", f"{key}{folder}")


RULE = Rule(
    name="output-folder",
    severity="warning",
    what="`baseDirectory` names a folder that the framework does not write.",
    why="The build goes well, and then there is nothing to publish.",
    fix="Name the folder that the build writes.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html",
)
