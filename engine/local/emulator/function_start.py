"""How a function's process begins: in the environment and with the packages that it has on AWS.

ministack runs functions as children of its own, with its environment and its packages: a package that nobody
declared would be found here, and not there.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from engine.local.emulator.runtimes import runtime_for
from engine.local.emulator.settings import HIDDEN
from engine.local.node_sdk import sdk_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.local.emulator.runtimes import Runtime

# -S: neither packages of that Python nor what they put on the path. The files of the user's own AWS settings
# are none that a function has.
_PYTHON = """
import os, sys
if not sys.flags.isolated:
    kept = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    kept.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    os.execve(sys.executable, [sys.executable, "-I", "-S", "-X", "utf8", __file__], kept)
import site
site.setquit()
sys.path.append(SDK)
if REMARK:
    print(REMARK, file=sys.stderr, flush=True)
"""
_NODE = """
for (const name of HIDDEN) delete process.env[name];
process.env.AWS_CONFIG_FILE = process.env.AWS_SHARED_CREDENTIALS_FILE = "/dev/null";
if (REMARK) process.stderr.write(REMARK + "\\n");
"""
_SDK = "boto3"
_NAME = re.compile(r"[\w.-]+")  # at the start of a requirement


def beginning_as_on_aws(lambda_runtime: Any, folder: Path, host: Mapping[str, str]) -> None:
    """Patch ``ministack.core.lambda_runtime`` of this process.

    ``folder`` gets the packages that AWS has, and the code of functions that run. It is no folder of the
    project: Node looks for packages in all folders above.
    """
    detect, sdk = lambda_runtime._detect_runtime_binary, folder / "python"
    shutil.rmtree(folder, ignore_errors=True)
    provide(sdk, packages_with(_SDK))
    (folder / "node_modules").symlink_to(sdk_modules(host))
    lambda_runtime.tempfile = SimpleNamespace(mkdtemp=partial(tempfile.mkdtemp, dir=folder))
    known = cache(lambda name: runtime_for(name, host))

    def detect_runtime(name: str) -> tuple[str, str]:
        found, script = detect(name)
        if not found:
            return found, script
        runtime: Runtime = known(name)
        return str(runtime.program), start_of(runtime, sdk) + script

    lambda_runtime._detect_runtime_binary = detect_runtime


def start_of(runtime: Runtime, sdk: Path) -> str:
    """What runs before the function is loaded."""
    remark = f"[windlass] {runtime.remark}" if runtime.remark else ""
    values = {"HIDDEN": sorted(HIDDEN), "SDK": str(sdk), "REMARK": remark}
    text = _PYTHON if runtime.language == "Python" else _NODE
    for name, value in values.items():
        text = text.replace(name, json.dumps(value))
    return text


def packages_with(name: str) -> set[Path]:
    """The folders and files of an installed package and of all that it needs."""
    return {path for found in _closure(name, set()) for path in _top_level(found)}


def provide(folder: Path, packages: Iterable[Path]) -> None:
    """Make ``folder``, with these packages in it."""
    folder.mkdir(parents=True)
    for package in packages:
        (folder / package.name).symlink_to(package)


def _closure(name: str, seen: set[str]) -> Iterator[Any]:
    if name in seen:
        return
    seen.add(name)
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    yield found
    for wanted in found.requires or ():
        if "extra ==" not in wanted and (start := _NAME.match(wanted)):
            yield from _closure(start[0], seen)


def _top_level(found: Any) -> set[Path]:
    names = {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
    return {Path(found.locate_file(name)) for name in names}
