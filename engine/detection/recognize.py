"""Which framework of the table an app is made with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.detection.config import read_config, text_of
from engine.detection.frameworks import FRAMEWORKS
from engine.detection.model import Evidence

if TYPE_CHECKING:
    from engine.detection.model import Framework
    from engine.detection.source import Source

Recognized = tuple["Framework", Evidence]


def recognize(source: Source) -> Recognized | None:
    """The first framework whose package is in package.json; else the first whose files are there."""
    return _by_package(source) or _by_file(source)


def _by_package(source: Source) -> Recognized | None:
    names = source.dependencies
    for framework in FRAMEWORKS:
        package = next((name for name in framework.packages if name in names), None)
        if (
            package
            and _is_meant(framework, package, source)
            and (not source.is_nx or _has_config(framework, source))
        ):
            return framework, Evidence("framework", framework.name, f"package.json has {package}")
    return None


def _is_meant(framework: Framework, package: str, source: Source) -> bool:
    found = re.search(r"\d+", source.version(package))
    return not framework.major or bool(found and int(found[0]) == framework.major)


def _has_config(framework: Framework, source: Source) -> bool:
    """The packages of all Nx projects stand in one package.json: only the config file tells whose each is."""
    config = read_config(source.folder, framework.config)
    own = (name for name, _ in config.texts if name != "project.json")
    return any(own) or any(config.find("targets.build.executor"))


def _by_file(source: Source) -> Recognized | None:
    commands = source.commands("build")
    for framework in FRAMEWORKS:
        if commands and not any(map(framework.runs, commands)):
            continue  # the script makes the site itself, of whatever files there are
        if found := _file(framework, source):
            return framework, Evidence("framework", framework.name, f"there is {found}")
    return None


def _file(framework: Framework, source: Source) -> str | None:
    for glob in (*framework.marks, *framework.files):
        for file in sorted(source.folder.glob(glob)):
            if glob in framework.marks or re.search(framework.contents, text_of(file)):
                return file.relative_to(source.folder).as_posix()
    return None
