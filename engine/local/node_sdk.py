"""The AWS SDK for JavaScript, which Lambda's nodejs runtimes bring along, for functions on this machine.

``sdk/`` pins its usual clients. They are installed once for all projects, into the user's cache folder.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.events import Progress
from engine.folders import cache_folder
from engine.local.folder import alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.build.toolchain.npm import Npm
    from engine.events import Emit
    from engine.functions.sources import Source

_PINNED = Path(__file__).with_name("sdk")
_FILES = ("package.json", "package-lock.json")
_CODE = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", "package.json")
_SCOPE = b"@aws-sdk/"


def sdk_modules(host: Mapping[str, str]) -> Path:
    """The ``node_modules`` folder that has it, whether it is installed or not."""
    digest = hashlib.sha256(_PINNED.joinpath("package-lock.json").read_bytes()).hexdigest()[:16]
    return cache_folder(host) / "node-sdk" / digest / "node_modules"


def pinned() -> tuple[str, ...]:
    """The packages that functions find, by name."""
    return tuple(json.loads(_PINNED.joinpath("package.json").read_text())["dependencies"])


def wants_sdk(sources: Iterable[Source]) -> bool:
    """Whether the code of a function names a package of it."""
    return any(one.path.endswith(_CODE) and _SCOPE in one.file.read_bytes() for one in sources)


async def install_sdk(modules: Path, npm: Npm, emit: Emit) -> None:
    """Install it to ``modules`` if it is not there, whole or not at all. Raises NpmError."""
    home = modules.parent.parent
    home.mkdir(parents=True, exist_ok=True)
    async with alone(home):
        if not modules.is_dir():
            message = "installing the AWS SDK for JavaScript, as Lambda has it; once"
            emit(Progress(step="functions", done=0, total=0, message=message))
            await _install(modules.parent, npm)


async def _install(target: Path, npm: Npm) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / "sdk"
        fresh.mkdir()
        for name in _FILES:
            shutil.copy(_PINNED / name, fresh)
        await npm.clean_install(fresh)
        await asyncio.to_thread(shutil.rmtree, target, True)
        fresh.rename(target)
