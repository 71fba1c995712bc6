"""Whether a framework makes a static site or a server here, told by the signs of the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.detection.literals import COMPUTED
from engine.detection.model import Evidence, Imports, InConfig, InScript

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.detection.config import Config
    from engine.detection.model import Framework, Rendering, Sign
    from engine.detection.source import Source

_NOTHING = ("false", "null", "undefined", "")


def rendering_of(framework: Framework, source: Source, config: Config) -> tuple[Rendering, Evidence | None]:
    """How the app renders, and why. No evidence where the framework knows one way alone."""
    called = first_sign((s for s in framework.static if isinstance(s, InScript) and s.words), source, config)
    if not called and (file := _first_file(framework, source)):
        return "server", Evidence("rendering", "server", f"{file} answers requests")
    if why := first_sign(framework.static, source, config):
        return "static", Evidence("rendering", "static", why)
    if why := first_sign(framework.server, source, config):
        return "server", Evidence("rendering", "server", why)
    if not framework.static and not framework.server:
        return framework.rendering, None
    why = f"what {framework.name} does where nothing says else"
    return framework.rendering, Evidence("rendering", framework.rendering, why)


def first_sign(signs: Iterable[Sign], source: Source, config: Config) -> str:
    """Where the first of the ``signs`` stands, for people; "" where there is none."""
    return next((why for sign in signs if (why := _why(sign, source, config))), "")


def _first_file(framework: Framework, source: Source) -> str:
    files = (file for glob in framework.server_files for file in sorted(source.folder.glob(glob)))
    return next((file.relative_to(source.folder).as_posix() for file in files if file.is_file()), "")


def _why(sign: Sign, source: Source, config: Config) -> str:
    match sign:
        case InConfig():
            return _in_config(sign, config)
        case Imports():
            file = config.importing(sign.package)
            return f"{file} has {sign.package}" if file else ""
        case InScript():
            script = source.script(sign.name)
            found = bool(script) and re.search(rf"(?<![\w-]){re.escape(sign.words)}(?![\w-])", script)
            return f"script {sign.name}: {script}" if found or (script and not sign.words) else ""


def _in_config(sign: InConfig, config: Config) -> str:
    for setting in config.find(sign.key):
        if setting.value in sign.values or (not sign.values and setting.value not in _NOTHING):
            value = "" if setting.value == COMPUTED else f": {setting.value}"
            return f"{setting.key}{value} in {setting.file}"
    return ""
