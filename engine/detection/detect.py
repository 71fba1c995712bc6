"""From the files of one app to what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.toolchain.node_wish import node_wish
from engine.detection.beside import unpublished
from engine.detection.commands import commands_of
from engine.detection.config import read_config
from engine.detection.model import Detection, Evidence
from engine.detection.output import output_of, output_of_none
from engine.detection.recognize import recognize
from engine.detection.signs import first_sign, rendering_of
from engine.detection.source import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from engine.detection.commands import Commands
    from engine.detection.config import Config
    from engine.detection.model import Framework, Rendering
    from engine.detection.source import Source

_SERVERS = ("express", "fastify", "koa", "hono", "@nestjs/core", "@hapi/hapi", "@adonisjs/core")
_UNKNOWN = Evidence("framework", "none that Windlass knows", "neither in package.json nor by its files")


def detect(folder: Path, app_root: str = "") -> Detection:
    """What the app in ``app_root`` of the repository ``folder`` is. Reads files alone, and never raises for
    what is in them.
    """
    source = source_of(folder, app_root)
    recognized = recognize(source)
    framework = recognized[0] if recognized else None
    config = read_config(source.folder, framework.config if framework else ())
    rendering, why = rendering_of(framework, source, config) if framework else _of_none(source)
    commands = commands_of(framework, source, rendering)
    evidence = [recognized[1] if recognized else _UNKNOWN, *commands.evidence, *_node(source)]
    evidence += [why] if why else []
    output, told = output_of(framework, source, config) if framework else output_of_none(source)
    evidence.append(told)
    return Detection(
        app_root=app_root,
        framework=framework,
        rendering=rendering,
        output=output,
        install=commands.install,
        build=commands.build,
        manager=commands.chosen.manager.name if commands.chosen else "",
        node=next((e.value for e in evidence if e.noun == "Node"), ""),
        cache=_cache(framework, commands),
        fallback=_fallback(framework, source, config) if framework else "",
        unpublished=unpublished(source.folder) if output == "." else (),
        build_path="/" if source.is_nx else "",
        evidence=tuple(evidence),
        advice=(*_advice(framework, rendering, commands), *_unpinned(source, evidence)),
    )


def _fallback(framework: Framework, source: Source, config: Config) -> str:
    if framework.spa and not first_sign(framework.spa_unless, source, config):
        return "/index.html"
    pages = (setting.value for key in framework.fallback_keys for setting in config.find(key))
    return next((f"/{page}" for page in pages if page.endswith(".html")), "")


def _of_none(source: Source) -> tuple[Rendering, Evidence | None]:
    """How an app of no known framework renders: it may be a server of its own."""
    name = next((name for name in _SERVERS if name in source.dependencies), None)
    return (
        ("server", Evidence("rendering", "server", f"package.json has {name}")) if name else ("static", None)
    )


def _node(source: Source) -> Iterator[Evidence]:
    if source.package and (wish := node_wish(source.folders, source.project, (), ())):
        yield Evidence("Node", wish.text, wish.source)


def _unpinned(source: Source, evidence: Iterable[Evidence]) -> Iterator[str]:
    if source.dependencies and not any(one.noun == "Node" for one in evidence):
        yield "no file says which Node builds it: write it to .nvmrc (`windlass check --fix` does)"


def _cache(framework: Framework | None, commands: Commands) -> tuple[str, ...]:
    manager = commands.chosen.manager.cache if commands.chosen and commands.chosen.locked else ()
    return (*manager, *(framework.cache if framework else ()))


def _advice(framework: Framework | None, rendering: Rendering, commands: Commands) -> Iterator[str]:
    if rendering == "server":
        name = f"{framework.name} app" if framework else "app"
        hint = framework.hint if framework else "build pages into a folder and say it with --output"
        said = f"this {name} needs a server, which this version of Windlass cannot run yet"
        yield f"{said}; for a static site, {hint}"
    if commands.chosen and commands.build and not commands.chosen.locked:
        yield f"commit a lockfile (`{commands.chosen.manager.loose}` writes it): builds are not reproducible"
