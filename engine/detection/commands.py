"""The commands that install an app's packages and build it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import text_in
from engine.detection.config import read_config
from engine.detection.manager import Chosen, manager_of
from engine.detection.model import Evidence
from engine.detection.needed import is_member, needed_builds, to_top

if TYPE_CHECKING:
    from engine.detection.model import Framework, Rendering
    from engine.detection.source import Source

_PIP = ("requirements.txt", "docs/requirements.txt")


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the phases ``preBuild`` and ``build``; ``chosen`` is None without package.json."""

    install: tuple[str, ...]
    build: tuple[str, ...]
    chosen: Chosen | None
    evidence: tuple[Evidence, ...]


def commands_of(framework: Framework | None, source: Source, rendering: Rendering = "static") -> Commands:
    """What builds the app: a script of package.json, else what the framework's documentation says. The script
    of its own that a framework has is for a static site.
    """
    chosen = manager_of(source) if source.package and not _is_plain(framework) else None
    build, why = _build(framework, source, chosen, rendering)
    install = (*((_install(chosen, source),) if chosen else ()), *_other_installs(framework, source))
    evidence = (chosen.evidence,) if chosen else ()
    before = _before(source, chosen)
    needed = (Evidence("built before", ", ".join(before), "packages of the workspace that it needs"),)
    told = (*(needed if before else ()), Evidence("build command", build, why)) if build else ()
    return Commands(install, (*before, build) if build else (), chosen, (*evidence, *told))


def _install(chosen: Chosen, source: Source) -> str:
    """In a member npm would leave out what the top of the workspace needs, such as TypeScript."""
    if chosen.manager.name == "npm" and is_member(source):
        return f"{chosen.install} --prefix {to_top(source)}"
    return chosen.install


def _before(source: Source, chosen: Chosen | None) -> tuple[str, ...]:
    if chosen is None or (source.project / "turbo.json").is_file():
        return ()
    return needed_builds(source, chosen.manager)


def _is_plain(framework: Framework | None) -> bool:
    return framework is not None and not framework.packages and not framework.build


def _build(
    framework: Framework | None, source: Source, chosen: Chosen | None, rendering: Rendering
) -> tuple[str, str]:
    if chosen and source.is_nx:
        return f"{chosen.manager.execute} nx build {shlex.quote(_nx_name(source))}", "Nx project"
    special = framework.script if framework and rendering == "static" else "build"
    scripts = dict.fromkeys((special, "build"))
    for script in scripts if framework is None or framework.script else ():
        if chosen and (text := source.script(script)):
            return _run(script, source, chosen), f"script {script}: {text}"
    if framework is None or not framework.build:
        return "", ""
    run = chosen.manager.execute if chosen else "npx"
    command = framework.build.format(run=run)
    if command.startswith("bundle exec ") and not (source.folder / "Gemfile").is_file():
        command = command.removeprefix("bundle exec ")
    return command, f"how {framework.name} is built"


def _nx_name(source: Source) -> str:
    names = read_config(source.folder, ("project.json",)).find("name")
    return next((setting.value for setting in names), source.folder.name)


def _run(script: str, source: Source, chosen: Chosen) -> str:
    """In a workspace also what builds the packages that the app needs."""
    name = text_in(source.package, "name")
    if source.app_root and name:
        if (source.project / "turbo.json").is_file():
            return f"{chosen.manager.execute} turbo run {script} --filter={shlex.quote(name)}"
        if chosen.manager.one:
            return f"{chosen.manager.one.format(name=shlex.quote(name))} {script}"
    return f"{chosen.manager.run} {script}"


def _other_installs(framework: Framework | None, source: Source) -> tuple[str, ...]:
    if framework is None or framework.packages:
        return ()
    if framework.id == "jekyll" and not (source.folder / "Gemfile").is_file():
        return ("gem install jekyll",)
    if framework.id != "mkdocs":
        return (framework.install,) if framework.install else ()
    listed = next((name for name in _PIP if (source.folder / name).is_file()), None)
    themes = (setting.value for setting in read_config(source.folder, framework.config).find("theme.name"))
    more = " mkdocs-material" if "material" in themes else ""
    return (f"pip install -r {listed}" if listed else f"{framework.install}{more}",)
