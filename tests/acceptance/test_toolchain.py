"""Node and package managers from the real registry: what commands see, and that the host stays as it was."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.build.model import BuildRequest
from engine.build.runner import run_section
from engine.build.toolchain.advice import advising
from engine.build.toolchain.model import Toolchain  # noqa: TC001
from engine.build.toolchain.toolchain import toolchain
from engine.build.variables import BuildContext, build_environment
from engine.errors import BuildError, PrerequisiteError
from engine.events import CommandStarted, Event, LogLine, Progress, Warned
from engine.spec.model import Spec

pytestmark = pytest.mark.acceptance

PNPM = "9.15.9"
NUMBER = {"is-number": "7.0.0"}
YARN = "4.5.0"
YARN_HASH = (  # as `corepack use` writes it, of the file at repo.yarnpkg.com
    "sha512.837566d24eec14ec0f5f1411adb544e892b3454255e61fdef8fd05f34294801028"
    "06bac7446bc9daff3896b01ae4b62d00096c7e989f1596f2af10b927532f39"
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    """One cache for all, so that each version is downloaded once."""
    return tmp_path_factory.mktemp("cache")


class App:
    """An app with these files, built with a toolchain; keeps what was told."""

    def __init__(self, folder: Path, cache: Path, files: dict[str, str]) -> None:
        self.folder, self.cache = folder / "app", cache
        self.scratch = folder / "scratch"
        self.events: list[Event] = []
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)
        self.folder.mkdir(exist_ok=True)

    def build(self, *commands: str, host: dict[str, str] | None = None, **variables: str) -> Toolchain:
        return asyncio.run(self._build(commands, host or {}, variables))

    async def _build(self, commands, host, variables) -> Toolchain:
        host = {**os.environ, "XDG_CACHE_HOME": str(self.cache), **host}
        phases = {"build": {"commands": list(commands)}}
        spec = Spec.model_validate({"app": "a", "frontend": {"phases": phases}, "variables": variables})
        context = BuildContext(app="a", branch="main", environment="prod", deployment="d-1")
        found = build_environment(host, spec, context, {}, spec.variables, self.scratch)
        tools = await toolchain(
            self.folder, spec, host, self.cache, self.events.append, scratch=self.scratch, variables=found
        )
        request = BuildRequest(self.folder, spec, tools.applied(found), self.scratch, timeout=180)
        request = dataclasses.replace(request, tools=tools)
        with advising(request, self.events.append) as emit:
            await run_section(request, "frontend", emit)
        return tools

    @property
    def log(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, LogLine)]

    @property
    def installed(self) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Progress)]


@pytest.fixture
def app(tmp_path, cache):
    return lambda files: App(tmp_path, cache, files)


def package(**keys: object) -> str:
    return json.dumps({"name": "a", "private": True, **keys})


def test_nvmrc_gives_that_node_and_an_npm_that_runs_on_it(app):
    built = app({".nvmrc": "18\n", "package.json": package()})
    tools = built.build("node -v", "npm -v", "node -p 'process.config.variables.napi_build_version'")
    assert built.log[0].startswith("v18.") and built.log[1].startswith("10.")
    assert tools.node == built.log[0][1:]
    assert tools.summary.startswith(f"Node {tools.node} (.nvmrc: 18)")
    built.events.clear()
    built.build("node -v")
    assert built.installed == []  # it is in the cache


def test_nvm_lines_switch_and_dynamic_ones_are_got_at_need(app):
    built = app({"sub/.nvmrc": "v18\n"})
    built.build(
        'export NVM_DIR="$HOME/.nvm" && [ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh"',
        "nvm install --lts=jod",
        "nvm use $VERSION_NODE_22 >/dev/null && node -v && which npm",
        "cd sub && nvm use",
        "nvm alias default 22 && nvm use default",
        "nvm use 99 || echo refused $?",
        "nvm use 16.20.1 || nvm install 16.20.1",
        "WANTED=14; nvm install $WANTED && npm -v",
        "nvm current; nvm ls",
        "bash -c '. ~/.nvm/nvm.sh; nvm use --silent 18; node -v'",
    )
    log = "\n".join(built.log)
    assert "Now using node v22." in log and "Now using node v18." in log and "refused 3" in log
    assert "Now using node v16.20.1 (npm v8" in log and "Now using node v14." in log
    assert "installing Node 14 from the npm registry" in log
    assert built.log[-1].startswith("v18.")
    built.events.clear()
    built.build("WANTED=14; nvm use $WANTED")
    assert not [line for line in built.log if "installing" in line]  # kept in the cache


def test_the_host_node_is_used_where_it_will_do(app):
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    built = app({".nvmrc": "22\n", "package.json": package(engines={"node": ">=18"})})
    built.build("node -v", f"nvm use {version}", "node -v", "nvm use system", "node -v", "command -v npm")
    assert [line for line in built.log if line.startswith("v")][1:] == [version, version]


def test_package_manager_is_honoured_to_the_exact_version(app):
    built = app({"package.json": package(packageManager=f"pnpm@{PNPM}")})
    tools = built.build("pnpm -v", "pnpm add is-number@7.0.0", "pnpm add -g cowsay@1.6.0", "cowsay hi")
    assert built.log[0] == PNPM and any("hi" in line for line in built.log)
    assert f"pnpm {PNPM} (packageManager in package.json)" in tools.summary
    assert list((built.cache / "pnpm").iterdir())  # what was downloaded outlives the scratch
    assert not (built.folder / ".pnpm-store").exists()


def test_a_hash_is_checked_and_another_one_refused(app, tmp_path):
    tarball = subprocess.run(
        ["npm", "pack", "--silent", f"pnpm@{PNPM}"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.strip()
    digest = subprocess.run(
        ["sha224sum", tmp_path / tarball], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    built = app({"package.json": package(packageManager=f"pnpm@{PNPM}+sha224.{digest}")})
    built.build("pnpm -v")
    assert built.log == [PNPM]
    wrong = app({"package.json": package(packageManager=f"pnpm@{PNPM}+sha224.{'0' * 56}")})
    with pytest.raises(BuildError, match="not what packageManager"):
        wrong.build("pnpm -v")


def test_corepack_and_yarn_berry(app):
    files = {
        "package.json": package(packageManager=f"yarn@{YARN}+{YARN_HASH}", dependencies=NUMBER),
        ".yarnrc.yml": "nodeLinker: node-modules\nenableImmutableInstalls: false\n",
        "yarn.lock": "",
    }
    built = app(files)
    host = {"COREPACK_NPM_REGISTRY": "http://127.0.0.1:9"}  # nobody asks it
    built.build(
        "corepack enable",
        "yarn --version",
        "yarn install",
        "corepack prepare pnpm@9.15.4 --activate && (cd ~ && pnpm -v)",
        "corepack yarn --version",
        host=host,
    )
    assert built.log[0] == YARN and built.log[-1] == YARN and "9.15.4" in built.log
    assert (built.folder / "node_modules/is-number/package.json").is_file()
    assert list((built.cache / "yarn/berry").iterdir())


def test_lock_files_say_which_manager(app):
    built = app({"package.json": package(), "bun.lock": '{"lockfileVersion": 1, "workspaces": {"": {}}}'})
    built.build("bun --version", "bunx --version")
    assert built.log[0].startswith("1.") and built.log[0] == built.log[1]
    classic = app({"package.json": package(), "yarn.lock": "# yarn lockfile v1\n"})
    (classic.folder / "bun.lock").unlink()
    classic.build("yarn -v", "yarn global add cowsay@1.6.0", "cowsay moo")
    assert classic.log[0] == "1.22.22" and any("moo" in line for line in classic.log)


def test_global_installs_write_nothing_to_the_host(app, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(Path.home() / ".npmrc", home) if (Path.home() / ".npmrc").exists() else None
    prefix = Path(
        subprocess.run(["npm", "prefix", "-g"], capture_output=True, text=True, check=True).stdout.strip()
    )
    places = [prefix / "bin", prefix / "lib/node_modules", home, Path("/usr/local/bin")]
    before = [listing(place) for place in places]
    built = app({"package.json": package()})
    built.build(
        "npm i -g cowsay@1.6.0",
        "cowsay moo",
        "npm root --global",
        "corepack enable",
        host={"HOME": str(home)},
    )
    assert any("moo" in line for line in built.log)
    assert [listing(place) for place in places] == before


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_what_an_installed_framework_needs_is_said_before_it_fails(app):
    about = package(devDependencies={"vite": "^7"}, overrides={"rollup": "4.67.4"})
    built = app({".nvmrc": "18\n", "package.json": about, "index.html": "<!doctype html>"})
    with pytest.raises(BuildError) as caught:
        built.build("npm install --ignore-scripts --loglevel=error", "exit 9")
    (warned,) = (event for event in built.events if isinstance(event, Warned))
    assert warned.message.startswith("vite 7.") and warned.hint == "write `20` to .nvmrc"
    begun = [event for event in built.events if isinstance(event, CommandStarted)]
    assert built.events.index(warned) < built.events.index(begun[1])
    assert warned.message in caught.value.hint


def test_what_cannot_be_got_is_named(app, tmp_path):
    built = app({".nvmrc": "18.99.0\n"})
    with pytest.raises(PrerequisiteError) as caught:
        built.build("node -v")
    assert "no Node 18.99.0 (.nvmrc)" in caught.value.message and "18.20" in caught.value.hint
    offline = App(tmp_path / "offline", tmp_path / "empty", {".nvmrc": "18\n"})
    nowhere = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0"}
    with pytest.raises(PrerequisiteError, match=r"Node 18 \(\.nvmrc\) is not in the cache"):
        offline.build("node -v", host=nowhere)


def test_without_a_network_what_is_cached_is_used(app, cache):
    app({".nvmrc": "18\n"}).build("node -v")
    shutil.rmtree(cache / "toolchains/registry")
    nowhere = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0"}
    built = app({".nvmrc": "18\n"})
    built.build("node -v", host=nowhere)
    assert built.log[0].startswith("v18.")
    assert [
        event for event in built.events if isinstance(event, Warned) and "did not answer" in event.message
    ]
