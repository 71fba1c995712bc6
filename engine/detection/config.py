"""The config files of a framework: each setting with the file it stands in. No user code is run."""

from __future__ import annotations

import fnmatch
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.detection.literals import imports, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST = 1_000_000  # bytes of a config file


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as text (COMPUTED where it is no literal), with the name of its file and its dotted key."""

    file: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of the config files of an app, and their texts by name."""

    settings: tuple[Setting, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    def find(self, key: str) -> Iterator[Setting]:
        """The settings of ``key``: ``*`` is any one name, ``**.`` at the beginning any way to it."""
        pattern = key.removeprefix("**.")
        for setting in self.settings:
            if _matches(setting.key, pattern, anywhere=pattern != key):
                yield setting

    def importing(self, package: str) -> str | None:
        """The name of the file that names the npm ``package``."""
        return next((name for name, text in self.texts if imports(text, package)), None)


def read_config(folder: Path, globs: Iterable[str]) -> Config:
    """The config files of ``folder`` that ``globs`` name. One that cannot be read is left out."""
    files = sorted({file for glob in globs for file in folder.glob(glob) if file.is_file()})
    texts = tuple((file.relative_to(folder).as_posix(), text_of(file)) for file in files)
    return Config(tuple(s for name, text in texts for s in _settings(name, text)), texts)


def text_of(file: Path) -> str:
    """The text of a file; empty where it cannot be read or is far too large to be written by hand."""
    try:
        if not file.is_file() or file.stat().st_size > _MOST:
            return ""
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def _settings(name: str, text: str) -> Iterator[Setting]:
    if name.endswith((".yml", ".yaml", ".toml")):
        pairs: Iterable[tuple[tuple[str, ...], str]] = _flat(_data(name, text), ())
    else:
        pairs = literals(text)
    for way, value in pairs:
        yield Setting(name, ".".join(part.replace(".", "_") for part in way), value)


def _data(name: str, text: str) -> Any:
    import yaml

    try:
        # BaseLoader keeps every scalar as text, and takes the tags of MkDocs as it finds them.
        return tomllib.loads(text) if name.endswith(".toml") else yaml.load(text, yaml.BaseLoader)  # noqa: S506
    except (ValueError, yaml.YAMLError, RecursionError, TypeError):
        return None


def _flat(data: Any, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(data, dict) and len(way) < 8:
        for key, value in data.items():
            yield from _flat(value, (*way, str(key)))
    elif way and isinstance(data, str | bool | int):
        yield way, str(data).lower() if isinstance(data, bool) else str(data)


def _matches(key: str, pattern: str, *, anywhere: bool) -> bool:
    names, wanted = key.split("."), pattern.split(".")
    if anywhere:
        names = names[-len(wanted) :]
    return len(names) == len(wanted) and all(map(fnmatch.fnmatchcase, names, wanted))
