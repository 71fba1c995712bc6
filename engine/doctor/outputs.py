"""Which folder a build writes, by its commands and the configuration of its tool."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle.causes import DEFAULTS
from engine.doctor.angular import angular_output
from engine.doctor.configs import configs

if TYPE_CHECKING:
    from engine.doctor.configs import Config
    from engine.doctor.project import App


@dataclass(frozen=True, slots=True)
class Output:
    """``tool`` writes ``folder``, counted from where the commands run."""

    tool: str
    folder: str


@dataclass(frozen=True, slots=True)
class _Tool:
    """``builds`` is what a build calls. It writes to ``folder``, unless one of the files ``configs`` has
    ``says`` and behind it another. ``package`` is needed, where it is given.
    """

    name: str
    builds: str
    folder: str
    configs: tuple[str, ...] = ()
    says: str = ""
    package: str = ""


_OUT_DIR = r"\boutDir\s*:\s*"
# The first that is called counts. Of what has no entry nothing is said: an adapter or a preset decides.
_TOOLS = (
    _Tool("Astro", r"\bastro build\b", DEFAULTS["astro"], ("astro.config.*",), _OUT_DIR, "astro"),
    _Tool("Gatsby", r"\bgatsby build\b", DEFAULTS["gatsby"], package="gatsby"),
    _Tool("Docusaurus", r"\bdocusaurus build\b", "build", package="@docusaurus/core"),
    _Tool("Create React App", r"\breact-scripts build\b", DEFAULTS["react-scripts"], package="react-scripts"),
    _Tool(
        "Vue CLI",
        r"\bvue-cli-service build\b",
        DEFAULTS["@vue/cli-service"],
        ("vue.config.*",),
        r"\boutputDir\s*:\s*",
        "@vue/cli-service",
    ),
    _Tool("Next.js", r"\bnext build\b", "out", ("next.config.*",), r"\bdistDir\s*:\s*", "next"),
    _Tool("Nuxt", r"\b(?:nuxi|nuxt|nuxi?@latest) generate\b", ".output/public", package="nuxt"),
    _Tool(
        "Eleventy",
        r"\beleventy\b",
        DEFAULTS["@11ty/eleventy"],
        ("eleventy.config.*", ".eleventy.js"),
        r"\boutput\s*:\s*|setOutputDirectory\(\s*",
        "@11ty/eleventy",
    ),
    _Tool("Vite", r"\bvite build\b", DEFAULTS["vite"], ("vite.config.*",), _OUT_DIR, "vite"),
    _Tool(
        "Hugo",
        r"(?m)^(?:npx )?hugo\b(?! (?:mod|new|version|server))",
        "public",
        ("hugo.*", "config.*", "config/_default/*"),
        r"\bpublishDir\"?\s*[:=]\s*",
    ),
    _Tool("MkDocs", r"\bmkdocs build\b", "site", ("mkdocs.y*ml",), r"\bsite_dir\s*:\s*"),
    _Tool("Jekyll", r"\bjekyll build\b", "_site", ("_config.y*ml",), r"\bdestination\s*:\s*"),
)
_OTHERS = frozenset(
    ("@sveltejs/kit", "@remix-run/dev", "@react-router/dev", "vike", "@analogjs/platform", "@solidjs/start",
     "@builder.io/qwik-city", "@tanstack/react-start", "vite-ssg", "expo", "electron-vite", "vitepress")
)  # fmt: skip
# What moves the output, or says in a way that nobody reads here where it goes.
_MOVES = re.compile(
    r"--out-?(?:dir|put)|--out\b|--dest|--dist-dir|--site-dir|--output-path|-[od]\s|BUILD_PATH"
    r"|\b(?:mv|cp|rsync|ln|deploy|craco)\b|rewired",
    re.IGNORECASE,
)
_QUOTED = r"[\"'`]([^\"'`$\n]+)[\"'`]"
_PLAIN = rf"(?:{_QUOTED}|([\w./-]+)\s*$)"
_ROOT = re.compile(r"\broot\s*[:,]")  # Vite and Astro count from it


def output_of(app: App) -> Output | None:
    """What the build of ``app`` writes; None where that cannot be told."""
    needs = app.package.needs if app.package else {}
    elsewhere = any(call.folder != app.working for call in app.calls if call.step.section == "frontend")
    if elsewhere or _OTHERS & needs.keys() or any(_MOVES.search(text) for text in app.scripts):
        return None
    called = "\n".join(app.scripts)
    if "@angular/core" in needs:
        folder = angular_output(app) if re.search(r"\bng build\b(?! \w)", called) else None
        return Output("Angular", folder) if folder else None
    fitting = (tool for tool in _TOOLS if not tool.package or tool.package in needs)
    tool = next((tool for tool in fitting if re.search(tool.builds, called)), None)
    folder = _folder(app, tool) if tool else None
    return Output(tool.name, folder) if tool and folder else None


def _folder(app: App, tool: _Tool) -> str | None:
    for config in configs(app, *tool.configs):
        if re.search(tool.says, config.text) or _ROOT.search(config.text):
            return _configured(config, tool.says)
    return tool.folder


def _configured(config: Config, says: str) -> str | None:
    """The folder that stands in ``config``; None where an expression makes it, or it is outside."""
    value = _PLAIN if config.path.suffix in (".yml", ".yaml", ".toml") else _QUOTED
    found = re.search(rf"(?:{says}){value}", config.text, re.MULTILINE)
    if found is None or _ROOT.search(config.text):
        return None
    folder = posixpath.normpath(next(text for text in found.groups() if text))
    return None if folder.startswith(("..", "/")) else folder
