from __future__ import annotations

import pytest

from engine.build.toolchain.commands import simple_commands
from engine.build.toolchain.live_updates import live_updates
from engine.build.toolchain.manifest import folders_of
from engine.build.toolchain.node_wish import node_wish, nvm_lines

LIVE = '[{"name":"Node","pkg":"node","type":"nvm","version":"16"},{"pkg":"pnpm","type":"npm","version":"9"}]'


def wished(folder, app_root="", commands="", **variables):
    updates = live_updates(variables, lambda event: None)
    lines = nvm_lines(simple_commands(commands), variables)
    wish = node_wish(folders_of(folder, app_root), folder, updates, lines)
    return (wish.text, wish.source) if wish else None


def test_the_first_that_says_anything_wins(project):
    folder = project({"package.json": {"engines": {"node": ">=18"}, "volta": {"node": "20.1.0"}}})
    commands = "nvm use\nnvm use --silent 22\nnvm install --lts=gallium"
    assert wished(folder, commands=commands) == ("20.1.0", "volta in package.json")
    project({"package.json": {"engines": {"node": ">=18"}}})
    assert wished(folder) == (">=18", "engines in package.json")
    assert wished(folder, commands=commands) == ("22", "nvm in the commands")
    project({".node-version": "v20\n"})
    assert wished(folder, commands=commands) == ("v20", ".node-version")
    project({".nvmrc": "\ufeff# ours\n\n 18 # old\n"})
    assert wished(folder, commands=commands) == ("18", ".nvmrc")
    assert wished(folder, _LIVE_UPDATES=LIVE) == ("16", "_LIVE_UPDATES")


def test_a_monorepo_has_it_in_the_app_or_above(project):
    folder = project({"apps/web/package.json": {"engines": {"node": ">=16"}}, ".nvmrc": "20"})
    assert wished(folder, "apps/web") == ("20", ".nvmrc")
    project({"apps/web/.nvmrc": "22"})
    assert wished(folder, "apps/web") == ("22", "apps/web/.nvmrc")


def test_nothing_said_is_no_wish(project):
    assert wished(project({"package.json": "[", ".nvmrc": "# none\n"})) is None


@pytest.mark.parametrize(
    ("commands", "texts"),
    [
        ("nvm install --lts", ["lts/*"]),
        ("nvm install --lts=jod", ["lts/jod"]),
        ("nvm use $VERSION_NODE_12 && nvm use ${OTHER}", ["12.22.1"]),
        ('nvm use "$(cat x)"', []),
        ("nvm use || true; nvm alias default 20; nvm ls", []),
        ("nvm exec 18 npm test", ["18"]),
    ],
)
def test_nvm_lines(commands, texts):
    lines = nvm_lines(simple_commands(commands), {"VERSION_NODE_12": "12.22.1"})
    assert [line.text for line in lines] == texts


def test_live_updates_that_make_no_sense_are_told(events):
    assert live_updates({"_LIVE_UPDATES": "node 18"}, events.append) == ()
    entry = '[{"pkg":"ruby","type":"rvm","version":"3"},{"pkg":"@aws-amplify/cli","type":"npm"}, 7]'
    assert live_updates({"_LIVE_UPDATES": entry}, events.append) == ()
    assert ["JSON list" in e.message or "rvm" in e.message for e in events[:2]] == [True, True]
