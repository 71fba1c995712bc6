from __future__ import annotations

import asyncio
import json

import pytest

from engine.build.toolchain.npm import NpmError, _failure


def test_an_answer_is_good_for_a_day(registry, npm):
    for _ in range(2):
        assert asyncio.run(registry.listing("pnpm")).pick("9") == "9.15.9"
    assert npm.asked == ["view pnpm"]
    age(registry, 25 * 3600)
    asyncio.run(registry.listing("pnpm"))
    assert npm.asked == ["view pnpm"] * 2


def test_a_version_that_came_today_is_asked_for(registry, npm):
    asyncio.run(registry.listing("pnpm"))
    npm.versions["pnpm"] = [*npm.versions["pnpm"], "11.0.0"]
    assert asyncio.run(registry.listing("pnpm", wanted="11")).pick("11") == "11.0.0"


def test_an_old_answer_will_do_without_a_network(registry, npm):
    asyncio.run(registry.listing("pnpm"))
    age(registry, 99 * 3600)
    npm.versions.clear()
    assert asyncio.run(registry.listing("pnpm")).pick("latest") == "10.34.9"
    with pytest.raises(NpmError):
        asyncio.run(registry.listing("bun"))


def test_a_broken_file_is_asked_for_again(registry, npm):
    asyncio.run(registry.listing("@yarnpkg/cli-dist"))
    (registry.folder / "@yarnpkg+cli-dist.json").write_text("{")
    assert asyncio.run(registry.listing("@yarnpkg/cli-dist")).pick("4.x") == "4.18.1"
    assert len(npm.asked) == 2


def test_the_reason_of_npm_is_told():
    text = "npm warn x\nnpm error code E404\nnpm error 404 Not Found\nnpm error A complete log of this\n"
    error = _failure(("install", "x"), text)
    assert str(error) == "`npm install` failed: 404 Not Found"


def age(registry, seconds):
    for file in registry.folder.glob("*.json"):
        about = json.loads(file.read_text())
        file.write_text(json.dumps({**about, "asked": about["asked"] - seconds}))
