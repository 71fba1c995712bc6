"""The programs that functions run on: of the version that their runtime names, where this machine has it.

Nothing is downloaded here. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.toolchain.host_node import version_of
from engine.folders import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOLD = "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2])"
_OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Runtime:
    """What a function runs on: ``language`` (Python, Node), its ``version`` and the program."""

    wanted: str
    language: str
    version: str
    program: Path

    @property
    def remark(self) -> str:
        """What is said where it is not the version that AWS runs; else empty."""
        if self.wanted in (f"python{self.version}", f"nodejs{self.version.partition('.')[0]}.x"):
            return ""
        here = f"{self.language} {self.version}" if self.version else f"no {self.language}"
        return f"functions of runtime {self.wanted} run on {here} here: this machine has no other"


def runtime_for(wanted: str, host: Mapping[str, str]) -> Runtime:
    """What a function of the runtime ``wanted`` (python3.12, nodejs22.x) runs on.

    ``host`` has PATH, HOME and XDG_CACHE_HOME.
    """
    if wanted.startswith("python"):
        return _python(wanted, host)
    return _node(wanted, host)


def remarks(wanted: Iterable[str], host: Mapping[str, str]) -> Iterator[str]:
    """What is said of runtimes that this machine does not have."""
    return (remark for name in sorted(set(wanted)) if (remark := runtime_for(name, host).remark))


def _python(wanted: str, host: Mapping[str, str]) -> Runtime:
    version = wanted.removeprefix("python")
    for candidate in _pythons(wanted, version, host):
        program, found = _told(candidate, host)
        if found == version:
            return Runtime(wanted, "Python", found, Path(program))
    return Runtime(wanted, "Python", _OWN, Path(sys.executable))


def _pythons(wanted: str, version: str, host: Mapping[str, str]) -> Iterator[Path | str]:
    home = Path(host.get("HOME", "/"))
    if version == _OWN:
        yield sys.executable
    if on_path := shutil.which(wanted, path=host.get("PATH")):
        yield on_path
    yield from sorted(home.glob(f".pyenv/versions/{version}.*/bin/python"), reverse=True)
    yield from sorted(home.glob(f".local/share/uv/python/cpython-{version}.*/bin/python3"), reverse=True)


def _told(program: Path | str, host: Mapping[str, str]) -> tuple[str, str]:
    # A shim of pyenv is there for versions that are not: only running it tells.
    environment = {name: host[name] for name in ("PATH", "HOME") if name in host}
    try:
        done = subprocess.run(
            [program, "-I", "-c", _TOLD],
            capture_output=True,
            text=True,
            timeout=30,
            env=environment,
            check=True,
        )
        path, _, version = done.stdout.strip().rpartition(" ")
    except (OSError, subprocess.SubprocessError):
        return "", ""
    return path, version


def _node(wanted: str, host: Mapping[str, str]) -> Runtime:
    major = wanted.removeprefix("nodejs").removesuffix(".x")
    path = host.get("PATH", "")
    found = shutil.which("node", path=path)
    own = version_of(Path(found), path) if found else ""
    if own.partition(".")[0] != major:
        for candidate in _nodes(major, host):
            if version := version_of(candidate, path):
                return Runtime(wanted, "Node", version, candidate)
    return Runtime(wanted, "Node", own, Path(found or "node"))


def _nodes(major: str, host: Mapping[str, str]) -> Iterator[Path]:
    store = cache_folder(host) / "toolchains" / "node"
    yield from store.glob(f"{major}.*/node_modules/.bin/node")
    yield from Path(host.get("HOME", "/")).glob(f".nvm/versions/node/v{major}.*/bin/node")
