"""What the files of an app say of Node, each with its place, and which versions that can be."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import first_line, text_in
from engine.build.toolchain.node_wish import FILES, nvm_lines
from engine.build.toolchain.versions import codenames, range_of, satisfies
from engine.doctor.package import read_package

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from engine.doctor.project import App
    from engine.errors import Where

_MAJORS = range(4, 41)
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_LIVE_UPDATES = "_LIVE_UPDATES"


@dataclass(frozen=True, slots=True)
class Said:
    """``text`` is as it is written, ``source`` names the place for people."""

    text: str
    source: str
    where: Where


def said_in(app: App) -> tuple[Said, ...]:
    """What is said of Node, the one that wins first, in the order of "
    ":mod:`engine.build.toolchain.node_wish`."""
    return (*_asked(app), *_pinned(app), *_called(app), *_fitting(app))


def fitting(today: datetime.date, *texts: str) -> tuple[str, ...]:
    """Versions that are what every one of ``texts`` asks for; empty where none is. What is no range counts as
    nothing said.

    They stand for all there are: of each major one that is newer than any there will be, and those that the
    texts name.
    """
    ranges = [_range(text, today) for text in texts]
    known = [wanted for wanted in ranges if any(satisfies(version, wanted) for version in _some(wanted))]
    some = dict.fromkeys(version for wanted in known for version in _some(wanted))
    return tuple(version for version in some if all(satisfies(version, wanted) for wanted in known))


def host_version(host: Mapping[str, str]) -> str:
    """The Node of this machine; "" where it has none."""
    from engine.build.toolchain.host_node import read_host_node
    from engine.folders import cache_folder

    path = host.get("PATH", "")
    return read_host_node(path, cache_folder(host) / "toolchains" / "host.json").version if path else ""


def _range(text: str, today: datetime.date) -> str:
    wanted = range_of(text, today)
    return f">={max(codenames().values())}" if wanted == "latest" else wanted


def _some(wanted: str) -> Iterator[str]:
    yield from (f"{major}.99.99" for major in _MAJORS)
    for found in _VERSION.finditer(wanted):
        yield f"{found[1]}.{found[2] or 0}.{found[3] or 0}"


def _asked(app: App) -> Iterator[Said]:
    if _LIVE_UPDATES not in app.spec.variables:
        return
    from engine.build.toolchain.live_updates import live_updates
    from engine.events import ignore

    for wish in live_updates(app.spec.variables, ignore):
        if wish.tool == "node":
            yield Said(wish.text, _LIVE_UPDATES, app.where(f"env.variables.{_LIVE_UPDATES}"))


def _pinned(app: App) -> Iterator[Said]:
    """Of the nearest folder that pins a version: one further up may be another's."""
    for folder in app.folders:
        found = list(_pins(app, folder))
        if found:
            yield from found
            return


def _pins(app: App, folder: str) -> Iterator[Said]:
    for name in FILES:
        file = posixpath.join(folder, name)
        if text := first_line(app.project.folder / file):
            yield Said(text, file, app.project.where(file, 1))
    package = read_package(app.project.folder / folder)
    if package and (text := text_in(package.data, "volta", "node")):
        yield Said(text, "volta in package.json", package.where("volta", "node"))


def _called(app: App) -> Iterator[Said]:
    for call in app.calls:
        for wish in nvm_lines((call.words,), app.spec.variables):
            yield Said(wish.text, f"`{' '.join(call.words)}`", call.where)


def _fitting(app: App) -> Iterator[Said]:
    for folder in app.folders:
        package = read_package(app.project.folder / folder)
        if package and package.node:
            yield Said(package.node, "engines in package.json", package.where("engines", "node"))
            return
