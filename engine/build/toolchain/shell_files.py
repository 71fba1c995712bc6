"""The files of a build that make ``nvm``, ``corepack`` and global installs work without the host."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.toolchain.nodes import Node, npm_for
from engine.build.toolchain.versions import codenames, lts_lines

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from engine.build.toolchain.host_node import HostNode

_HERE = Path(__file__).parent
_MAJORS = (8, 10, 12, 14, 16, 18, 20, 22, 24, 26)


@dataclass(frozen=True)
class Shop:
    """``folder`` is the build's own, ``store`` the one in the user's cache, ``package`` that of Node (""
    without one for this machine). ``known`` says where is what was looked up: ``node@lts/*`` -> its bin.
    """

    folder: Path
    store: Path
    package: str
    host: HostNode
    known: Mapping[str, Path]
    today: datetime.date

    @property
    def host_bin(self) -> Path:
        """The host's node, npm and npx, and nothing else of their folder."""
        return self.folder / "host"

    @property
    def programs(self) -> Path:
        """The package managers in force, and corepack."""
        return self.folder / "bin"

    @property
    def prelude(self) -> str:
        """What a section's shell sources first."""
        return f"builtin source {shlex.quote(str(self.folder / 'nvm' / 'nvm.sh'))} </dev/null\n"

    def path(self, node: Path | None) -> tuple[Path, ...]:
        """What comes first on PATH: global installs, package managers, ``node`` (None for the host's)."""
        shared = self.folder / "global"
        installed = (shared / "bin", shared / "pnpm", shared / "pnpm" / "bin", shared / "bun" / "bin")
        return (*installed, self.programs, *([node] if node else []))

    def variables(self, node: Node) -> dict[str, str]:
        """NVM_DIR, and where the headers of ``node`` are, with which native modules are built."""
        found = {"NVM_DIR": str(self.folder / "nvm")}
        if node.bin is not None:
            headers = str(node.bin.parent / self.package)
            found["npm_package_config_node_gyp_nodedir"] = headers
            if int(node.version.partition(".")[0]) < 20:  # npm 11 warns of this name, npm 9 knows no other
                found["npm_config_nodedir"] = headers
        return found

    def write(self, home: Path) -> None:
        """Write all of it; ``home`` is the HOME of the commands, where scripts look for ``.nvm``."""
        for folder in ("nvm", "bin", "host", "global/bin", "global/pnpm"):
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        tools = self._constants() + (_HERE / "tools.sh").read_text()
        (self.folder / "nvm" / "nvm.sh").write_text(tools + (_HERE / "nvm.sh").read_text())
        corepack = self.programs / "corepack"
        corepack.write_text(f"#!/usr/bin/env bash\n{tools}{(_HERE / 'corepack.sh').read_text()}")
        corepack.chmod(0o755)
        for name, program in self.host.programs.items():
            _link(self.host_bin / name, program.resolve() if name != "node" else program)
        home.mkdir(parents=True, exist_ok=True)
        _link(home / ".nvm", self.folder / "nvm")

    def link(self, programs: Path) -> None:
        """Put the programs of a package manager on PATH."""
        for program in programs.iterdir():
            _link(self.programs / program.name, program)

    def _constants(self) -> str:
        names = {**{name: str(major) for name, major in codenames().items()}}
        lines = {**names, "*": str(lts_lines(self.today)[-1])}
        known = {name: str(folder) for name, folder in self.known.items()}
        npm = {f"{major}.*": npm_for(f"{major}.99.0") for major in range(30, 15, -1)}
        return (
            f"_windlass_tools={shlex.quote(str(self.folder))}\n"
            f"_windlass_store={shlex.quote(str(self.store))}\n"
            f"_windlass_host={shlex.quote(self.host.version)}\n"
            f"_windlass_package={shlex.quote(self.package)}\n"
            + _table("_windlass_known", {shlex.quote(name): value for name, value in known.items()})
            + _table("_windlass_line", {shlex.quote(name): value for name, value in lines.items()})
            + _table("_windlass_npm", npm, otherwise="6")
        )


def amplify_majors() -> dict[str, str]:
    """``VERSION_NODE_18=18`` and so on, which Amplify's build image sets and ``nvm use`` lines name."""
    return {f"VERSION_NODE_{major}": str(major) for major in _MAJORS}


def _table(name: str, rows: Mapping[str, str], otherwise: str = "") -> str:
    cases = "".join(f"    {key}) printf '%s\\n' {shlex.quote(value)} ;;\n" for key, value in rows.items())
    last = f"printf '%s\\n' {shlex.quote(otherwise)}" if otherwise else "return 1"
    return f"{name}() {{\n  case $1 in\n{cases}    *) {last} ;;\n  esac\n}}\n"


def _link(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(target)
